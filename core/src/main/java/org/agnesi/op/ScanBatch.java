package org.agnesi.op;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Vectorize;

/// A [Scan] along a batch: one loop whose body is batched, where number of steps and `until` are the same for all.
///
/// Sequences and results keep their steps in front, the batch comes second; what does not depend on the batch is
/// computed once.
final class ScanBatch {
    private final LoopSpec spec;
    private final Scan scan;
    private final Batch b;
    private final BitSet varied;

    private ScanBatch(Scan scan, Batch b, BitSet varied) {
        this.scan = scan;
        this.spec = scan.spec();
        this.b = b;
        this.varied = varied;
    }

    static Optional<List<Expr>> of(Scan scan, Batch b) {
        if (b.has(0) || !scan.spec().lasts().isEmpty()) return Optional.empty();
        var spec = scan.spec();
        var varied = varied(scan, b);
        if (spec.until() && scan.body().dependences().getLast().intersects(varied)) return Optional.empty();
        return Optional.of(new ScanBatch(scan, b, varied).results());
    }

    /// The params that differ along the batch, through shapes and indices too.
    private static BitSet varied(Scan scan, Batch b) {
        var spec = scan.spec();
        var dependences = scan.body().dependences();
        var varied = new BitSet();
        for (int i = 1; i < b.in().size(); i++) if (b.has(i)) varied.or(spec.params(i));
        for (boolean grows = true; grows; ) {
            int before = varied.cardinality();
            for (int k = 0; k < spec.states(); k++) if (dependences.get(k).intersects(varied)) varied.or(spec.params(spec.initial(k)));
            grows = varied.cardinality() > before;
        }
        return varied;
    }

    private List<Expr> results() {
        var loop = new LoopBuilder(spec.backwards());
        var wide = new IdentityHashMap<Expr, Expr>();
        for (int k = 0; k < spec.sequences(); k++) {
            int i = spec.sequence(k);
            loop.sequence(b.has(i) ? swapped(b.in(i)) : b.in(i), spec.sequenceTaps().get(k), params(i, wide));
        }
        for (int k = 0; k < spec.states(); k++) {
            int i = spec.initial(k);
            var own = params(i, wide);
            var start = varied.intersects(spec.params(i)) ? b.full(i) : b.in(i);
            loop.state(varied.intersects(spec.params(i)) && spec.stacked(k) ? swapped(start) : start, spec.stateTaps().get(k), own);
        }
        for (int k = 0; k < spec.captures(); k++) loop.capture(b.in(spec.capture(k)), params(spec.capture(k), wide).getFirst());
        return read(loop, stepped(wide));
    }

    /// The body's results, batched where they depend on the batch.
    private List<Expr> stepped(Map<Expr, Expr> wide) {
        var results = scan.body().results();
        var rows = IntStream.range(0, results.size()).filter(this::isBatched).boxed().toList();
        var batched = rows.isEmpty() ? List.<Expr>of() : Vectorize.batch(rows.stream().map(results::get).toList(), wide, b.size());
        var all = new ArrayList<>(results);
        for (int i = 0; i < rows.size(); i++) all.set(rows.get(i), batched.get(i));
        return all;
    }

    private boolean isBatched(int r) {
        return scan.body().dependences().get(r).intersects(varied) || r < spec.states() && varied.intersects(spec.params(spec.initial(r)));
    }

    private List<Expr> read(LoopBuilder loop, List<Expr> results) {
        for (int k = 0; k < spec.states(); k++) loop.next(k, results.get(k));
        for (int j = 0; j < spec.collected(); j++) loop.collect(results.get(spec.states() + j));
        if (spec.until()) loop.until(results.getLast());
        loop.like(scan);
        var built = loop.build(b.in(0));
        var all = new ArrayList<Expr>();
        for (int k = 0; k < spec.states(); k++) all.add(inFront(built.state(k), k));
        for (int j = 0; j < spec.collected(); j++) all.add(inFront(built.collected().get(j), spec.states() + j));
        var executed = built.executed();
        if (executed != null) all.add(repeated(executed));
        return all;
    }

    private Expr inFront(Expr rows, int r) { return isBatched(r) ? swapped(rows) : repeated(rows); }

    private Expr repeated(Expr x) { return new Batch(List.of(x), List.of(false), b.size()).full(0); }

    private List<Expr> params(int arg, Map<Expr, Expr> wide) {
        var own = spec.params(arg).stream().mapToObj(scan.body().params()::get).toList();
        if (!varied.intersects(spec.params(arg))) return own;
        int size = Sizes.dim(b.size());
        var batched = own.stream().map(p -> Variable.variable(String.valueOf(p.name()), p.type().batched(size))).toList();
        for (int i = 0; i < own.size(); i++) wide.put(own.get(i), batched.get(i));
        return batched;
    }

    /// The first two dimensions exchanged.
    private static Expr swapped(Expr x) {
        return DimShuffle.dimshuffle(x, IntStream.range(0, x.type().rank()).map(i -> i < 2 ? 1 - i : i).toArray());
    }
}
