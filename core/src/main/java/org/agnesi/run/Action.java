package org.agnesi.run;

import java.util.List;
import java.util.function.UnaryOperator;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.compile.SizeCheck;
import org.agnesi.compile.Task;
import org.agnesi.error.IndexError;
import org.agnesi.error.ShapeError;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// A task made ready to run.
interface Action {
    void run(State state);

    /// Lets go of arrays that were kept for the next run.
    default void letGo() {}

    /// Gives arrays to what it fills, as a run would, and returns what is left to do in runs with arrays of the same sizes; null where
    /// sizes depend on more than the inputs' shapes, or what is left is not worth it.
    default @Nullable Prepared prepared(State state) { return null; }

    /// What is left of an action where all arrays are in place.
    interface Prepared {
        void run();

        /// Where it looks for arrays besides the state's frame.
        default Object[] arrays() { return Frame.NO_ARRAYS; }
    }

    /// @param place where the plan has it
    static Action of(Task task, int place, Backend backend, Probe probe) {
        return switch (task) {
            case Task.Run run -> new ProgramRun(run, place, backend);
            case Task.Eval eval -> eval(eval, backend);
            case Task.Multiply multiply -> multiply(multiply, backend);
            case Task.Repeat repeat -> {
                var stepwise = new Repetition(repeat, backend, probe);
                yield repeat.loop() == null ? stepwise : new Steps(repeat, repeat.loop(), backend, stepwise);
            }
            case Task.Replay replay -> new Replaying(replay, backend, probe);
            case Task.Choose choose -> new Choosing(choose, backend, probe);
            case Task.Copy(var from, var to) -> state -> state.fill(to, state.value(from), false);
            case Task.Rename(int from, int to) -> new Renaming(from, to);
            case Task.Verify verify -> new Checking(verify(verify));
        };
    }

    /// The results of an op's own `eval`; its errors name what was indexed.
    static List<NDArray> evaluated(Node node, List<NDArray> in) {
        try {
            return node.eval(in);
        } catch (IndexError e) {
            throw e.in(node.arg(0).toString(), in.getFirst().shape().toString(), node.origin());
        }
    }

    private static Action multiply(Task.Multiply task, Backend backend) {
        var own = new Multiplication(task, backend);
        return task.node().types().getFirst().dtype().isFloating() ? new LibraryProduct(task, backend, own) : own;
    }

    /// What `eval` gives may be one of its arguments, whose array others will use: then it is copied.
    private static Action eval(Task.Eval task, Backend backend) {
        if (task.node().op().isRemembered()) return remembered(task, new Memory());
        var results = results(task.node(), backend);
        return state -> {
            var in = task.in().stream().map(state::value).toList();
            var out = results.apply(in);
            for (int k = 0; k < out.size(); k++) state.fill(task.out().get(k), out.get(k), isNew(out.get(k), in));
        };
    }

    /// By a library where the op has a use for one and it can, else by the op's own `eval`.
    private static UnaryOperator<List<NDArray>> results(Node node, Backend backend) {
        if (!(node.lowering() instanceof Lowering.Library(_, _, var use))) return in -> evaluated(node, in);
        return in -> {
            var blas = backend.blas();
            var out = blas == null ? null : use.results(blas, in);
            return out != null ? out : evaluated(node, in);
        };
    }

    /// What is remembered goes to the caller as a copy only.
    private static Action remembered(Task.Eval task, Memory memory) {
        return state -> {
            var out = memory.results(task.node(), task.in().stream().map(state::value).toList());
            for (int k = 0; k < out.size(); k++) state.fill(task.out().get(k), out.get(k), !state.isKept(task.out().get(k)));
        };
    }

    private static boolean isNew(NDArray value, List<NDArray> in) { return in.stream().noneMatch(x -> x.data().equals(value.data())); }

    private static Action verify(Task.Verify task) {
        return switch (task.check()) {
            case SizeCheck.Equal equal -> verify(equal);
            case SizeCheck.Count(_, var from, var to) -> verify(whole(from), whole(to));
            case SizeCheck.Within within -> verify(within, ScalarCompiler.whole(within.size()), ScalarCompiler.whole(within.read()));
        };
    }

    /// Something about sizes, which is confirmed once where they stay the same.
    record Checking(Action check) implements Action {
        @Override public void run(State state) { check.run(state); }

        @Override public Prepared prepared(State state) {
            check.run(state);
            return () -> {};
        }
    }

    private static Action verify(SizeCheck.Equal check) {
        var a = whole(check.shapeA());
        var b = whole(check.shapeB());
        int axisA = check.fact().axisA();
        int axisB = check.fact().axisB();
        return state -> {
            if (a[axisA].at(state.frame) != b[axisB].at(state.frame))
                throw check.fact().mismatch(check.node(), shape(a, state.frame), shape(b, state.frame));
        };
    }

    /// Says what a reshape of such an array would say.
    private static Action verify(Whole[] from, Whole[] to) {
        return state -> {
            if (count(from, state.frame) != count(to, state.frame))
                NDArray.zeros(DType.BOOL, shape(from, state.frame)).reshape(shape(to, state.frame));
        };
    }

    private static long count(Whole[] sizes, Frame frame) {
        long count = 1;
        for (var size : sizes) count *= size.at(frame);
        return count;
    }

    private static Action verify(SizeCheck.Within check, Whole size, Whole read) {
        return state -> {
            if (read.at(state.frame) > size.at(state.frame)) throw new ShapeError("""
                %s needs %d elements along axis %d of %s, but there are %d
                Only dimensions known to be 1 repeat.""".formatted(check.node().op().name(), read.at(state.frame), check.axis(),
                check.node().arg(check.operand()), size.at(state.frame)), check.node().origin());
        };
    }

    static Whole[] whole(List<Scalar> scalars) { return scalars.stream().map(ScalarCompiler::whole).toArray(Whole[]::new); }

    static Shape shape(Whole[] sizes, Frame frame) {
        var dims = new int[sizes.length];
        for (int axis = 0; axis < dims.length; axis++) dims[axis] = (int) sizes[axis].at(frame);
        return Shape.of(dims);
    }
}
