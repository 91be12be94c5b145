package org.agnesi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.agnesi.array.NDArray;
import org.junit.jupiter.api.Test;

/// What is shared by all belongs to the `Engine`: no class keeps anything that changes for itself.
class StateTest {
    private static final Path CLASSES = Path.of(URI.create(Compiled.class.getProtectionDomain().getCodeSource().getLocation().toString()));

    /// What may be kept, and why.
    private static final Map<String, String> KEPT = Map.of(
        "Node.CREATED", "numbers nodes in the order in which they are made",
        "Engine.STANDARD", "what everyone shares");

    @Test void nothingStaticIsAssignedTwice() throws IOException {
        assertThat(statics().filter(field -> !field.accessFlags().contains(AccessFlag.FINAL)).map(StateTest::name)).isEmpty();
    }

    @Test void nothingStaticChanges() throws IOException {
        var changing = statics().filter(field -> changes(value(field))).map(StateTest::name).toList();
        assertThat(changing).containsExactlyInAnyOrderElementsOf(KEPT.keySet());
    }

    private static boolean changes(Object value) {
        return switch (value) {
            case null            -> false;
            case Collection<?> c -> isCleared(c::clear);
            case Map<?, ?> m     -> isCleared(m::clear);
            case Engine _, NDArray _, ThreadLocal<?> _, StringBuilder _ -> true;
            default              -> value.getClass().getPackageName().startsWith("java.util.concurrent") || value.getClass().getPackageName().equals("java.lang.ref");
        };
    }

    private static boolean isCleared(Runnable clear) {
        try {
            clear.run();
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    private static Stream<Field> statics() throws IOException {
        try (var files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString()).filter(name -> name.endsWith(".class") && !name.endsWith("-info.class")).toList().stream()
                .map(StateTest::load).flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> field.accessFlags().contains(AccessFlag.STATIC) && !field.isSynthetic());
        }
    }

    private static Class<?> load(String file) {
        try {
            return Class.forName(file.replace(".class", "").replace('/', '.'), false, StateTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static Object value(Field field) {
        try {
            field.setAccessible(true);
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(Field field) { return field.getDeclaringClass().getSimpleName() + "." + field.getName(); }
}
