"""What the room of safety tells the user, in one place: one polite sentence each, with the way out."""

from typing import Final

# where the data lie
PLACE_DANGEROUS: Final = "数据文件夹位于{where}，可能损坏数据或丢失修改；建议存放在本机硬盘"
NETWORK_DRIVE: Final = "网络驱动器"
NETWORK_KIND: Final = "网络驱动器（{kind}）"
REMOVABLE: Final = "U 盘或移动硬盘"
SYNC_FOLDER: Final = "同步文件夹（{name}）"
# How names of synchronised folders begin, folded to lower case, and whose they are.
SYNC_FOLDERS: Final = {
    "onedrive": "OneDrive",
    "坚果云": "坚果云",
    "我的坚果云": "坚果云",
    "nutstore": "坚果云",
    "nutstore files": "坚果云",
    "微云": "微云",
    "微云同步助手": "微云",
    "weiyun": "微云",
    "百度网盘": "百度网盘",
    "百度网盘同步空间": "百度网盘",
    "百度云同步盘": "百度网盘",
    "baidunetdisk": "百度网盘",
    "baidunetdiskworkspace": "百度网盘",
    "baiduyunsync": "百度网盘",
    "阿里云盘": "阿里云盘",
    "夸克网盘": "夸克网盘",
    "天翼云盘": "天翼云盘",
    "和彩云": "和彩云",
    "wps云盘": "WPS 云盘",
    "wpsdrive": "WPS 云盘",
    "wps cloud files": "WPS 云盘",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud": "iCloud",
    "icloud云盘": "iCloud",
    "iclouddrive": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "seafile": "Seafile",
    "syncthing": "Syncthing",
    "megasync": "MEGA",
}
