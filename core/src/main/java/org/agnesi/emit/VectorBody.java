package org.agnesi.emit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.ElementaryPrograms;
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
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulate;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Check;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Seq;
import org.agnesi.kernel.Stmt.Store;
import org.jspecify.annotations.Nullable;

/// What is known of an innermost loop that can run some points at a time: its statements with functions written out, how
/// many lanes, and which scalars are the same at all points.
final class VectorBody {
    /// Scalars per point above which the vector form would take too long to compile.
    private static final int LARGE = 10_000;
    /// Scalars per point above which the method of a loop that has the vector several times would be too long for HotSpot.
    private static final int LONG = 100;
    /// What a store takes in code, in scalars; what is read takes two.
    static final int STORE = 2;
    /// Scalars that make it worth moving an element that lies apart.
    private static final int MOVE = 8;
    /// Positions that do not move with the index by 0 or 1.
    private static final int OTHER = 2;

    final Local index;
    /// What it is the vector form of, accumulators' values among the statements.
    final Stmt source;
    final List<Stmt> steps = new ArrayList<>();
    final List<Accumulator> accumulators = new ArrayList<>();
    /// Scalars the same at all points that points need, but constants.
    final Set<Scalar> fixed = Collections.newSetFromMap(new IdentityHashMap<>());
    /// What is checked, the same at all points.
    final List<Check> checks = new ArrayList<>();
    /// How often each scalar that differs from point to point is used.
    final Map<Scalar, Integer> uses = new IdentityHashMap<>();
    /// What is read along the index.
    final List<Load> loads = new ArrayList<>();
    /// What is read and stored elsewhere, which [Packing] moves.
    final Set<Load> packed = Collections.newSetFromMap(new IdentityHashMap<>());
    final Set<Store> scattered = Collections.newSetFromMap(new IdentityHashMap<>());
    /// Buffers whose elements are added to.
    private final Set<Integer> accumulated = new HashSet<>();
    private final Vectorizable vectorizable = new Vectorizable();
    private final Map<Integer, Scalar> lets = new HashMap<>();
    private final Set<Scalar> places = new HashSet<>();
    private final Map<Scalar, Boolean> varies = new IdentityHashMap<>();
    private final Map<Scalar, Scalar> programs = new IdentityHashMap<>();
    private final Map<Scalar, Scalar> expanded = new IdentityHashMap<>();
    private boolean wide;
    private boolean pays;
    private boolean fits = true;

    private VectorBody(Local index, Stmt body, List<Accumulator> accumulators) {
        this.index = index;
        var values = accumulators.stream().<Stmt>map(a -> new Let(a.local(), a.value()));
        source = new For(index, Scalar.constant(0L), new Seq(Stream.concat(Stream.of(body), values).toList()));
    }

    /// The vector form of a loop body, or null where there is none or plain code is as fast: HotSpot's own vectors do
    /// arithmetic, where all is read and written at one place.
    static @Nullable VectorBody of(Local index, Stmt body, List<Accumulator> accumulators) {
        var vector = new VectorBody(index, body, accumulators);
        for (var step : flat(body)) vector.read(step);
        for (var a : accumulators) vector.read(a);
        vector.check();
        int moved = vector.packed.size() + vector.scattered.size();
        vector.fits &= vector.weight() <= LARGE && vector.weight() >= MOVE * moved
            && (!vector.isLong() || vector.captured().size() <= Outline.MOST);
        return Simd.width() > 0 && vector.fits && (vector.pays || vector.places.size() > 1) ? vector : null;
    }

    private static List<Stmt> flat(Stmt body) {
        return body instanceof Seq(var steps) ? steps.stream().flatMap(step -> flat(step).stream()).toList() : List.of(body);
    }

    private void read(Stmt step) {
        switch (step) {
            case Let(var local, var value) -> {
                var own = expand(value);
                lets.put(local.id(), own);
                steps.add(new Let(local, own));
            }
            case Store(var buffer, var index, var value) -> steps.add(new Store(buffer, index, expand(value)));
            case Check check -> checks.add(check);
            case Accumulate sum when sum.value().dtype().isFloating() && stride(sum.index()) == 1 -> {
                accumulated.add(sum.buffer());
                read(sum.store());
            }
            case Stmt _ -> fits = false;
        }
    }

    private void read(Accumulator a) {
        fits &= a.local().dtype().isFloating();
        pays = true;
        accumulators.add(new Accumulator(a.local(), a.combine(), expand(a.value())));
    }

    private Scalar expand(Scalar value) {
        return Scalars.map(ElementaryPrograms.expand(value, programs), x -> Vectorizable.expanded(ScalarEvaluator.folded(x)), expanded);
    }

    private void check() {
        for (var check : checks) for (var x : Scalars.inOrder(List.of(resolved(check.index()), resolved(check.size()))))
            fits &= !isIndex(x) && !(x instanceof Load);
        var stored = new HashMap<Integer, Scalar>();
        var roots = new ArrayList<Scalar>();
        for (var step : steps) if (step instanceof Store store) {
            roots.add(store.value());
            place(store, stored);
        }
        var order = ReadOrder.of(this);
        for (var a : accumulators) roots.add(a.value());
        roots.forEach(this::use);
        var seen = Collections.<Scalar>newSetFromMap(new IdentityHashMap<>());
        while (fits && !roots.isEmpty()) {
            var x = roots.removeLast();
            if (!seen.add(x)) continue;
            if (!varies(x)) {
                if (!(x instanceof Const)) fixed.add(x);
                continue;
            }
            check(x, stored, order.late());
            for (var part : parts(x)) {
                uses.merge(part, 1, Integer::sum);
                roots.add(part);
            }
        }
        boolean isInTime = order.early().isEmpty() || !isLong();   // parts store as soon as a value is known
        fits &= isInTime && Scalars.inOrder(fixed.stream().map(this::resolved).toList()).stream()
            .noneMatch(x -> x instanceof Load load && stored.containsKey(load.buffer()));
    }

