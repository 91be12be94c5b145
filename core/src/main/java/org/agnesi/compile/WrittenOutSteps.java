package org.agnesi.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.agnesi.array.DType;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulate;
import org.agnesi.kernel.Stmt.Assign;
import org.agnesi.kernel.Stmt.Check;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.If;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Seq;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmt.While;
import org.agnesi.kernel.Stmts;
import org.jspecify.annotations.Nullable;

/// A step that works on a few numbers, as statements without loops: the numbers are scalars, and arrays in between are gone.
///
/// The statements are gone through in their order, loops as often as they go round. A place that something was stored to, or
/// read from, has that value until something may be stored there; what it is computed from is a term, and equal ones are one.
final class WrittenOutSteps {
    /// Points of a loop, and of one with functions, which are worth vectors as soon as they fill one.
    private static final int FEW = 16, FEW_FUNCTIONS = 7;
    /// Bytes of a step's code: HotSpot compiles methods of 8,000, and there is some around it.
    private static final int LARGE = 7_500;
    /// Statements gone through above which nothing is found.
    private static final int MOST = 3_000;

    private final Terms terms;
    private final StepBuffers buffers;
    private final Function<DType, Local> fresh;
    private final Map<Integer, Scalar> locals = new HashMap<>();
    private final Map<Place, Scalar> memory = new HashMap<>();
    private final List<Stmt> out = new ArrayList<>();
    private int gone;
    private boolean fits = true;

    /// An element of a buffer: `base + offset`, the base a term's number.
    record Place(int buffer, int base, long offset) {
        static Place of(Terms terms, int buffer, Scalar index) {
            if (index instanceof Const c) return new Place(buffer, terms.id(terms.term(Const.of(0L))), c.bits());
            if (index instanceof Binary(var f, _, var base, Const c) && f == BinaryFunction.ADD)
                return new Place(buffer, terms.id(base), c.bits());
            if (index instanceof Binary(var f, _, var base, Const c) && f == BinaryFunction.SUB)
                return new Place(buffer, terms.id(base), -c.bits());
            return new Place(buffer, terms.id(index), 0);
        }

        /// Whether it is another place, whatever the bases are; places of one base and offset are equal.
        boolean isApart(Place other) { return buffer != other.buffer || base == other.base && offset != other.offset; }
    }

    private WrittenOutSteps(StepBuffers buffers, Function<DType, Local> fresh) {
        this.buffers = buffers;
        terms = buffers.terms();
        this.fresh = fresh;
    }

    /// The step's statements; null where there is no such form, or code of it would be too long.
    ///
    /// @param fresh gives locals that are terms
    static @Nullable Stmt of(List<Stmt> step, StepBuffers buffers, Function<DType, Local> fresh) {
        var all = new WrittenOutSteps(buffers, fresh);
        all.run(Stmt.seq(step));
        if (!all.fits) return null;
        var needed = Stmt.seq(new NeededStatements(buffers).of(all.out));
        var placed = new Placement(Map.of(), fresh.apply(DType.INT64).id()).place(needed);
        return CodeLength.of(placed) <= LARGE ? placed : null;
    }

    private void run(Stmt stmt) {
        if (!fits || gone++ > MOST) {
            fits = false;
            return;
        }
        switch (stmt) {
            case Seq(var steps) -> steps.forEach(this::run);
            case For(var index, var extent, var body) -> {
                int n = points(extent, Stmts.scalars(body));
                for (int i = 0; i < n; i++) at(index, i, () -> run(body));
            }
            case Fold fold -> fold(fold);
            case Let(var local, var value) -> locals.put(local.id(), scalar(value));
            case Assign(var local, var value) -> {
                var x = scalar(value);
                if (locals.containsKey(local.id())) locals.put(local.id(), x);
                else out.add(new Assign(local, x));
            }
            case Store(var buffer, var index, var value) -> store(buffer, scalar(index), scalar(value));
            case Accumulate sum -> run(sum.store());
            case Check(var index, var size, var axis, var site) -> check(new Check(scalar(index), scalar(size), axis, site));
            case If(var condition, var then, var otherwise) -> {
                if (scalar(condition) instanceof Const c) run(c.bits() != 0 ? then : otherwise);
                else fits = false;
            }
            case While _ -> fits = false;
        }
    }

    private void at(Local index, long i, Runnable body) {
        locals.put(index.id(), terms.term(Const.of(i)));
        body.run();
    }

    /// How often a loop goes round; 0, and no form, where that is not known or often.
    private int points(Scalar extent, List<Scalar> inside) {
        boolean functions = Scalars.inOrder(inside).stream().anyMatch(ShortFolds::isFunction);
        if (scalar(extent) instanceof Const c && c.bits() <= (functions ? FEW_FUNCTIONS : FEW)) return (int) c.bits();
        fits = false;
        return 0;
    }

    /// Each of a few points has an accumulator of its own.
    private void fold(Fold fold) {
        var values = new ArrayList<List<Scalar>>();
        nest(fold, 0, () -> {
            run(fold.body());
            values.add(fold.accumulators().stream().map(a -> scalar(a.value())).toList());
        });
        fits &= values.size() <= Fold.WIDTH;
        for (int k = 0; fits && k < fold.accumulators().size(); k++) {
            int number = k;
            var a = fold.accumulators().get(k);
            var all = values.stream().map(point -> point.get(number)).toList();
            locals.put(a.local().id(), ShortFolds.combined(terms, a.combine(), all, a.local().dtype()));
        }
    }

    private void nest(Fold fold, int depth, Runnable point) {
        if (depth == fold.loops().size()) {
            point.run();
            return;
        }
        var loop = fold.loops().get(depth);
        var inside = new ArrayList<>(Stmts.scalars(fold.body()));
        for (var a : fold.accumulators()) inside.add(a.value());
        int n = points(loop.extent(), inside);
        for (int i = 0; i < n; i++) at(loop.index(), i, () -> nest(fold, depth + 1, point));
    }

    private void check(Check check) {
        boolean holds = check.index() instanceof Const i && check.size() instanceof Const n && 0 <= i.bits() && i.bits() < n.bits();
        if (!holds) out.add(check);
    }

    private void store(int buffer, Scalar index, Scalar value) {
        var place = Place.of(terms, buffer, index);
        memory.keySet().removeIf(other -> !other.isApart(place));
        memory.put(place, value);
        out.add(new Store(buffer, index, value));
    }

    /// A scalar as it is here: over what does not change until the step ends.
    private Scalar scalar(Scalar x) {
        return Scalars.map(x, part -> part instanceof Load load ? load(load)
            : part instanceof Local local && locals.get(local.id()) instanceof Scalar value ? value : terms.term(part));
    }

    private Scalar load(Load load) {
        var known = buffers.known(load.buffer(), load.index());
        if (known != null) return terms.term(known);
        if (buffers.isInput(load.buffer())) return terms.term(load);
        return memory.computeIfAbsent(Place.of(terms, load.buffer(), load.index()), _ -> {
            var local = fresh.apply(load.dtype());
            // a load of its own, no term: what it reads may be another value later
            out.add(new Let(local, new Load(load.buffer(), load.dtype(), load.index())));
            return local;
        });
    }
}
