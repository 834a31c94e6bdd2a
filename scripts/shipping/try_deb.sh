#!/bin/sh
# Looks through the .deb, and where that is possible (root, apt) installs it, uses the installed program, and removes it again.
set -eu
cd "$(dirname "$0")/../.."
package=$(ls dist/jixiao_*.deb)
dpkg-deb --info "$package" | sed -n '/Package:/,/Description:/p'

contents=$(dpkg-deb --contents "$package")
wrong=$(printf '%s\n' "$contents" | awk '
    $2 != "root/root" { print "not root: " $0 }
    $1 ~ /^[^l].......w./ || $1 ~ /^[^l]....w/ { print "others may write: " $0 }
    $6 !~ /^\.\/(opt\/(jixiao\/.*)?|usr\/(bin\/(jixiao)?|share\/.*)?)?$/ { print "strange place: " $0 }')
[ -z "$wrong" ] || { echo "$wrong"; exit 1; }
for place in opt/jixiao/jixiao opt/jixiao/LICENSES.txt usr/bin/jixiao usr/share/applications/jixiao.desktop \
    usr/share/mime/packages/jixiao.xml usr/share/icons/hicolor/48x48/apps/jixiao.png usr/share/doc/jixiao/copyright; do
    printf '%s\n' "$contents" | grep -q " \./$place\( \|$\)" || { echo "没有 $place"; exit 1; }
done
! command -v desktop-file-validate >/dev/null || desktop-file-validate packaging/linux/jixiao.desktop

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null || dpkg -s jixiao >/dev/null 2>&1; then
    echo "没有试装：需要 root，并且还没有安装 jixiao。"
    exit 0
fi
trap 'dpkg --purge jixiao >/dev/null' EXIT
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "./$package" </dev/null >/dev/null
.venv/bin/python -m scripts.shipping.try_program /usr/bin/jixiao
dpkg --verify jixiao
dpkg --purge jixiao >/dev/null
trap - EXIT
left=$(find /opt/jixiao /usr/bin/jixiao /usr/share/applications/jixiao.desktop 2>/dev/null || true)
[ -z "$left" ] || { echo "卸载后还留着：$left"; exit 1; }
echo "试装、试运行、卸载都已通过"
