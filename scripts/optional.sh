#!/bin/sh
# Gets a program that only some tests or measurements compare with. Without it they say so and are skipped: never a failure.
# Usage: optional.sh COMMAND_OR_FILE DEBIAN_PACKAGE
set -eu
is_there() { [ -e "$1" ] || command -v "$1" >/dev/null; }
is_there "$1" && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq </dev/null >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" </dev/null >/dev/null 2>&1 || true
fi
is_there "$1" || echo "not measured: $1 is missing (sudo apt-get install -y $2)"
