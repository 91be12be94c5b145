package org.agnesi.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.array.DType;
import org.agnesi.compile.StepArrays.Place;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Assign;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmt.While;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// Writes a loop over steps as one program where its body is programs alone.
///
/// ```
/// states ← initial states
/// for step < n:
///     the body's programs; elements of sequences and rows of results are places in their arrays
///     states ← what the step gave
/// ```
///
/// All sizes must be known before the first step: then every value in between has one array for all steps. What cannot be
/// told from the graph is a condition of the [StepLoop].
final class StepProgram {
    /// Tasks of a body above which the method that goes through them would be too long.
    static final int MOST = 64;

    private final Node node;
    private final LoopSpec spec;
    private final Schedule body;
    private final StepBuffers buffers;
    private final StepArrays arrays;
    private final Terms terms;
    private final Map<Integer, Local> named = new HashMap<>();
    private final List<Scalar> holds = new ArrayList<>();
    private final List<Stmt> before = new ArrayList<>();
    private final List<Stmt> step = new ArrayList<>();
    private final List<Stmt> after = new ArrayList<>();
    private final Local index;
    private final Scalar n;
    private final Scalar row;
    private int locals;

    private StepProgram(Node node, LoopSpec spec, Schedule body) {
        this.node = node;
        this.spec = spec;
        this.body = body;
        buffers = new StepBuffers(node);
        arrays = new StepArrays(body, buffers);
        terms = arrays.terms();
        index = local(DType.INT64);
        n = terms.term(Scalar.cast(DType.INT64, new Load(0, node.arg(0).type().dtype(), arrays.zero())));
        row = spec.backwards() ? name(terms.term(Scalar.sub(terms.term(Scalar.sub(n, Const.of(1L))), index))) : index;
    }

    /// The loop as one program, or null where there is none.
    ///
    /// @param in the slots of the loop's arguments in its surroundings
    static @Nullable StepLoop of(Node node, LoopSpec spec, Schedule body, List<Integer> in) {
        int count = count(body);
        return count >= 0 && count <= MOST ? new StepProgram(node, spec, body).loop(in) : null;
    }

    /// How many tasks there are, those of branches too; −1 where one is no program.
    private static int count(Schedule body) {
        int count = 0;
        for (var task : body.tasks()) {
            int inside = switch (task) {
                case Task.Run _, Task.Copy _, Task.Verify _, Task.Multiply _ -> 0;
                case Task.Choose choose -> count(choose.then()) < 0 || count(choose.otherwise()) < 0 ? -1
                    : count(choose.then()) + count(choose.otherwise());
                case Task.Eval _, Task.Rename _, Task.Repeat _, Task.Replay _ -> -1;
            };
            if (inside < 0) return -1;
            count += 1 + inside;
        }
        return count;
    }

    private @Nullable StepLoop loop(List<Integer> in) {
        holds.add(terms.term(Scalar.le(Const.of(1L), n)));
        for (int k = 0; k < spec.captures(); k++)
            arrays.same(body.inputs().get(spec.captured(k)), spec.capture(k), dims(spec.capture(k), 0, spec.captured(k)));
        for (int k = 0; k < spec.sequences(); k++) sequence(k);
        for (int k = 0; k < spec.states(); k++) initial(k);
        var rows = new ArrayList<List<Scalar>>();
        for (int r = 0; r < spec.states() + spec.collected(); r++) rows.add(result(r));
        for (int k = 0; k < spec.states(); k++) next(k);
        step.addAll(StepTasks.of(arrays, this));
        step.addAll(after);
        if (!buffers.fits()) return null;
        var whole = new ArrayList<>(before);
        whole.addAll(spec.until() ? until() : List.of(new For(index, n, written())));
        return new StepLoop(buffers.program(Stmt.seq(whole)), buffers.constants(), StepArrays.outside(n, in),
            holds.stream().map(x -> StepArrays.outside(x, in)).toList(),
            rows.stream().map(dims -> dims.stream().map(x -> StepArrays.outside(x, in)).toList()).toList());
    }

    /// A step, without loops and arrays in between where it works on a few numbers.
    private Stmt written() {
        var out = WrittenOutSteps.of(step, buffers, this::local);
        return out == null ? Stmt.seq(step) : out;
    }

    Local local(DType dtype) { return (Local) terms.term(new Local(locals++, dtype)); }

    /// A name for what a step needs of its number.
    private Local name(Scalar value) {
        return named.computeIfAbsent(terms.id(value), _ -> {
            var local = local(value.dtype());
            step.add(new Let(local, value));
            return local;
        });
    }

    // what a step sees

    private void sequence(int k) {
        int arg = spec.sequence(k);
        holds.add(terms.term(Scalar.le(terms.add(n, Const.of((long) spec.span(k))), terms.term(new Scalar.Size(arg, 0)))));
        var taps = spec.sequenceTaps().get(k);
        for (int tap = 0; tap < taps.size(); tap++) {
            int param = spec.element(k) + tap;
            var dims = dims(arg, 1, param);
            arrays.put(body.inputs().get(param), new Place(arg, start(dims, taps.get(tap) + spec.offset(k)), dims));
        }
    }

