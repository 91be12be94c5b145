package org.agnesi.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.array.DType;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Relation;
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
import org.agnesi.kernel.UnaryFunction;

/// Makes scalars so that equal ones are one object: what two views read at one place is read once.
///
/// Constants fold in the kernel's own arithmetic; of the rest only int64 positions and sizes are simplified, by laws
/// that hold in wrap-around arithmetic, and `|−x|` is `|x|`: no float changes a bit.
final class Terms {
    private static final Const ZERO = Const.of(0L);
    private static final Const ONE = Const.of(1L);

    private final Map<Key, Scalar> known = new HashMap<>();
    private final Map<Scalar, Integer> ids = new IdentityHashMap<>();

    /// A node apart from its parts, and which terms those are.
    private record Key(Object head, List<Integer> parts) {}

    private record Head(Object what, DType dtype) {}

    /// The one term equal to `x`, whose parts are terms already.
    Scalar term(Scalar x) {
        if (ids.containsKey(x)) return x;
        var simple = simplified(x);
        if (simple != x) return term(simple);
        var term = known.computeIfAbsent(new Key(head(x), ids(Scalars.parts(x))), _ -> x);
        ids.putIfAbsent(term, ids.size());
        return term;
    }

    /// A term's number; equal terms have equal numbers.
    int id(Scalar term) {
        var id = ids.get(term);
        return id != null ? id : ids.get(term(term));
    }

    List<Integer> ids(List<Scalar> terms) {
        var ids = new ArrayList<Integer>(terms.size());
        for (var term : terms) ids.add(id(term));
        return ids;
    }

    Scalar add(Scalar a, Scalar b) { return term(Scalar.add(a, b)); }

    Scalar mul(Scalar a, Scalar b) { return term(Scalar.mul(a, b)); }

    Scalar product(List<Scalar> sizes) {
        Scalar product = term(ONE);
        for (var size : sizes) product = mul(product, size);
        return product;
    }

    /// The positions 0, 1, … of the current point.
    List<Scalar> here(int rank) { return Scalar.here(rank).stream().map(this::term).toList(); }

    /// The place in C order of a position in an array of these sizes.
    Scalar linear(List<Scalar> position, List<Scalar> sizes) {
        if (position.isEmpty()) return term(ZERO);
        if (position.getLast() instanceof Binary(var f, _, var place, _) && f == BinaryFunction.REM
            && unravel(place, sizes).equals(position))
            return place;
        Scalar place = position.getFirst();
        for (int axis = 1; axis < position.size(); axis++) place = next(place, sizes.get(axis), position.get(axis));
        return place;
    }

    /// `place * size + i`, where `place * (n * m) + (j * m + k)` is `(place * n + j) * m + k`.
    private Scalar next(Scalar place, Scalar size, Scalar i) {
        if (i instanceof Binary(var f, _, Binary(var g, _, var j, var m), var k) && f == BinaryFunction.ADD && g == BinaryFunction.MUL
            && size instanceof Binary(var h, _, var a, var b) && h == BinaryFunction.MUL && (same(a, m) || same(b, m)))
            return add(mul(next(place, same(b, m) ? a : b, j), m), k);
        return add(mul(place, size), i);
    }

    /// The position of a place in C order.
    List<Scalar> unravel(Scalar place, List<Scalar> sizes) {
        var position = new ArrayList<Scalar>();
        Scalar rest = place;
        for (int axis = sizes.size() - 1; axis >= 0; axis--) {
            position.addFirst(axis == 0 ? rest : term(Scalar.rem(rest, sizes.get(axis))));
            rest = term(Scalar.floorDiv(rest, sizes.get(axis)));
        }
        return position;
    }

