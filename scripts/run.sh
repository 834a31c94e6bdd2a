#!/bin/sh
# Opens the window; on a machine without a display the same program runs offscreen and leaves its results in build/demo.
set -eu
cd "$(dirname "$0")/.."
if [ "$(uname)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "没有图形显示（DISPLAY 和 WAYLAND_DISPLAY 都未设置），改为不显示窗口运行，结果写入 build/demo。"
    # Without a display Qt says, in English and for every window, that there is nobody to tell its size to.
    QT_LOGGING_RULES="default.warning=false" QT_QPA_PLATFORM=offscreen exec .venv/bin/python -m app demo build/demo
fi
exec .venv/bin/python -m app
