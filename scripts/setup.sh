#!/bin/sh
# Makes .venv with exactly what a lock file names; does nothing when that was done before.
# Usage: setup.sh requirements.lock | requirements-dev.lock | requirements-build.lock
# PYTHON=... chooses the interpreter. Works without a terminal and asks nothing.
set -eu
cd "$(dirname "$0")/.."
lock=$1
installed=.venv/installed # one checksum for each lock whose packages are in .venv

say() { printf '%s\n' "$*" >&2; }

can_build() { "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; }

find_python() {
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if can_build "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

make_environment() {
    python=$(find_python)
    if [ -z "$python" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq </dev/null >&2 || true
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3 python3-venv </dev/null >&2 || true
        python=$(find_python)
    fi
    if [ -z "$python" ]; then
        say "需要 Python 3.11、3.12 或 3.13，并带有 venv 模块。请先运行："
        say "    sudo apt-get install -y python3 python3-venv"
        say "如果系统自带的 Python 较旧，请另装一个，再用 make PYTHON=它的路径 指明。"
        exit 1
    fi
    "$python" -m venv --clear .venv
}

checksum() { cksum <"$1"; }

.venv/bin/python -c 'import pip' 2>/dev/null || make_environment
if grep -qsxF "$(checksum "$lock")" "$installed"; then
    exit 0
fi
say "正在安装依赖（$lock，第一次约需下载 100 MB）……"
.venv/bin/python -m pip install --require-hashes --quiet --disable-pip-version-check --no-input -r "$lock"
checksum "$lock" >"$installed"
# The larger lock holds the smaller one, version by version.
[ "$lock" = requirements.lock ] || checksum requirements.lock >>"$installed"
