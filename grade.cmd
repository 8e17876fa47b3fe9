@echo off
rem Grades katas: finds a JDK 25, builds the grader on first use and after changes, and runs it.
rem Works from any directory and with spaces in paths. Only what cmd itself can do, and xcopy.
setlocal EnableExtensions DisableDelayedExpansion
set "root=%~dp0"
if "%root:~-1%"=="\" set "root=%root:~0,-1%"

rem --- a JDK 25 ----------------------------------------------------------------------------------
set "jdk="
if defined GRADE_JAVA_HOME call :try "%GRADE_JAVA_HOME%"
if not defined jdk if defined JAVA_HOME call :try "%JAVA_HOME%"
rem GRADE_JDKS names a folder of JDKs to look into instead of the usual places.
if defined GRADE_JDKS call :inside "%GRADE_JDKS%" *
if not defined jdk if not defined GRADE_JDKS call :search
for %%X in (javac.exe) do if not defined jdk if not "%%~$PATH:X"=="" call :try "%%~dp$PATH:X.."
if not defined jdk (
  >&2 echo grade: there is no JDK 25 on this machine, or none where one is usually found.
  >&2 echo Install one, for example Eclipse Temurin 25: winget install EclipseAdoptium.Temurin.25.JDK
  >&2 echo or set JAVA_HOME to the folder of a JDK 25.
  if defined JAVA_HOME >&2 echo It is now "%JAVA_HOME%".
  exit /b 2
)

rem --- built, and up to date ---------------------------------------------------------------------
set "dist=%root%\harness\grader\target\dist"
if not exist "%root%\harness\grader\src" set "dist=%root%\grader"
set "caches=%dist%\aot"
set "needed="
set "failed="
if exist "%root%\harness\grader\src" call :look
if defined needed call :build
if defined failed exit /b 2
set "trained="
if exist "%caches%\tried" set /p trained=<"%caches%\tried"
if not "%trained%"=="%jdk%" if not defined GRADE_NO_CACHE call :train

rem --- run ---------------------------------------------------------------------------------------
set "speed="
set "child="
if defined GRADE_NO_CACHE goto run
if exist "%caches%\grader.aot" set speed="-XX:AOTCache=%caches%\grader.aot"
if exist "%caches%\child.aot" set child="-Dgrade.child.archive=%caches%\child.aot"
:run
"%jdk%\bin\java.exe" -Xmx1g -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xlog:disable -Xlog:all=error:stderr %speed% %child% "-Dgrade.root=%root%" "-Dgrade.library=%dist%\lib" -cp "%dist%\lib\*" org.katagrade.grader.cli.Main %*
exit /b %ERRORLEVEL%

rem Takes a folder if it holds a JDK of version 25, and not only a JRE. Starts no process.
:try
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "version="
for /f "usebackq tokens=1,2 delims==" %%K in ("%~1\release") do if "%%~K"=="JAVA_VERSION" set "version=%%~L"
if not defined version exit /b 0
if "%version%"=="25" set "jdk=%~f1"
for %%C in (. + -) do if "%version:~0,3%"=="25%%C" set "jdk=%~f1"
exit /b 0

:search
for %%P in ("%ProgramFiles%" "%LOCALAPPDATA%\Programs") do (
  for %%V in (Java "Eclipse Adoptium" "Eclipse Foundation" Microsoft Zulu "Amazon Corretto" BellSoft Semeru OpenJDK) do (
    call :inside "%%~P\%%~V" *
  )
)
call :inside "%USERPROFILE%\.jdks" *
call :inside "%USERPROFILE%\scoop\apps" *25* \current
call :inside "%USERPROFILE%\.jbang\cache\jdks" *
exit /b 0

rem Tries what is in a folder under such a name, or below that. Wine knows no * within quotes, and
rem Windows none outside of them in a path with spaces, so the folder is gone to.
:inside
if defined jdk exit /b 0
if not exist "%~1\" exit /b 0
pushd "%~1"
for /d %%J in (%2) do if not defined jdk call :try "%~1\%%~J%~3"
popd
exit /b 0

