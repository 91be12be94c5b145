package org.agnesi.openblas;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.agnesi.kernel.BlasProvider.Unusable;

/// Folders of unpacked files, one for each version and platform, below one that users may name: `-Dagnesi.cache=…`.
///
/// A file is written under a name of its own, hashed on the way, and moved to its place in one step. So a file in its place is
/// whole, processes that start together do no harm to each other, and what was changed since is noticed and replaced: by its
/// size and time, which a stamp beside it has, and by its hash where these are others.
///
/// @param root below which all is
record Cache(Path root) {
    private static final int BUFFER = 1 << 16;
    private static final System.Logger LOG = System.getLogger("org.agnesi.openblas");

    /// Where the user wants it, else where the system wants caches.
    static Cache standard() {
        var named = System.getProperty("agnesi.cache");
        if (named != null) return new Cache(Path.of(named));
        var caches = System.getenv("XDG_CACHE_HOME");
        var home = Path.of(System.getProperty("user.home"), ".cache");
        return new Cache((caches == null || caches.isEmpty() ? home : Path.of(caches)).resolve("agnesi"));
    }

    /// The folder in which all files are, and are what they must be.
    Path folder(Natives natives) throws Unusable {
        var folder = root.resolve("openblas-%s-%s".formatted(Natives.VERSION, natives.platform()));
        try {
            for (var file : natives.files()) if (!isThere(folder, file)) unpack(natives, file, folder);
            return folder;
        } catch (IOException e) {
            throw new Unusable("its files cannot be unpacked into %s (%s); name another folder with -Dagnesi.cache"
                .formatted(folder, e), e);
        }
    }

    private static boolean isThere(Path folder, Natives.Entry file) throws IOException {
        var path = folder.resolve(file.name());
        if (!Files.isRegularFile(path)) return false;
        if (isStamped(path, file)) return true;
        var stamp = stamp(path, file);   // of before it is read
        try (var in = Files.newInputStream(path)) {
            if (!copy(in, OutputStream.nullOutputStream()).equals(file.sha256())) return false;
        }
        write(stamp, path);
        return true;
    }

    /// Whether the file is one that was hashed, as far as its size and time say. Hashing takes longer than loading.
    private static boolean isStamped(Path path, Natives.Entry file) throws IOException {
        var stamp = beside(path);
        return Files.isRegularFile(stamp) && Files.readString(stamp).equals(stamp(path, file));
    }

    private static Path beside(Path path) { return path.resolveSibling(path.getFileName() + ".checked"); }

    private static String stamp(Path path, Natives.Entry file) throws IOException {
        return "%d %s %s".formatted(Files.size(path), Files.getLastModifiedTime(path).toInstant(), file.sha256());
    }

    /// In one step. Where it cannot be written, as in a folder that is only read, files are hashed at each start.
    private static void write(String stamp, Path path) {
        try {
            var part = Files.createTempFile(path.getParent(), path.getFileName().toString(), ".part");
            try {
                Files.move(Files.writeString(part, stamp), beside(path), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "no stamp for " + path, e);
        }
    }

    private static void unpack(Natives natives, Natives.Entry file, Path folder) throws IOException, Unusable {
        Files.createDirectories(folder);
        var part = Files.createTempFile(folder, file.name(), ".part");
        try {
            String sha256;
            try (var in = natives.open(file); var out = Files.newOutputStream(part)) {
                sha256 = copy(in, out);
            }
            if (!sha256.equals(file.sha256())) throw new Unusable("%s in the jar is not the file of version %s: its SHA-256 is %s"
                .formatted(file.name(), Natives.VERSION, sha256));
            var stamp = stamp(part, file);
            move(part, folder, file);
            write(stamp, folder.resolve(file.name()));
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /// Some systems do not replace a file that another process has loaded: then that one does as well.
    private static void move(Path part, Path folder, Natives.Entry file) throws IOException {
        try {
            Files.move(part, folder.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!isThere(folder, file)) throw e;
        }
    }

    /// Copies all bytes; gives their SHA-256.
    private static String copy(InputStream in, OutputStream out) throws IOException {
        var digest = sha256();
        var buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
            out.write(buffer, 0, n);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
