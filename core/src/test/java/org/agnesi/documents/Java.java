package org.agnesi.documents;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agnesi.Compiled;
import org.hipparchus.util.FastMath;
import org.jspecify.annotations.NullMarked;

/// The programs `java` and `javac`, started as users start them.
final class Java {
    /// Agnesi and what it needs, as a module path or a class path.
    static final String PATH = Stream.of(Compiled.class, FastMath.class, NullMarked.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().toString())
        .map(location -> Path.of(URI.create(location)).toString()).collect(Collectors.joining(File.pathSeparator));

    private static final String EXPLICIT = "import org.agnesi.*; import org.agnesi.array.*; import org.agnesi.error.*; import org.agnesi.symbolic.*;";

    private Java() {}

    /// Compiles compact source files into a folder, on the class path, where there is no module to import.
    static void compile(List<Path> files, Path folder) throws IOException {
        var args = new ArrayList<>(List.of("-d", folder.toString(), "-cp", PATH, "-proc:none"));
        for (var file : files) {
            var copy = folder.resolve(file.getFileName());
            Files.writeString(copy, Files.readString(file).replace("import module org.agnesi;", EXPLICIT));
            args.add(copy.toString());
        }
        var said = new StringWriter();
        var print = new PrintWriter(said);
        ToolProvider.findFirst("javac").orElseThrow().run(print, print, args.toArray(String[]::new));
        if (!said.toString().isEmpty()) throw new IllegalStateException(said.toString());
    }

    /// What a compact source file prints that runs where the project is; the flags make it start sooner, write UTF-8 and use decimal points.
    static String run(Path file) throws Exception {
        return run(Stream.concat(backend(), Stream.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8",
            "-Dfile.encoding=UTF-8", "-Duser.language=en", "-Duser.country=US", "-p", PATH, "--add-modules", "org.agnesi", file.toString())).toList());
    }

    /// What this JVM was told about kernels.
    private static Stream<String> backend() {
        return Stream.of("agnesi.kernels", "agnesi.threads").filter(name -> System.getProperty(name) != null)
            .map(name -> "-D" + name + "=" + System.getProperty(name));
    }

    private static String run(List<String> args) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(args);
        var builder = new ProcessBuilder(command).directory(Document.HOME.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));   // java would say that it reads them
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.replace("\r\n", "\n");
    }
}
