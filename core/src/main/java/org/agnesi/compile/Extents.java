package org.agnesi.compile;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.kernel.Scalar;
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
import org.agnesi.kernel.ScalarEvaluator;
import org.agnesi.kernel.Scalars;
import org.jspecify.annotations.Nullable;

/// What is known of numbered arrays: their sizes, and elements that sizes depend on. Null is what only running tells.
public interface Extents {
    @Nullable Long size(int array, int axis);

    @Nullable Const element(int array, long place);

    /// The same of some of the arrays, which are numbers 0, 1, … now; of those after them, which come and go, nothing is known.
    default Extents of(List<Integer> arrays) {
        var all = this;
        return new Extents() {
            @Override public @Nullable Long size(int array, int axis) {
                return array < arrays.size() ? all.size(arrays.get(array), axis) : null;
            }

            @Override public @Nullable Const element(int array, long place) {
                return array < arrays.size() ? all.element(arrays.get(array), place) : null;
            }
        };
    }

    default @Nullable Const value(Scalar root) { return value(root, Map.of()); }

    /// What a scalar comes to.
    ///
    /// @param locals by number, those that are known
    default @Nullable Const value(Scalar root, Map<Integer, Const> locals) {
        var values = new IdentityHashMap<Scalar, Const>();
        for (var x : Scalars.inOrder(List.of(root))) {
            var value = value(x, values, locals);
            if (value != null) values.put(x, value);
        }
        return values.get(root);
    }

    private @Nullable Const value(Scalar x, Map<Scalar, Const> values, Map<Integer, Const> locals) {
        if (x instanceof Select(_, var condition, var a, var b)) return chosen(values.get(condition), values.get(a), values.get(b));
        if (x instanceof Rare(_, var condition, var a, var b)) return chosen(values.get(condition), values.get(a), values.get(b));
        for (var part : Scalars.parts(x)) if (!values.containsKey(part)) return null;
        return switch (x) {
            case Const c -> c;
            case Size(var array, var axis) -> constant(size(array, axis));
            case Local(var id, _) -> locals.get(id);
            case Load(var array, _, var place) -> element(array, values.get(place).bits());
            case Unary(var f, _, var a) -> ScalarEvaluator.apply(f, values.get(a));
            case Binary(var f, _, var a, var b) -> ScalarEvaluator.apply(f, values.get(a), values.get(b));
            case Compare(var r, var a, var b) -> ScalarEvaluator.compare(r, values.get(a), values.get(b));
            case Cast(var to, var a) -> ScalarEvaluator.cast(to, values.get(a));
            case Fma(_, var a, var b, var c) -> ScalarEvaluator.fma(values.get(a), values.get(b), values.get(c));
            case Bits(var to, var a) -> ScalarEvaluator.bits(to, values.get(a));
            case Select _, Rare _, At _, Index _, Input _ -> null;
        };
    }

    private static @Nullable Const chosen(@Nullable Const condition, @Nullable Const a, @Nullable Const b) {
        return condition == null ? null : condition.bits() != 0 ? a : b;
    }

    private static @Nullable Const constant(@Nullable Long value) { return value == null ? null : Const.of((long) value); }

    /// How many elements an array of this rank has; 0 where a size is unknown.
    default long count(int array, int rank) {
        long count = 1;
        for (int axis = 0; axis < rank; axis++) {
            var size = size(array, axis);
            count = Math.multiplyExact(count, size == null ? 0L : (long) size);
        }
        return count;
    }
}
