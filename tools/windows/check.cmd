@echo off
rem Compares every file of this folder with HASHES.txt; exit code 1 where one is not as listed.
setlocal EnableExtensions DisableDelayedExpansion
"%~dp0python\python.exe" -X utf8 -B "%~dp0check_hashes.py"
exit /b %ERRORLEVEL%
