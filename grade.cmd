@echo off
rem Grades katas: finds a JDK 25, builds the grader on first use and after changes, and runs it.
setlocal EnableExtensions DisableDelayedExpansion
set "root=%~dp0"
if "%root:~-1%"=="\" set "root=%root:~0,-1%"

rem --- a JDK 25 ----------------------------------------------------------------------------------
set "jdk="
if defined GRADE_JAVA_HOME call :try "%GRADE_JAVA_HOME%"
if not defined jdk if defined JAVA_HOME call :try "%JAVA_HOME%"
if not defined jdk for %%P in ("%ProgramFiles%" "%LOCALAPPDATA%\Programs") do (
  for %%V in (Java "Eclipse Adoptium" "Eclipse Foundation" Microsoft Zulu "Amazon Corretto" BellSoft Semeru OpenJDK) do (
    for /d %%J in ("%%~P\%%~V\*") do if not defined jdk call :try "%%~J"
  )
)
if not defined jdk for /d %%J in ("%USERPROFILE%\.jdks\*") do if not defined jdk call :try "%%~J"
if not defined jdk for /d %%J in ("%USERPROFILE%\scoop\apps\*25*") do if not defined jdk call :try "%%~J\current"
if not defined jdk for /d %%J in ("%USERPROFILE%\.jbang\cache\jdks\*") do if not defined jdk call :try "%%~J"
if not defined jdk for /f "delims=" %%X in ('where javac 2^>nul') do if not defined jdk call :try "%%~dpX.."
if not defined jdk (
  echo grade: there is no JDK 25 on this machine, or none where one is usually found. 1>&2
  echo Install one, for example Eclipse Temurin 25: winget install EclipseAdoptium.Temurin.25.JDK 1>&2
  echo or set JAVA_HOME to the folder of a JDK 25. 1>&2
  exit /b 2
)

rem --- built, and up to date ---------------------------------------------------------------------
set "dist=%root%\harness\grader\target\dist"
if not exist "%root%\harness\grader\src" set "dist=%root%\grader"
set "caches=%dist%\aot"
set "needed="
if exist "%root%\harness\grader\src" call :look
if defined needed call :build
if errorlevel 1 exit /b 2
if not exist "%caches%\tried" call :train

rem --- run ---------------------------------------------------------------------------------------
set "speed="
if exist "%caches%\grader.aot" set speed="-XX:AOTCache=%caches%\grader.aot"
set "child="
if exist "%caches%\child.aot" set child="-Dgrade.child.archive=%caches%\child.aot"
"%jdk%\bin\java.exe" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xlog:disable -Xlog:all=error:stderr %speed% %child% "-Dgrade.root=%root%" "-Dgrade.library=%dist%\lib" -cp "%dist%\lib\*" org.katagrade.grader.cli.Main %*
exit /b %ERRORLEVEL%

rem Takes a folder if it holds a JDK of version 25.
:try
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
findstr /r /c:"^JAVA_VERSION=.25[^0-9]" "%~1\release" >nul 2>&1 && set "jdk=%~f1"
exit /b 0

rem Is any source newer than the last build? One look, without Maven.
:look
if not exist "%dist%\built" (
  set "needed=yes"
  exit /b 0
)
powershell -NoProfile -Command "$b=(Get-Item -LiteralPath ($env:dist+'\built')).LastWriteTimeUtc; $r=$env:root; $f=@(Get-ChildItem -LiteralPath ($r+'\harness\agent\src\main'),($r+'\harness\checks\src\main'),($r+'\harness\grader\src\main') -Recurse)+@(Get-Item ($r+'\pom.xml'),($r+'\harness\*\pom.xml')); if ($f.Where({$_.LastWriteTimeUtc -gt $b},'First').Count) {exit 1} else {exit 0}"
if errorlevel 1 set "needed=yes"
exit /b 0

:build
where mvn >nul 2>&1
if errorlevel 1 (
  echo grade: the grader has to be built once, and Maven is not on the PATH. 1>&2
  echo Install Maven 3.9 or later, https://maven.apache.org/install.html, then try again. 1>&2
  exit /b 1
)
echo grade: building the grader: once, about a minute, longer if Maven has to fetch libraries 1>&2
if not exist "%dist%" mkdir "%dist%"
type nul > "%dist%.mark"
set "JAVA_HOME=%jdk%"
call mvn -q -B -Dstyle.color=never -f "%root%\pom.xml" -Dmaven.test.skip=true package 1>&2
if errorlevel 1 (
  echo grade: the build failed; what Maven says is above 1>&2
  exit /b 1
)
move /y "%dist%.mark" "%dist%\built" >nul
if exist "%caches%" rmdir /s /q "%caches%"
exit /b 0

rem Makes two caches of loaded classes. Whatever goes wrong here only costs speed.
:train
mkdir "%caches%" >nul 2>&1 || exit /b 0
echo grade: preparing fast starts: once, a few seconds 1>&2
"%jdk%\bin\java.exe" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xlog:disable "-XX:AOTCacheOutput=%caches%\grader.aot" "-Dgrade.root=%root%" "-Dgrade.library=%dist%\lib" -cp "%dist%\lib\*" org.katagrade.grader.cli.Main warm-up "%caches%\child.aot" >nul 2>&1
echo %jdk%> "%caches%\tried"
exit /b 0