    /// Where the row begins that is `offset` rows after the step's own.
    private Scalar start(List<Scalar> dims, int offset) {
        var start = terms.mul(terms.add(row, Const.of((long) offset)), terms.product(dims));
        return start instanceof Local ? start : name(start);
    }

    /// A parameter's sizes, which are those of its argument from an axis on.
    private List<Scalar> dims(int arg, int skipped, int param) {
        var dims = new ArrayList<Scalar>();
        var given = node.arg(arg).type();
        var value = body.slots().get(body.inputs().get(param)).value().type();
        for (int axis = 0; axis < value.rank(); axis++) {
            var size = terms.term(given.isKnown(axis + skipped) ? Const.of((long) given.dim(axis + skipped))
                : new Scalar.Size(arg, axis + skipped));
            if (value.isKnown(axis)) equal(size, terms.term(Const.of((long) value.dim(axis))));
            dims.add(value.isKnown(axis) ? terms.term(Const.of((long) value.dim(axis))) : size);
        }
        return dims;
    }

    void equal(Scalar a, Scalar b) {
        if (terms.id(a) != terms.id(b)) holds.add(terms.term(Scalar.eq(a, b)));
    }

    /// A state lives in scratch, the oldest value first.
    private void initial(int k) {
        int arg = spec.initial(k);
        int skipped = spec.stacked(k) ? 1 : 0;
        var taps = spec.stateTaps().get(k);
        var dims = dims(arg, skipped, spec.previous(k));
        var count = terms.product(dims);
        var depth = terms.term(Const.of((long) spec.depth(k)));
        if (spec.stacked(k)) holds.add(terms.term(Scalar.le(depth, terms.term(new Scalar.Size(arg, 0)))));
        var type = node.arg(arg).type();
        int scratch = arrays.scratch(arrays.name(body.inputs().get(spec.previous(k))), type.dtype(), terms.mul(depth, count));
        for (int tap = 0; tap < taps.size(); tap++) {
            var start = terms.mul(terms.term(Const.of((long) spec.depth(k) + taps.get(tap))), count);
            arrays.put(body.inputs().get(spec.previous(k) + tap), new Place(scratch, start, dims));
        }
        var all = List.of(terms.mul(depth, count));
        before.add(copy(new Place(arg, arrays.zero(), all), new Place(scratch, arrays.zero(), all), type));
    }

    // what a step gives

    private List<Scalar> result(int r) {
        int slot = body.outputs().get(r);
        var dims = arrays.dims(slot);
        arrays.put(slot, new Place(buffers.output(r), spec.lasts().contains(r) ? arrays.zero() : start(dims, 0), dims));
        return dims;
    }

    /// Moves a state one step on.
    private void next(int k) {
        var given = arrays.place(body.outputs().get(k));
        var state = arrays.place(body.inputs().get(spec.previous(k)));
        for (int axis = 0; axis < given.dims().size(); axis++) equal(given.dims().get(axis), state.dims().get(axis));
        var type = node.arg(spec.initial(k)).type();
        var count = arrays.count(state);
        var older = List.of(terms.mul(terms.term(Const.of(spec.depth(k) - 1L)), count));
        if (spec.depth(k) > 1)
            after.add(copy(new Place(state.buffer(), count, older), new Place(state.buffer(), arrays.zero(), older), type));
        after.add(copy(given, new Place(state.buffer(), older.getFirst(), state.dims()), type));
    }

    /// Steps until one says that it is the last.
    private List<Stmt> until() {
        var goes = local(DType.BOOL);
        var flag = arrays.place(body.outputs().getLast());
        step.add(new Assign(goes, Scalar.not(new Load(flag.buffer(), DType.BOOL, flag.start()))));
        var next = new Assign(index, Scalar.add(index, Const.of(1L)));
        var condition = Scalar.call(BinaryFunction.AND, goes, Scalar.lt(index, n));
        var each = new While(condition, Stmt.seq(written(), next));
        return List.of(new Let(index, Const.of(0L)), new Let(goes, Const.of(true)), each,
            new Store(buffers.output(spec.results() - 1), arrays.zero(), index));
    }

    // what a step does

    /// Says that the program stands for the loop only where this is true.
    boolean demand(Scalar condition) { return holds.add(condition); }

    /// Whether sizes alone decide `0 ≤ index < size`: then it is a condition of the loop.
    boolean holds(Scalar index, Scalar size) {
        for (var x : Scalars.inOrder(List.of(index, size))) if (x instanceof Local || x instanceof Load) return false;
        holds.add(terms.term(Scalar.le(Const.of(0L), index)));
        return holds.add(terms.term(Scalar.lt(index, size)));
    }

    /// All elements of one place stored to another, in C order.
    Stmt copy(Place from, Place to, TensorType type) {
        var count = terms.product(from.dims());
        boolean one = count instanceof Const c && c.bits() == 1;
        Scalar i = one ? arrays.zero() : local(DType.INT64);
        var element = new Load(from.buffer(), type.dtype(), terms.add(from.start(), i));
        var store = new Store(to.buffer(), terms.add(to.start(), i), element);
        return i instanceof Local each ? new For(each, count, store) : store;
    }
}
