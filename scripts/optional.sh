#!/bin/sh
# Gets a program that only some tests or measurements compare with. Without it they say so and are skipped: never a failure.
# Usage: optional.sh COMMAND DEBIAN_PACKAGE
set -eu
command -v "$1" >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq </dev/null >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" </dev/null >/dev/null 2>&1 || true
fi
command -v "$1" >/dev/null || echo "not measured: $1 is missing (sudo apt-get install -y $2)"
