package org.agnesi.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.agnesi.array.DType;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.Scalar.At;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Bits;
import org.agnesi.kernel.Scalar.Cast;
import org.agnesi.kernel.Scalar.Compare;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Fma;
import org.agnesi.kernel.Scalar.Index;
import org.agnesi.kernel.Scalar.Input;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalar.Rare;
import org.agnesi.kernel.Scalar.Select;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Scalar.Unary;

/// Walks over DAGs of scalars: iterative, and each node once, whatever the number of paths to it.
public final class Scalars {
    private Scalars() {}

    /// The scalars that `x` is computed from, in order.
    public static List<Scalar> parts(Scalar x) {
        return switch (x) {
            case Const _, Input _, Index _, Size _, Local _ -> List.of();
            case At(_, _, var index) -> index;
            case Unary(_, _, var a) -> List.of(a);
            case Binary(_, _, var a, var b) -> List.of(a, b);
            case Compare(_, var a, var b) -> List.of(a, b);
            case Select(_, var condition, var a, var b) -> List.of(condition, a, b);
            case Cast(_, var a) -> List.of(a);
            case Fma(_, var a, var b, var c) -> List.of(a, b, c);
            case Bits(_, var a) -> List.of(a);
            case Rare(_, var condition, var slow, var fast) -> List.of(condition, slow, fast);
            case Load(_, _, var index) -> List.of(index);
        };
    }

    /// `x` computed from other parts; `x` itself where they are the same objects.
    public static Scalar with(Scalar x, List<Scalar> parts) {
        if (same(parts(x), parts)) return x;
        return switch (x) {
            case Const _, Input _, Index _, Size _, Local _ -> x;
            case At(var operand, var dtype, _) -> new At(operand, dtype, parts);
            case Unary(var f, var dtype, _) -> new Unary(f, dtype, parts.get(0));
            case Binary(var f, var dtype, _, _) -> new Binary(f, dtype, parts.get(0), parts.get(1));
            case Compare(var r, _, _) -> new Compare(r, parts.get(0), parts.get(1));
            case Select(var dtype, _, _, _) -> new Select(dtype, parts.get(0), parts.get(1), parts.get(2));
            case Cast(var dtype, _) -> new Cast(dtype, parts.get(0));
            case Fma(var dtype, _, _, _) -> new Fma(dtype, parts.get(0), parts.get(1), parts.get(2));
            case Bits(var dtype, _) -> new Bits(dtype, parts.get(0));
            case Rare(var dtype, _, _, _) -> new Rare(dtype, parts.get(0), parts.get(1), parts.get(2));
            case Load(var buffer, var dtype, _) -> new Load(buffer, dtype, parts.get(0));
        };
    }

    /// Every scalar below and including the roots, parts before what is computed from them.
    public static List<Scalar> inOrder(List<? extends Scalar> roots) { return inOrder(roots, _ -> true); }

    /// The same, but of parts only those that are `entered`, and what is below them.
    public static List<Scalar> inOrder(List<? extends Scalar> roots, Predicate<Scalar> entered) {
        var order = new ArrayList<Scalar>();
        var seen = new IdentityHashMap<Scalar, Boolean>(); // false: entered, true: in the order
        var stack = new ArrayDeque<Scalar>(roots.reversed());
        while (!stack.isEmpty()) {
            var x = stack.peek();
            if (seen.putIfAbsent(x, false) == null) {
                var parts = parts(x);
                for (int k = parts.size() - 1; k >= 0; k--)
                    if (!seen.containsKey(parts.get(k)) && entered.test(parts.get(k))) stack.push(parts.get(k));
            } else {
                stack.pop();
                if (!Boolean.TRUE.equals(seen.put(x, true))) order.add(x);
            }
        }
        return order;
    }

    /// Rebuilds `root` from the leaves up: each node gets its new parts, then `step` may replace it.
    public static Scalar map(Scalar root, UnaryOperator<Scalar> step) { return map(root, step, new IdentityHashMap<>()); }

    /// The same with a memory shared by several roots, so that what they share stays shared.
    public static Scalar map(Scalar root, UnaryOperator<Scalar> step, Map<Scalar, Scalar> done) {
        if (done.containsKey(root)) return done.get(root);
        for (var x : inOrder(List.of(root), x -> !done.containsKey(x))) {
            var parts = parts(x);
            var mapped = new ArrayList<Scalar>(parts.size());
            for (var part : parts) mapped.add(done.get(part));
            done.put(x, step.apply(with(x, mapped)));
        }
        return done.get(root);
    }

    static void require(Scalar x, DType dtype, String what) {
        if (x.dtype() != dtype) throw new TypeError("""
            %s needs %s, but got %s of type %s
            Cast it first.""".formatted(what, dtype, x, x.dtype()));
    }

    static void requireSame(String what, Scalar a, Scalar b) {
        if (a.dtype() != b.dtype()) throw new TypeError("""
            %s needs two scalars of one type, but got %s of type %s and %s of type %s
            Cast one of them first.""".formatted(what, a, a.dtype(), b, b.dtype()));
    }

    private static boolean same(List<Scalar> a, List<Scalar> b) {
        for (int i = 0; i < a.size(); i++) if (a.get(i) != b.get(i)) return false;
        return true;
    }
}