    private static Object head(Scalar x) {
        return switch (x) {
            case Const _, Input _, Index _, Size _, Local _ -> x;
            case At(var operand, var dtype, _) -> new Head("at " + operand, dtype);
            case Unary(var f, var dtype, _) -> new Head(f, dtype);
            case Binary(var f, var dtype, _, _) -> new Head(f, dtype);
            case Compare(var r, _, _) -> new Head(r, DType.BOOL);
            case Select(var dtype, _, _, _) -> new Head("select", dtype);
            case Cast(var dtype, _) -> new Head("cast", dtype);
            case Fma(var dtype, _, _, _) -> new Head("fma", dtype);
            case Bits(var dtype, _) -> new Head("bits", dtype);
            case Rare(var dtype, _, _, _) -> new Head("rare", dtype);
            case Load(var buffer, var dtype, _) -> new Head("load " + buffer, dtype);
        };
    }

    private static Scalar simplified(Scalar x) {
        var folded = ScalarEvaluator.folded(x);
        if (!same(folded, x)) return folded;
        return switch (x) {
            case Binary(var f, var dtype, var a, var b) when dtype == DType.INT64 -> position(x, f, a, b);
            case Unary(var f, _, Unary(var g, _, var a)) when f == UnaryFunction.ABS && g == UnaryFunction.NEG -> Scalar.abs(a);
            case Compare(var r, var a, var b) when a.equals(b) && !a.dtype().isFloating() && leaf(a) ->
                Const.of(r == Relation.EQ || r == Relation.LE || r == Relation.GE);
            case Select(_, _, var a, var b) when same(a, b) -> a;
            case Const _, Input _, Index _, Size _, Local _, At _, Unary _, Binary _, Compare _, Select _, Cast _, Load _, Fma _, Bits _,
                Rare _ -> x;
        };
    }

    private static Scalar position(Scalar x, BinaryFunction f, Scalar a, Scalar b) {
        return switch (f) {
            case ADD -> a instanceof Const c ? shifted(x, b, c.bits()) : b instanceof Const c ? shifted(x, a, c.bits()) : x;
            case SUB -> same(a, b) ? ZERO : b instanceof Const c ? shifted(x, a, -c.bits()) : x;
            case MUL -> is(a, 0) || is(b, 0) ? ZERO : is(a, 1) ? b : is(b, 1) ? a : a instanceof Const ? Scalar.mul(b, a) : x;
            case FLOOR_DIV -> is(a, 0) ? ZERO : is(b, 1) ? a : x;
            case REM -> is(a, 0) || is(b, 1) ? ZERO : x;
            case MAX, MIN -> same(a, b) ? a : x;
            case DIV, POW, AND, OR, XOR, SHL, SHR, USHR, MULTIPLY_HIGH, ATAN2, POW_FAR, ATAN2_FAR -> x;
        };
    }

    /// `a + c`, where `a` may be a sum with a constant itself: written `b + d`, or `b - d`.
    private static Scalar shifted(Scalar x, Scalar a, long c) {
        if (a instanceof Binary(var f, _, var b, Const d) && f == BinaryFunction.ADD) return shifted(x, b, c + d.bits());
        if (a instanceof Binary(var f, _, var b, Const d) && f == BinaryFunction.SUB) return shifted(x, b, c - d.bits());
        if (c == 0) return a;
        boolean down = c < 0 && c != Long.MIN_VALUE;
        if (x instanceof Binary(var f, _, var b, Const d) && same(a, b) && d.bits() == (down ? -c : c)
            && f == (down ? BinaryFunction.SUB : BinaryFunction.ADD)) return x;
        return down ? Scalar.sub(a, Const.of(-c)) : Scalar.add(a, Const.of(c));
    }

    private static boolean is(Scalar x, long value) { return x instanceof Const c && c.bits() == value; }

    private static boolean leaf(Scalar x) { return Scalars.parts(x).isEmpty(); }

    @SuppressWarnings("ReferenceEquality") // terms: equal ones are one object
    private static boolean same(Scalar a, Scalar b) { return a == b; }
}
