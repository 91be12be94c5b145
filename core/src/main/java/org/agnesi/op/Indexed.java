package org.agnesi.op;

import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.error.Required;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Region;

/// The elements of `x` that an index names, to be replaced or added to.
record Indexed(Expr x, Indexing index) implements Region {
    @Override public Expr set(Expr v) { return write(v, false); }
    @Override public Expr set(Number v) { return set(Constant.constant(v)); }
    @Override public Expr add(Expr v) { return write(v, true); }
    @Override public Expr add(Number v) { return add(Constant.constant(v)); }

    private Expr write(Expr v, boolean adds) {
        var what = adds ? "add" : "set";
        var mask = Required.of(what, "values", v).type().rank() == 0 ? index.mask() : null;
        return mask != null ? choose(mask, fit(v, x, what), adds) : index.written(fit(v, index.read(), what), adds);
    }

    /// One number under a mask needs no positions: it is a choice element by element.
    private Expr choose(Expr mask, Expr v, boolean adds) {
        int[] spread = IntStream.range(0, x.type().rank()).map(i -> i < mask.type().rank() ? i : DimShuffle.NEW).toArray();
        var chosen = spread.length == mask.type().rank() ? mask : DimShuffle.dimshuffle(mask, spread);
        return Where.where(chosen, adds ? Add.add(x, v) : v, x);
    }

    /// Values in x's dtype and in the shape of the region.
    private Expr fit(Expr v, Expr region, String what) {
        var literal = Promotion.fitLiterals(List.of(x, v)).get(1);
        var dtype = x.type().dtype();
        if (DType.promote(dtype, literal.type().dtype()) != dtype) throw new TypeError("""
            %s keeps the dtype of %s, which is %s, but got values %s of type %s
            Cast one of them first.""".formatted(what, x, dtype, v, v.type()));
        var cast = Construction.typed(literal, dtype);
        if (cast.type().rank() > region.type().rank()) throw misfit(v, region, what);
        int missing = region.type().rank() - cast.type().rank();
        boolean repeats = missing > 0;
        for (int i = 0; i < cast.type().rank(); i++) {
            int own = cast.type().dim(i), wanted = region.type().dim(missing + i);
            if (own >= 0 && wanted >= 0 && own != 1 && own != wanted) throw misfit(v, region, what);
            repeats |= own == 1 && wanted != 1;
        }
        return repeats ? BroadcastTo.broadcastTo(cast, region.lengths()) : cast;
    }

    private static ShapeError misfit(Expr v, Expr region, String what) {
        return new ShapeError("""
            %s needs values that broadcast to %s of type %s, but got %s of type %s
            Reshape them to that shape.""".formatted(what, region, region.type(), v, v.type()));
    }
}