    private void use(Scalar root) {
        wide |= root.dtype().bytes() == 8;
        uses.merge(root, 1, Integer::sum);
    }

    private void place(Store store, Map<Integer, Scalar> stored) {
        boolean alone = steps.stream().filter(step -> step instanceof Store other && other.buffer() == store.buffer()).count() == 1;
        var place = resolved(store.index());
        stored.put(store.buffer(), place);
        if (alone && stride(store.index()) == 1) {
            fits &= hasLanes(store.value().dtype());
            places.add(place);
        } else {
            fits &= Vectorizable.isKept(store.value().dtype()) && !accumulated.contains(store.buffer());
            scattered.add(store);
        }
    }

    private static boolean hasLanes(DType dtype) { return dtype.bytes() >= 4 || dtype == DType.BOOL; }

    /// A place that is stored to may be read before, by the statement that stores and by those before it.
    private boolean isBefore(Load load, Map<Integer, Scalar> stored, Set<Load> late) {
        var place = stored.get(load.buffer());
        return place == null || accumulators.isEmpty() && place.equals(resolved(load.index())) && !late.contains(load);
    }

    private void check(Scalar x, Map<Integer, Scalar> stored, Set<Load> late) {
        wide |= x.dtype().bytes() == 8;
        fits &= hasLanes(x.dtype());
        switch (x) {
            case Load load -> {
                if (stride(load.index()) == 1) {
                    fits &= isBefore(load, stored, late);
                    loads.add(load);
                    places.add(resolved(load.index()));
                } else {
                    fits &= !stored.containsKey(load.buffer()) && Vectorizable.isKept(load.dtype());
                    packed.add(load);
                }
            }
            case Unary _, Binary _, Compare _, Select _, Cast _, Fma _, Bits _, Rare _ -> {
                fits &= vectorizable.is(x);
                pays |= !Vectorizable.isPlain(x);
            }
            case Local _ -> {}
            case Const _, Size _, At _, Index _, Input _ -> throw new IllegalStateException("a fixed scalar, but got " + x);
        }
    }

    /// What a name of the loop stands for; null for others.
    @Nullable Scalar value(Local local) { return lets.get(local.id()); }

    /// What vectors are made from: a load is a leaf, and so is a name but for its value; of a rare case only what its calls take.
    List<Scalar> parts(Scalar x) {
        return switch (x) {
            case Load _ -> List.of();
            case Local local -> lets.get(local.id()) instanceof Scalar value ? List.of(value) : List.of();
            case Rare(_, var condition, var slow, var fast) -> {
                var parts = new ArrayList<>(List.of(condition, fast));
                parts.addAll(vectorizable.arguments(slow));
                yield parts;
            }
            case Scalar _ -> Scalars.parts(x);
        };
    }

    /// What a rare case's calls take that differs from point to point.
    List<Scalar> arguments(Rare rare) { return vectorizable.arguments(rare.slow()).stream().filter(this::varies).toList(); }

    /// Whether a scalar differs from point to point.
    boolean varies(Scalar root) {
        for (var x : varies.containsKey(root) ? List.<Scalar>of() : Scalars.inOrder(List.of(root))) varies.computeIfAbsent(x, _ ->
            x instanceof Local local ? isIndex(local) || lets.get(local.id()) instanceof Scalar value && varies(value)
                : Scalars.parts(x).stream().anyMatch(varies::get));
        return varies.get(root);
    }

    boolean isIndex(Scalar x) { return x instanceof Local local && local.id() == index.id(); }

    /// A scalar with the loop's own names replaced by what they stand for.
    Scalar resolved(Scalar x) { return resolved(x, new IdentityHashMap<>()); }

    /// The same with a memory shared by several.
    Scalar resolved(Scalar x, Map<Scalar, Scalar> done) {
        return Scalars.map(x, part ->
            part instanceof Local local && lets.get(local.id()) instanceof Scalar value ? resolved(value, done) : part, done);
    }

    /// How a position moves from point to point: by 0, by 1, or otherwise.
    private int stride(Scalar position) { return moves(resolved(position)); }

    private int moves(Scalar x) {
        if (isIndex(x)) return 1;
        if (!varies(x)) return 0;
        if (!(x instanceof Binary(var f, _, var a, var b))) return OTHER;
        int sum = moves(a) + moves(b);
        if (f == BinaryFunction.ADD) return sum <= 1 ? sum : OTHER;
        return f == BinaryFunction.SUB && moves(b) == 0 ? moves(a) : OTHER;
    }

    /// Whether computing a point again gives the same: nothing is read where it is written.
    boolean isRepeatable() {
        return steps.stream().noneMatch(step ->
            step instanceof Store(var buffer, _, _) && loads.stream().anyMatch(load -> load.buffer() == buffer));
    }

    /// The lanes of a vector: as many as its widest scalars allow.
    Lane lane() { return wide ? new Lane(DType.FLOAT64, Simd.width() / 64) : new Lane(DType.FLOAT32, Simd.width() / 32); }

    /// Whether its vector is written once, in [VectorParts].
    boolean isLong() { return weight() + loads.size() + STORE * steps.size() > LONG || !packed.isEmpty() || !scattered.isEmpty(); }

    /// What it takes from its surroundings.
    List<Local> captured() { return Uses.of(source).captured(); }

    /// How many operations a point takes.
    int weight() { return uses.size(); }
}
