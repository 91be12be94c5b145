package org.agnesi.error;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a call cannot do without: given as it is, or an [ArgumentError] that names the call and what is missing.
///
/// A null that is found out later is far from the line that passed it.
public final class Required {
    private Required() {}

    /// @param call which call, as `grad`
    /// @param what is needed, as `a cost`
    public static <T> T of(String call, String what, @Nullable T value) {
        if (value != null) return value;
        throw new ArgumentError("""
            %s needs %s, but got null
            A Java variable that has no value yet is null: assign it before.""".formatted(call, what));
    }

    /// All of a list, which is there itself.
    public static <T> List<T> all(String call, String what, @Nullable List<? extends @Nullable T> values) {
        var all = new ArrayList<T>();
        int k = 0;
        for (var value : of(call, "a list, each element " + what, values)) all.add(of(call, what + " as element " + k++, value));
        return List.copyOf(all);
    }

    /// The same of what a call takes one by one.
    @SafeVarargs public static <T> List<T> all(String call, String what, @Nullable T @Nullable ... values) {
        if (values != null && values.length == 1) return List.of(of(call, what, values[0]));
        return all(call, what, values == null ? null : Arrays.asList(values));
    }

    /// What an op is applied to.
    public static <T> T argument(String call, @Nullable T value) { return of(call, "an expression", value); }

    /// What an op is applied to, each named by its place where there are several.
    @SafeVarargs public static <T> List<T> arguments(String call, @Nullable T... values) {
        if (values.length == 1) return List.of(argument(call, values[0]));
        for (int i = 0; i < values.length; i++)
            if (values[i] == null) of(call, "an expression as argument %d of %d".formatted(i + 1, values.length), values[i]);
        return List.of(values);
    }

    /// A file to read. A missing one, or a directory, stays what Java makes of it, with words and the user's line.
    ///
    /// @param call which call, as `load`
    public static Path file(String call, @Nullable Path path) throws FileSystemException {
        Path file = of(call, "a file", path);
        if (Files.isDirectory(file)) throw directory(call, file);
        if (Files.exists(file)) return file;
        throw new NoSuchFileException(file.toString(), null, here("""
            %s needs a file that exists, but there is none of this name
            Look for it: the name means %s.""".formatted(call, file.toAbsolutePath())));
    }

    /// A file to write, in a folder that exists.
    public static Path output(String call, @Nullable Path path) throws FileSystemException {
        Path file = of(call, "a file", path);
        if (Files.isDirectory(file)) throw directory(call, file);
        var folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(folder)) return file;
        throw new NoSuchFileException(file.toString(), null, here("""
            %s needs a folder that exists, but there is no %s
            Make it first: Files.createDirectories(…).""".formatted(call, folder)));
    }

    /// What a file of text holds.
    public static String text(String call, @Nullable Path path) throws IOException {
        Path file = file(call, path);
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new FileError("""
                %s needs a file of text, but %s has bytes that are none in UTF-8
                Is it of another kind?""".formatted(call, file.getFileName()), e);
        }
    }

    private static FileSystemException directory(String call, Path file) {
        return new FileSystemException(file.toString(), null, here("""
            %s needs a file, but this is a directory
            Name a file in it: the name means %s.""".formatted(call, file.toAbsolutePath())));
    }

    /// A message that ends with the user's line, for exceptions that are none of this library's.
    private static String here(String message) {
        var place = Place.current();
        return place == null ? message : message + AgnesiException.BEFORE_PLACE + place;
    }

    /// What a user's function gave.
    ///
    /// @param call which call the function is for, as `scan`
    public static <T> T result(String call, @Nullable T value) {
        if (value != null) return value;
        throw new ArgumentError("""
            the function given to %s needs to return an expression, but it returned null
            Return what it computes.""".formatted(call));
    }
}