rem Is any source newer than at the last build? One look, without Maven, at the copy made then.
:look
set "needed=yes"
if not exist "%dist%\sources\pom.xml" exit /b 0
set "needed="
call :each newer "%dist%\sources"
exit /b 0

rem Does 'newer' or 'copy' with all sources; the second word says where the copies are.
rem Not /E for a file: that is every file of its name below its folder.
:each
call :%1 "%root%\pom.xml" "%~2"
call :%1 "%root%\harness\agent\pom.xml" "%~2\agent"
call :%1 "%root%\harness\agent\src\main" "%~2\agent\main" /E
call :%1 "%root%\harness\checks\pom.xml" "%~2\checks"
call :%1 "%root%\harness\checks\src\main" "%~2\checks\main" /E
call :%1 "%root%\harness\grader\pom.xml" "%~2\grader"
call :%1 "%root%\harness\grader\src\main" "%~2\grader\main" /E
exit /b 0

rem Whether xcopy would copy anything: it names each file, and then says how many.
:newer
if not exist "%~2" set "needed=yes"
if defined needed exit /b 0
for /f "delims=" %%F in ('xcopy "%~1" "%~2" %3 /L /D /I /Y 2^>nul') do if exist "%%~F" set "needed=yes"
exit /b 0

:copy
if not exist "%~2" mkdir "%~2" 2>nul
xcopy "%~1" "%~2" %3 /I /Q /Y >nul 2>nul
exit /b 0

:build
set "mvn="
for %%X in (mvn.cmd mvn.bat mvn.exe) do if not defined mvn set "mvn=%%~$PATH:X"
if not defined mvn (
  >&2 echo grade: the grader has to be built once, and Maven is not on the PATH.
  >&2 echo Install Maven 3.9 or later, https://maven.apache.org/install.html, then try again.
  set "failed=yes"
  exit /b 0
)
>&2 echo grade: building the grader: once, about a minute, longer if Maven has to fetch libraries
if not exist "%dist%" mkdir "%dist%" 2>nul
rem As of the beginning of the build: what is saved meanwhile is built next time.
if exist "%dist%.mark" rmdir /s /q "%dist%.mark"
if exist "%dist%\sources" rmdir /s /q "%dist%\sources"
call :each copy "%dist%.mark"
if not exist "%dist%.mark\pom.xml" (
  >&2 echo grade: cannot write to "%dist%"
  set "failed=yes"
  exit /b 0
)
set "before=%JAVA_HOME%"
set "JAVA_HOME=%jdk%"
call "%mvn%" -q -B -Dstyle.color=never -f "%root%\pom.xml" -Dmaven.test.skip=true package 1>&2
if errorlevel 1 (
  >&2 echo grade: the build failed; what Maven says is above
  set "failed=yes"
  exit /b 0
)
set "JAVA_HOME=%before%"
move "%dist%.mark" "%dist%\sources" >nul
if exist "%caches%" rmdir /s /q "%caches%"
exit /b 0

rem Brings libraries up to date that no cache takes, and makes two caches of loaded classes. Whatever goes wrong here only costs speed.
:train
set "part=%caches%.part.%RANDOM%"
mkdir "%part%" 2>nul
if not exist "%part%" exit /b 0
>&2 echo grade: preparing fast starts: once, a few seconds
rem Alone on the class path: the others may be replaced.
for %%J in ("%dist%\lib\grader-*.jar") do "%jdk%\bin\java.exe" -Xmx1g -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "%%~J" org.katagrade.grader.cli.RenewedJars "%dist%\lib" >nul 2>nul
"%jdk%\bin\java.exe" -Xmx1g -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xlog:disable -Xlog:all=error:stderr "-XX:AOTCacheOutput=%part%\grader.aot" "-Dgrade.root=%root%" "-Dgrade.library=%dist%\lib" -cp "%dist%\lib\*" org.katagrade.grader.cli.Main warm-up "%part%\child.aot" >nul 2>nul
>"%part%\tried" echo %jdk%
if exist "%caches%" rmdir /s /q "%caches%"
move "%part%" "%caches%" >nul 2>&1
if exist "%part%" rmdir /s /q "%part%"
exit /b 0
