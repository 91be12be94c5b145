package org.agnesi;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Shared;
import org.junit.jupiter.api.Test;

/// What users import: no name of ours hides one of theirs, and no signature takes what it was not meant for.
class ExportsTest {
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern EXPORTS = Pattern.compile("(?m)^ *exports ([\\w.]+);");

    /// Those of the facades whose first operand may be any Java value, because no expression is meant by it.
    private static final List<String> OF_ANY_VALUE = List.of("arange", "constant", "eye", "ones", "tri", "zeros");

    /// A compact source file imports all of `java.base`: a type of ours with one of its names is ambiguous there.
    @Test void typesHaveNamesThatJavaBaseLeavesFree() throws IOException {
        var taken = java().collect(toSet());
        assertThat(taken).contains("List", "Buffer", "Function", "Type");
        var ours = exported().map(Class::getSimpleName).toList();
        assertThat(ours).contains("Expr", "Compiled", "NDArray").doesNotContainAnyElementsOf(taken);
    }

    /// A static import does not reach what every object has.
    @Test void functionsHaveNamesThatObjectLeavesFree() {
        var taken = Arrays.stream(Object.class.getDeclaredMethods()).map(Method::getName).collect(toSet());
        assertThat(facades().map(Method::getName)).doesNotContainAnyElementsOf(taken);
    }

    /// Else `import static java.lang.Math.*` beside ours would make `exp(1.0)` a formula.
    @Test void functionsOfExpressionsTakeNothingElse() {
        assertThat(facades().filter(method -> method.getReturnType() == Expr.class && method.getParameterCount() > 0)
            .filter(method -> method.getParameterTypes()[0] == Object.class || method.getParameterTypes()[0] == Object[].class)
            .map(Method::getName).distinct()).containsExactlyInAnyOrderElementsOf(OF_ANY_VALUE);
    }

    /// `compareTo` would make Kotlin's `x < y` a boolean, `invoke` its `x(y)` a call, and `set` its `x[i] = y` a change.
    @Test void expressionsLeaveOperatorsAloneThatWouldMeanOtherThings() {
        assertThat(Expr.class.getMethods()).extracting(Method::getName).doesNotContain("compareTo", "invoke", "set").contains("plus", "get", "not");
        assertThat(Expr.class.getPermittedSubclasses()).containsExactly(Shared.class);
    }

    /// `of(2)` and `of(2, 3)` would differ in kind.
    @Test void arraysAreMadeOfOneValue() {
        assertThat(Arrays.stream(NDArray.class.getMethods()).filter(method -> method.getName().equals("of"))).noneMatch(Method::isVarArgs).isNotEmpty();
    }

    private static Stream<Method> facades() {
        return Stream.of(Tensors.class, Agnesi.class).flatMap(type -> Arrays.stream(type.getDeclaredMethods())).filter(m -> Modifier.isPublic(m.getModifiers()));
    }

    /// The public types that this module exports, those inside others left out.
    private static Stream<Class<?>> exported() throws IOException {
        return EXPORTS.matcher(Files.readString(SOURCES.resolve("module-info.java"))).results().map(match -> match.group(1))
            .flatMap(name -> files(SOURCES.resolve(name.replace('.', '/'))).map(file -> name + "." + file.replace(".java", "")))
            .filter(name -> !name.endsWith("-info")).<Class<?>>map(ExportsTest::load).filter(type -> Modifier.isPublic(type.getModifiers()));
    }

    /// The names of the public types that `java.base` exports.
    private static Stream<String> java() throws IOException {
        var base = ModuleFinder.ofSystem().find("java.base").orElseThrow();
        var packages = base.descriptor().exports().stream().filter(export -> !export.isQualified()).map(ModuleDescriptor.Exports::source).collect(toSet());
        try (var reader = base.open()) {
            return reader.list().filter(file -> file.endsWith(".class") && !file.contains("$") && !file.endsWith("-info.class"))
                .map(file -> file.replace(".class", "").replace('/', '.')).filter(name -> packages.contains(name.substring(0, name.lastIndexOf('.'))))
                .<Class<?>>map(ExportsTest::load).filter(type -> Modifier.isPublic(type.getModifiers())).map(Class::getSimpleName).toList().stream();
        }
    }

    private static Stream<String> files(Path folder) {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ExportsTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
