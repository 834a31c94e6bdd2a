; Inno Setup 6: an installer for one user, without an administrator and without a network.
; NOT RUN HERE: written on Linux, where neither Inno Setup nor Windows is; see README.md beside it.
; Before: py -m PyInstaller build.spec (which also writes build\shipping\product.iss). Then: ISCC packaging\windows\jixiao.iss
#include "..\..\build\shipping\product.iss"

[Setup]
AppId={{{#Id}}
AppName={#Title}
AppVersion={#Version}
AppVerName={#Title} {#Version}
AppComments={#Description}
VersionInfoVersion={#Version}
VersionInfoDescription={#Title}
VersionInfoProductName={#Title}
; For one user: the program lies in his own folders, and Windows asks for no password.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=
DefaultDirName={userpf}\{#Name}
DisableProgramGroupPage=yes
DisableWelcomePage=no
DisableDirPage=auto
UsePreviousAppDir=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; Windows 10 1809: the oldest that Qt 6.9 runs on.
MinVersion=10.0.17763
; The program holds its folder open; it is asked to close, and what was typed is saved by then.
CloseApplications=yes
RestartApplications=no
Compression=lzma2/max
SolidCompression=yes
OutputDir=..\..\dist
OutputBaseFilename={#Name}-{#Version}-setup
SetupIconFile=..\..\resources\icons\program\{#Name}.ico
UninstallDisplayIcon={app}\{#Name}.exe
UninstallDisplayName={#Title}
WizardStyle=modern
ShowLanguageDialog=no

[Languages]
; What chinese.isl does not say stays English: rare failures of the installer itself.
Name: "chinese"; MessagesFile: "compiler:Default.isl,chinese.isl"

[Tasks]
Name: "desktop"; Description: "在桌面上放一个快捷方式"

[InstallDelete]
; An older version's modules must not be found beside the new ones.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\{#Name}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{userprograms}\{#Title}"; Filename: "{app}\{#Name}.exe"; Comment: "{#Description}"
Name: "{userdesktop}\{#Title}"; Filename: "{app}\{#Name}.exe"; Comment: "{#Description}"; Tasks: desktop

[Run]
Filename: "{app}\{#Name}.exe"; Description: "{#Title}"; Flags: nowait postinstall skipifsilent
