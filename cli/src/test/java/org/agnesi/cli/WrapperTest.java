package org.agnesi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The wrapper `mvnw` with pretended Mavens and a pretended repository.
@DisabledOnOs(OS.WINDOWS)
class WrapperTest {
    private static final String PINNED = "3.9.11";

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach void layOut() throws IOException {
        var tools = Files.createDirectories(folder.resolve("tools"));
        for (var tool : List.of("bash", "dirname", "readlink", "sed", "head", "sort", "mkdir", "mktemp", "rm", "mv", "chmod", "cut",
            "curl", "sha256sum", "shasum", "unzip", "gzip", "cat")) {
            var found = Stream.of("/usr/bin", "/bin").map(bin -> Path.of(bin, tool)).filter(Files::isExecutable).findFirst();
            if (found.isPresent()) program(tools.resolve(tool), "#!/bin/sh\nexec " + found.get() + " \"$@\"\n");
        }
        environment.put("PATH", tools.toString());
        environment.put("HOME", folder.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        Files.copy(Path.of("../mvnw"), folder.resolve("mvnw"));
    }

    @Test void theInstalledMavenRuns() throws Exception {
        environment.merge("PATH", maven("installed", "3.9.9").resolve("bin").toString(), (tools, bin) -> bin + ":" + tools);
        assertThat(run("-B", "two words").out).isEqualTo("installed: -B|two words|\n");
    }

    @Test void mavenHomeComesFirst() throws Exception {
        environment.merge("PATH", maven("installed", "3.9.9").resolve("bin").toString(), (tools, bin) -> bin + ":" + tools);
        environment.put("MAVEN_HOME", maven("home", "4.0.0").toString());
        assertThat(run().out).isEqualTo("home: \n");
    }

    @Test void anOldMavenIsPassedOver() throws Exception {
        environment.put("MAVEN_HOME", maven("old", "3.6.3").toString());
        assertThat(run()).isEqualTo(new Run(2, "", """
            mvnw: found no Maven 3.8 or newer in MAVEN_HOME or on the PATH.
            mvnw: Install one, or set MVNW_REPOURL to a Maven repository: then Maven 3.9.11 is downloaded from it.
            """));
    }

    @Test void threeTenIsNewerThanThreeEight() throws Exception {
        environment.put("MAVEN_HOME", maven("ten", "3.10.0").toString());
        assertThat(run().out).isEqualTo("ten: \n");
    }

    @Test void theDownloadedMavenIsKept() throws Exception {
        publish(true);
        assertThat(run("verify")).isEqualTo(new Run(0, "downloaded: verify|\n", "mvnw: downloading Maven 3.9.11 …\n"));
        assertThat(run("verify")).isEqualTo(new Run(0, "downloaded: verify|\n", ""));
    }

    @Test void aDownloadWithAnotherChecksumIsNotRun() throws Exception {
        publish(false);
        var run = run("verify");
        assertThat(run.code).isEqualTo(2);
        assertThat(run.out).isEmpty();
        assertThat(run.err).contains("mvnw: wanted a file with the SHA-256 ").contains("It was not unpacked. Check the repository.");
        try (var left = Files.list(folder.resolve(".m2/wrapper/agnesi"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test void aRepositoryWithoutTheFileIsNamed() throws Exception {
        environment.put("MVNW_REPOURL", folder.resolve("nothing").toUri().toString());
        var run = run("verify");
        assertThat(run.code).isEqualTo(2);
        assertThat(run.err).contains("mvnw: could not download " + folder.resolve("nothing").toUri()).contains("Is MVNW_REPOURL the root");
    }

    /// A folder with a Maven that prints `name` and its arguments.
    private Path maven(String name, String version) throws IOException {
        var home = folder.resolve(name);
        Files.createDirectories(home.resolve("lib"));
        Files.createFile(home.resolve("lib/maven-core-" + version + ".jar"));
        program(Files.createDirectories(home.resolve("bin")).resolve("mvn"), printing(name));
        return home;
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static String printing(String name) {
        return "#!/usr/bin/env bash\nprintf '" + name + ": '; [ $# -eq 0 ] || printf '%s|' \"$@\"; echo\n";
    }

    /// A repository with a Maven; the copied wrapper expects its checksum if `expected`.
    private void publish(boolean expected) throws Exception {
        var name = "apache-maven-" + PINNED;
        var zip = folder.resolve("repository/org/apache/maven/apache-maven/" + PINNED + "/" + name + "-bin.zip");
        Files.createDirectories(zip.getParent());
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry(name + "/lib/maven-core-" + PINNED + ".jar"));
            out.putNextEntry(new ZipEntry(name + "/bin/mvn"));
            out.write(printing("downloaded").getBytes(StandardCharsets.UTF_8));
        }
        environment.put("MVNW_REPOURL", folder.resolve("repository").toUri().toString());
        if (!expected) return;
        var sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(zip)));
        var wrapper = folder.resolve("mvnw");
        Files.writeString(wrapper, Files.readString(wrapper).replaceFirst("sha256=\\w+", "sha256=" + sum));
    }

    private record Run(int code, String out, String err) {}

    private Run run(String... arguments) throws Exception {
        var command = Stream.concat(Stream.of(folder.resolve("mvnw").toString()), Stream.of(arguments)).toList();
        var builder = new ProcessBuilder(command).redirectOutput(folder.resolve("out").toFile()).redirectError(folder.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        return new Run(code, Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
    }
}
