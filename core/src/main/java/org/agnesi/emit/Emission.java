package org.agnesi.emit;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// How emitted classes become classes of this JVM: hidden ones, which `-Dagnesi.dump=FOLDER` writes there as well, to be read
/// with `javap -c -p`.
///
/// A file is named after what is in it, so equal classes are one file, and those of an earlier run stay.
///
/// @param folder where to write them; null where nobody wants them
record Emission(@Nullable Path folder) {
    /// What everything emitted goes through.
    static final Emission HERE = new Emission(named(System.getProperty("agnesi.dump")));

    private static @Nullable Path named(@Nullable String folder) { return folder == null || folder.isEmpty() ? null : Path.of(folder); }

    /// The class; what it computes is written beside it.
    Lookup define(byte[] bytes, Object computed) throws IllegalAccessException {
        if (folder != null) write(folder, bytes, computed.toString());
        return MethodHandles.lookup().defineHiddenClass(bytes, true);
    }

    /// Code runs all the same where it cannot be written.
    private static void write(Path folder, byte[] bytes, String text) {
        var hash = new CRC32();
        hash.update(bytes);
        var name = "Emitted-%08x".formatted(hash.getValue());
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name + ".class"), bytes);
            Files.writeString(folder.resolve(name + ".txt"), text);
        } catch (IOException e) {
            System.getLogger("org.agnesi.emit").log(Level.WARNING,
                "-Dagnesi.dump needs a folder that can be written, but got {0} ({1})", folder, e);
        }
    }
}
