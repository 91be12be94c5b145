package org.agnesi;

import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.lscalar;
import static org.agnesi.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.error.AgnesiException;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operation says so where it is given null: each call of [Tensors] and [Expr] that works, with null in each place in turn.
@NullUnmarked
class EveryCallTest {
    private static final Expr MATRIX = tensor("m", DType.FLOAT64, 3, 3);
    private static final List<Expr> EXPRESSIONS = List.of(MATRIX, tensor("v", DType.FLOAT64, 3), dscalar("s"),
        tensor("i", DType.INT64, 3), tensor("c", DType.BOOL), lscalar("k"), tensor("t", DType.FLOAT64, 3, 3, 3));

    /// An open end of a span, and no name.
    private static final Set<String> TAKE_NULL = Set.of("range", "from", "upTo", "named");

    private static final Map<Class<?>, List<Object>> VALUES = Map.ofEntries(
        Map.entry(Expr.class, List.copyOf(EXPRESSIONS)),
        Map.entry(Expr[].class, List.of(new Expr[] {MATRIX, MATRIX}, new Expr[] {EXPRESSIONS.get(4)})),
        Map.entry(List.class, List.of(List.of(MATRIX, MATRIX))),
        Map.entry(Number.class, List.of(2)), Map.entry(Object.class, List.of(3)), Map.entry(int.class, List.of(0, 1, 3)),
        Map.entry(long.class, List.of(3L)), Map.entry(double.class, List.of(1.0)), Map.entry(boolean.class, List.of(true)),
        Map.entry(int[].class, List.of(new int[] {0}, new int[0])),
        Map.entry(Object[].class, List.of(new Object[] {3, 3}, new Object[] {1, 0}, new Object[] {0})),
        Map.entry(String.class, List.of("ij,jk->ik")), Map.entry(DType.class, List.of(DType.FLOAT64)), Map.entry(Axes.class, List.of(Axes.ALL)),
        Map.entry(DoubleUnaryOperator.class, List.of((DoubleUnaryOperator) x -> x)),
        Map.entry(BinaryOperator.class, List.of((BinaryOperator<Object>) (x, _) -> x)),
        Map.entry(UnaryOperator.class, List.of((UnaryOperator<Object>) x -> x)));

    static Stream<Method> calls() {
        return Stream.of(Tensors.class, Expr.class).flatMap(type -> Arrays.stream(type.getDeclaredMethods())
            .filter(m -> Modifier.isPublic(m.getModifiers()) && Modifier.isStatic(m.getModifiers()) == (type == Tensors.class))
            .filter(m -> m.getParameterCount() > 0 && VALUES.keySet().containsAll(List.of(m.getParameterTypes())))
            .sorted(Comparator.comparing(Method::toString)));
    }

    @ParameterizedTest @MethodSource("calls") void refusesNullInWords(Method call) throws ReflectiveOperationException {
        var self = Modifier.isStatic(call.getModifiers()) ? Collections.<Expr>singletonList(null) : EXPRESSIONS;
        for (var x : self) {
            var args = working(call, x, new Object[call.getParameterCount()], 0);
            if (args == null) continue;
            for (int i = 0; i < args.length; i++)
                if (!call.getParameterTypes()[i].isPrimitive()) for (var other : without(args, i)) assertRefused(call, x, other);
            return;
        }
        throw new AssertionError("no arguments here suit " + call);
    }

    /// Arguments for which the call returns.
    private static Object[] working(Method call, Expr x, Object[] args, int at) throws ReflectiveOperationException {
        if (at == args.length) return problem(call, x, args) == null ? args.clone() : null;
        for (var value : VALUES.get(call.getParameterTypes()[at])) {
            args[at] = value;
            var found = working(call, x, args, at + 1);
            if (found != null) return found;
        }
        return null;
    }

    /// The arguments with null as argument `i`, and as its last element.
    private static List<Object[]> without(Object[] args, int i) {
        var all = new ArrayList<Object[]>();
        all.add(with(args, i, null));
        if (args[i] instanceof Object[] several) {
            var shorter = several.clone();
            shorter[shorter.length - 1] = null;
            all.add(with(args, i, shorter));
        }
        if (args[i] instanceof List<?>) all.add(with(args, i, Arrays.asList(MATRIX, null)));
        return all;
    }

    private static Object[] with(Object[] args, int i, Object value) {
        var other = args.clone();
        other[i] = value;
        return other;
    }

    private static void assertRefused(Method call, Expr x, Object[] args) throws ReflectiveOperationException {
        var problem = problem(call, x, args);
        if (problem == null) assertThat(TAKE_NULL).contains(call.getName());
        else assertThat(problem).as("%s of %s", call, Arrays.deepToString(args)).isInstanceOf(AgnesiException.class).hasMessageContaining("got null");
    }

    private static Throwable problem(Method call, Expr x, Object[] args) throws ReflectiveOperationException {
        try {
            call.invoke(x, args);
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        }
    }
}
