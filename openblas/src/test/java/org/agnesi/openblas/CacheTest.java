package org.agnesi.openblas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import org.agnesi.kernel.BlasProvider.Unusable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Unpacking, tried on the smallest of the files.
class CacheTest {
    @TempDir private Path root;

    @BeforeAll static void open() { Here.blas(); }

    private static Natives first() throws Unusable {
        var natives = Natives.here();
        return new Natives(natives.platform(), List.of(natives.files().getFirst()));
    }

    private static Natives withHash(String sha256) throws Unusable {
        return new Natives(first().platform(), List.of(new Natives.Entry(first().files().getFirst().name(), sha256)));
    }

    private Path unpacked() throws Unusable { return new Cache(root).folder(first()).resolve(first().files().getFirst().name()); }

    @Test void aFolderIsForOneVersionAndPlatform() throws Exception {
        assertThat(unpacked().getParent()).isEqualTo(root.resolve("openblas-0.3.31-1.5.13-" + first().platform()));
    }

    @Test void whatIsThereStays() throws Exception {
        var file = unpacked();
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        assertThat(Files.getLastModifiedTime(unpacked()).toMillis()).isEqualTo(1_000_000);
        var name = file.getFileName().toString();
        assertThat(file.getParent().toFile().list()).containsExactlyInAnyOrder(name, name + ".checked");
    }

    @Test void aFileIsHashedOnceWhileItsSizeAndTimeStay() throws Exception {
        var file = unpacked();
        var time = Files.getLastModifiedTime(file);
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2]++;
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, time);
        assertThat(Files.readAllBytes(unpacked())).isEqualTo(bytes);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        Files.setLastModifiedTime(file, time);
        assertThat(unpacked()).hasSize(bytes.length);
    }

    @Test void aFileOfAnotherTimeIsHashedAndStampedAgain() throws Exception {
        var file = unpacked();
        var stamp = file.resolveSibling(file.getFileName() + ".checked");
        var before = Files.readString(stamp);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        unpacked();
        assertThat(stamp).hasContent(before.replaceFirst(" \\S+ ", " 1970-01-01T00:16:40Z "));
        Files.delete(stamp);
        unpacked();
        assertThat(stamp).exists();
    }

    @Test void aFileThatIsNotAsItWasIsReplaced() throws Exception {
        var file = unpacked();
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2]++;
        Files.write(file, bytes);
        assertThat(Files.readAllBytes(unpacked())).isNotEqualTo(bytes);
        Files.write(file, new byte[0]);
        assertThat(unpacked()).hasSize(bytes.length);
    }

    @Test void anotherFileInTheJarIsRefusedAndNotKept() throws Exception {
        var right = first().files().getFirst();
        assertThatThrownBy(() -> new Cache(root).folder(withHash("00"))).isInstanceOf(Unusable.class)
            .hasMessage("%s in the jar is not the file of version 0.3.31-1.5.13: its SHA-256 is %s", right.name(), right.sha256());
        assertThat(root.resolve("openblas-0.3.31-1.5.13-" + first().platform()).toFile().list()).isEmpty();
    }

    @Test void aFolderThatCannotBeMadeIsNamed() throws IOException {
        var file = Files.writeString(root.resolve("file"), "no folder");
        assertThatThrownBy(() -> new Cache(file.resolve("cache")).folder(first())).isInstanceOf(Unusable.class)
            .hasMessageStartingWith("its files cannot be unpacked into " + file.resolve("cache")).hasMessageEndingWith("; name another folder with -Dagnesi.cache");
    }

    @Test void aMissingJarIsNamed() {
        var natives = new Natives("linux-sparc", List.of(new Natives.Entry("libopenblas.so.0", "00")));
        assertThatThrownBy(() -> new Cache(root).folder(natives)).isInstanceOf(Unusable.class)
            .hasMessage("add org.bytedeco:openblas:0.3.31-1.5.13 with classifier linux-sparc: there is no libopenblas.so.0");
    }

    @Test void platformsAreNamedAsJarsAre() {
        assertThat(Natives.platform("Linux", "amd64")).isEqualTo("linux-x86_64");
        assertThat(Natives.platform("Mac OS X", "aarch64")).isEqualTo("macosx-arm64");
        assertThat(Natives.platform("Windows 11", "amd64")).isEqualTo("windows-x86_64");
        assertThatThrownBy(() -> Natives.of("linux-riscv64")).isInstanceOf(Unusable.class).hasMessage("there are no files for linux-riscv64");
    }
}
