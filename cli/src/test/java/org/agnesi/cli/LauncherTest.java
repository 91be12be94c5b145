package org.agnesi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The launcher `agnesi`, copied beside pretended sources, with pretended JDKs and a pretended Maven.
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    @TempDir
    Path folder;

    private Path home;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach void layOut() throws IOException {
        home = Files.createDirectories(folder.resolve("a folder"));
        Files.copy(Path.of("../agnesi"), home.resolve("agnesi"));
        for (var module : new String[] {"core", "cli"}) {
            Files.createDirectories(home.resolve(module + "/src/main"));
            Files.writeString(home.resolve(module + "/pom.xml"), "");
        }
        Files.writeString(home.resolve("pom.xml"), "");
        script(home.resolve("bin/mvn"), """
            echo "[ERROR] no such thing"
            [ -z "${BROKEN:-}" ] && mkdir -p cli/target/agnesi""");
        environment.put("PATH", home.resolve("bin") + ":/usr/bin:/bin");
        environment.put("AGNESI_JDKS", "");
        environment.put("JAVA_HOME", jdk("old", "17.0.15").toString());
        environment.put("HOME", folder.toString());
    }

    @Test void anOldJavaHomeIsPassedOver() throws Exception {
        environment.put("AGNESI_JDKS", jdk("older", "21.0.1") + ":" + jdk("new", "25.0.3"));
        assertThat(run("derive", "x y").out).isEqualTo("new: derive|x y|\n");
    }

    @Test void aNewJavaHomeComesFirst() throws Exception {
        environment.put("AGNESI_JDKS", jdk("new", "25.0.3").toString());
        environment.put("JAVA_HOME", jdk("newest", "27").toString());
        assertThat(run("--help").out).isEqualTo("newest: --help|\n");
    }

    @Test void theJavaOnThePathIsFollowedToItsHome() throws Exception {
        Files.createSymbolicLink(home.resolve("bin/java"), jdk("linked", "26").resolve("bin/java"));
        assertThat(run().out).isEqualTo("linked: \n");
    }

    @Test void aRuntimeWithoutACompilerIsNoJdk() throws Exception {
        var runtime = jdk("runtime", "25");
        Files.delete(runtime.resolve("bin/javac"));
        environment.put("AGNESI_JDKS", runtime.toString());
        assertThat(run().code).isEqualTo(2);
    }

    @Test void withoutAJdkItSaysWhatToInstall() throws Exception {
        Files.createSymbolicLink(home.resolve("bin/java"), jdk("old", "17.0.15").resolve("bin/java"));
        var run = run("--help");
        assertThat(run.code).isEqualTo(2);
        assertThat(run.err).isEqualTo("""
            agnesi needs a JDK 25 or newer, but found none in JAVA_HOME, on the PATH or in the usual folders.
            Install one, for example from https://adoptium.net or with: sdk install java 25-tem
            """);
    }

    @Test void onlyTheFirstStartBuilds() throws Exception {
        environment.put("JAVA_HOME", jdk("new", "25").toString());
        assertThat(run().err).startsWith("agnesi: building").hasLineCount(1);
        assertThat(run().err).isEmpty();
    }

    @Test void aNewerSourceIsBuiltAgain() throws Exception {
        environment.put("JAVA_HOME", jdk("new", "25").toString());
        run();
        var built = Files.getLastModifiedTime(home.resolve("cli/target/agnesi/built")).toInstant();
        var source = Files.writeString(home.resolve("core/src/main/New.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(built.plusSeconds(5)));
        assertThat(run().err).startsWith("agnesi: building");
    }

    @Test void aBuildThatFailsNamesItsLog() throws Exception {
        environment.put("JAVA_HOME", jdk("new", "25").toString());
        environment.put("BROKEN", "yes");
        var run = run();
        assertThat(run.code).isEqualTo(1);
        assertThat(run.err).contains("the build failed; its output is in " + home.toRealPath() + "/target/agnesi-build.log")
            .contains("[ERROR] no such thing");
    }

    @Test void twoFirstStartsBuildOnce() throws Exception {
        environment.put("JAVA_HOME", jdk("new", "25").toString());
        script(home.resolve("bin/mvn"), "echo built >>built.txt; sleep 1; mkdir -p cli/target/agnesi");
        var other = start("other", "derive");
        assertThat(run("derive").out).isEqualTo("new: derive|\n");
        assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("other.out")).hasContent("new: derive|");
        assertThat(home.resolve("built.txt")).hasContent("built");
        assertThat(Files.readString(folder.resolve("run.err")) + Files.readString(folder.resolve("other.err")))
            .contains("agnesi: building", "agnesi: waiting for another start to build …");
    }

    @Test void aBuildThatDiedHoldsNobodyUp() throws Exception {
        environment.put("JAVA_HOME", jdk("new", "25").toString());
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(home.resolve("target"));
        var lock = Files.createSymbolicLink(home.resolve("target/agnesi-build.lock"), Path.of(Long.toString(dead.pid())));
        assertThat(run("derive").out).isEqualTo("new: derive|\n");
        assertThat(Files.exists(lock, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test void aBuildThatFailsLeavesNoLock() throws Exception {
        environment.put("JAVA_HOME", jdk("new", "25").toString());
        environment.put("BROKEN", "yes");
        run();
        assertThat(Files.exists(home.resolve("target/agnesi-build.lock"), LinkOption.NOFOLLOW_LINKS)).isFalse();
        environment.remove("BROKEN");
        assertThat(run().code).isZero();
    }

    @Test void theUsualFoldersAreLookedThrough() throws Exception {
        environment.remove("AGNESI_JDKS");
        var own = List.of(".sdkman/candidates/java/25-tem", ".jdks/temurin-25", "Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home");
        for (var jdk : own) Files.createDirectories(folder.resolve(jdk));
        var folders = usualFolders();
        assertThat(folders).containsAll(own.stream().map(jdk -> folder.resolve(jdk).toString()).toList())
            .anyMatch(jdk -> jdk.startsWith("/usr/lib/jvm/")).anyMatch(jdk -> jdk.startsWith("/Library/Java/JavaVirtualMachines/"));
        environment.put("SDKMAN_DIR", Files.createDirectories(folder.resolve("sdkman/candidates/java/26")).getParent().getParent().getParent().toString());
        assertThat(usualFolders()).contains(folder.resolve("sdkman/candidates/java/26").toString());
    }

    /// Where the launcher looks for JDKs at last, asked of its own function: which of them exist depends on the machine.
    private List<String> usualFolders() throws Exception {
        script(home.resolve("folders"), """
            exec bash -c 'needed=25; eval "$(sed -n "/^usual_folders/,/^}/p" "$0/agnesi")"; usual_folders' '%s'""".formatted(home));
        var builder = new ProcessBuilder(home.resolve("folders").toString());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }

    /// A folder that looks like a JDK; its `java` prints the folder's name and what follows the main class.
    private Path jdk(String name, String version) throws IOException {
        var jdk = folder.resolve(name);
        script(jdk.resolve("bin/javac"), "");
        script(jdk.resolve("bin/java"), """
            until [ "$1" = -m ]; do shift; done
            shift 2
            printf '%s: ' NAME
            for argument; do printf '%s|' "$argument"; done
            echo""".replace("NAME", name));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    private static void script(Path path, String body) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\n" + body + "\n");
        assertThat(path.toFile().setExecutable(true)).isTrue();
    }

    private record Run(int code, String out, String err) {}

    private Run run(String... arguments) throws IOException, InterruptedException {
        var process = start("run", arguments);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), Files.readString(folder.resolve("run.out")), Files.readString(folder.resolve("run.err")));
    }

    /// Starts the launcher; what it prints goes to files of this name.
    private Process start(String name, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(home.resolve("agnesi").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
            .redirectOutput(folder.resolve(name + ".out").toFile()).redirectError(folder.resolve(name + ".err").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }
}
