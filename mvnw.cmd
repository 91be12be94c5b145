@echo off
rem Runs Maven: an installed one (MAVEN_HOME, then PATH); else a pinned one, downloaded once from the repository
rem that MVNW_REPOURL names, its checksum verified.
setlocal
set "PINNED=3.9.11"
set "SHA256=0d7125e8c91097b36edb990ea5934e6c68b4440eef4ea96510a0f6815e7eeadb"
set "KEPT=%USERPROFILE%\.m2\wrapper\agnesi"
if not "%MAVEN_USER_HOME%"=="" set "KEPT=%MAVEN_USER_HOME%\wrapper\agnesi"
set "MVN=%MAVEN_HOME%\bin\mvn.cmd"
if not "%MAVEN_HOME%"=="" if exist "%MVN%" goto run
for %%I in (mvn.cmd) do set "MVN=%%~$PATH:I"
if not "%MVN%"=="" goto run
set "MVN=%KEPT%\apache-maven-%PINNED%\bin\mvn.cmd"
if exist "%MVN%" goto run
if not "%MVNW_REPOURL%"=="" goto install
echo mvnw: found no Maven 3.8 or newer in MAVEN_HOME or on the PATH. 1>&2
echo mvnw: Install one, or set MVNW_REPOURL to a Maven repository: then Maven %PINNED% is downloaded from it. 1>&2
exit /b 2

:install
set "URL=%MVNW_REPOURL%/org/apache/maven/apache-maven/%PINNED%/apache-maven-%PINNED%-bin.zip"
set "ZIP=%KEPT%\maven-%RANDOM%.zip"
echo mvnw: downloading Maven %PINNED% 1>&2
powershell -NoProfile -Command "$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'; New-Item -ItemType Directory -Force $env:KEPT | Out-Null; Invoke-WebRequest -UseBasicParsing $env:URL -OutFile $env:ZIP; $got = (Get-FileHash $env:ZIP -Algorithm SHA256).Hash; if ($got -ne $env:SHA256) { Remove-Item $env:ZIP; throw ('wanted a file with the SHA-256 ' + $env:SHA256 + ', but ' + $env:URL + ' has ' + $got) }; Expand-Archive -Force $env:ZIP $env:KEPT; Remove-Item $env:ZIP"
if errorlevel 1 exit /b 2

:run
"%MVN%" %*
