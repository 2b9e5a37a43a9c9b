@echo off
rem panelkit from this folder: nothing is installed, and no administrator is asked.
rem Everything it writes is below PK_DATA. A folder "data" beside this file is used where there
rem is one; otherwise it is the person's own %LOCALAPPDATA%.
setlocal EnableExtensions DisableDelayedExpansion
set "PK_DATA=%LOCALAPPDATA%"
if exist "%~dp0data\" set "PK_DATA=%~dp0data"
set "PK_MINE=%PK_DATA%\panelkit"
if not exist "%PK_MINE%\temp\" mkdir "%PK_MINE%\temp"
if not exist "%PK_MINE%\documents\" mkdir "%PK_MINE%\documents"
set "WIN_PD_OVERRIDE_LOCAL_APPDATA=%PK_DATA%"
set "MPLCONFIGDIR=%PK_MINE%\matplotlib"
set "TEMP=%PK_MINE%\temp"
set "TMP=%PK_MINE%\temp"
rem Started by a double click it writes documents there; started with a command, where you stand.
if "%~1"=="" cd /d "%PK_MINE%\documents"
"%~dp0python\python.exe" -X utf8 -B -m panelkit %*
exit /b %ERRORLEVEL%
