#!/bin/sh
# Writes requirements.lock (what runs), requirements-dev.lock (what runs, tests and measures) and requirements-build.lock (what
# runs and freezes) from pyproject.toml:
# exact versions with hashes, for every platform and Python 3.11-3.13, naming no index.
# uv is fetched into a scratch environment and thrown away: the project itself does not depend on it.
set -eu
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install --quiet --disable-pip-version-check --no-input uv

# UOS 20 and Kylin V10 (x86_64) run no newer Qt than this; PySide6 6.12.0 aborts on Python 3.11.
printf 'PySide6-Essentials==6.9.3\nshiboken6==6.9.3\n' >"$scratch/held.txt"

compile() {
    "$scratch/venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-strip-extras --no-emit-index-url --no-header --no-annotate "$@" pyproject.toml
}

compile --upgrade --constraint "$scratch/held.txt" --output-file requirements.lock
compile --upgrade --constraint requirements.lock --extra dev --extra bench --output-file requirements-dev.lock
compile --upgrade --constraint requirements-dev.lock --extra build --output-file requirements-build.lock
