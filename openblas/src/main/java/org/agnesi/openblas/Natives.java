package org.agnesi.openblas;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.jar.JarFile;
import org.agnesi.kernel.BlasProvider.Unusable;
import org.jspecify.annotations.Nullable;

/// The library's files for a platform, in the order in which they are loaded, with what they must hash to.
///
/// They are in the jar `org.bytedeco:openblas` of this version and platform, which is a module that requires others: so it is
/// never asked for as a module, but read where it lies, on the class path or on the module path.
///
/// @param platform as in the jar's name: `linux-x86_64`
record Natives(String platform, List<Natives.Entry> files) {
    /// The version of the jar.
    static final String VERSION = "0.3.31-1.5.13";

    /// @param sha256 in hexadecimal digits
    record Entry(String name, String sha256) {}

    Natives { files = List.copyOf(files); }

    static Natives here() throws Unusable {
        return of(platform(System.getProperty("os.name"), System.getProperty("os.arch")));
    }

    static Natives of(String platform) throws Unusable {
        var files = new ArrayList<Entry>();
        for (var line : table()) {
            var words = line.split(" ");
            if (words[0].equals(platform)) files.add(new Entry(words[1], words[2]));
        }
        if (files.isEmpty()) throw new Unusable("there are no files for " + platform);
        return new Natives(platform, files);
    }

    private static List<String> table() throws Unusable {
        try (var table = Objects.requireNonNull(Natives.class.getResourceAsStream("natives.txt"))) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new Unusable("its table of files cannot be read: " + e.getMessage(), e);
        }
    }

    static String platform(String os, String arch) {
        var name = os.toLowerCase(Locale.ROOT);
        var system = name.startsWith("mac") ? "macosx" : name.startsWith("windows") ? "windows" : name;
        return system + "-" + switch (arch) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm64";
            default -> arch;
        };
    }

    /// The bytes of a file, for the caller to close.
    InputStream open(Entry file) throws Unusable {
        var path = "org/bytedeco/openblas/" + platform + "/" + file.name;
        try {
            var loader = Natives.class.getClassLoader();
            var found = loader == null ? null : loader.getResourceAsStream(path);
            if (found == null) found = onModulePath(path);
            if (found != null) return found;
        } catch (IOException e) {
            throw new Unusable("%s cannot be read: %s".formatted(path, e.getMessage()), e);
        }
        throw new Unusable("add org.bytedeco:openblas:%s with classifier %s: there is no %s".formatted(VERSION, platform, file.name));
    }

    private @Nullable InputStream onModulePath(String path) throws IOException {
        for (var element : System.getProperty("jdk.module.path", "").split(File.pathSeparator)) {
            var jar = jar(Path.of(element));
            if (jar == null) continue;
            try (var opened = new JarFile(jar.toFile())) {
                var entry = opened.getJarEntry(path);
                if (entry != null) return new ByteArrayInputStream(opened.getInputStream(entry).readAllBytes());
            }
        }
        return null;
    }

    /// The jar of the files: an element of a path, or in a folder that is one.
    private @Nullable Path jar(Path element) throws IOException {
        var name = "openblas-%s-%s.jar".formatted(VERSION, platform);
        var inside = element.resolve(name);
        return element.endsWith(name) && Files.isRegularFile(element) ? element : Files.isRegularFile(inside) ? inside : null;
    }
}
