package org.agnesi.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.Agnesi;
import org.agnesi.Compiled;
import org.agnesi.Mode;
import org.agnesi.array.NDArray;
import org.agnesi.compile.Pipeline;
import org.agnesi.derive.Derivative;
import org.agnesi.error.AgnesiException;
import org.agnesi.error.ShapeError;
import org.agnesi.op.IfElse;
import org.agnesi.symbolic.Graph;
import org.jspecify.annotations.Nullable;

/// What is wrong with a specimen: functions compiled from it against the reference, and settings against each other.
///
/// @param kind what stays the same while the specimen shrinks
/// @param by   what it is wrong under, if not under all
record Verdict(String kind, String message, @Nullable Setting by) {
    Verdict(String kind, String message) { this(kind, message, null); }

    /// Told what has been done.
    interface Tally {
        /// So many elements were compared, of so many.
        void compared(long some, long all);

        /// All went well under this setting.
        void ran(Setting setting);

        Tally NONE = new Tally() {
            @Override public void compared(long some, long all) {}
            @Override public void ran(Setting setting) {}
        };
    }

    /// What is wrong, or null: nothing is, or the point is one where the reference itself has no value.
    static @Nullable Verdict of(Specimen s, List<Setting> settings, Tally tally) {
        List<NDArray> expected;
        try {
            expected = function(s, Mode.REFERENCE).callAll(s.at());
        } catch (AgnesiException e) {
            return null;
        } catch (RuntimeException | StackOverflowError e) {
            return thrown("the reference", e);
        }
        var allowed = Sensitivity.of(s, expected);
        long elements = expected.stream().mapToLong(NDArray::size).sum();
        if (allowed == null) {
            tally.compared(0, elements);
            return null;
        }
        tally.compared(Arrays.stream(allowed).mapToLong(Verdict::compared).sum(), elements);
        for (var mode : List.of(Mode.DEFAULT, Mode.STRICT)) {
            try {
                var f = function(s, mode);
                var wrong = compiled(s, f, mode, expected, allowed);
                if (wrong == null && mode == Mode.STRICT) wrong = rewritten(s, f, expected);
                if (wrong == null && mode == Mode.DEFAULT) wrong = underEach(settings, s, f, expected, allowed, tally);
                if (wrong != null) return wrong;
            } catch (RuntimeException | StackOverflowError | LinkageError e) {
                return e instanceof ShapeError && mayNotFit(s) ? null : thrown(mode.toString(), e);
            }
        }
        return null;
    }

    /// Whether there is a side of an `ifElse` that is of another size than the other: what goes with that one has no size then, which the
    /// reference finds where it is taken, and a compiled function when it is made.
    private static boolean mayNotFit(Specimen s) {
        return Coverage.all(s.roots()).stream().filter(node -> node.op() instanceof IfElse).anyMatch(node -> {
            var type = node.arg(1).type();
            var other = node.arg(2).type();
            return IntStream.range(0, type.rank())
                .anyMatch(axis -> type.isKnown(axis) && other.isKnown(axis) && type.dim(axis) != other.dim(axis));
        });
    }

    private static long compared(double[] allowed) { return Arrays.stream(allowed).filter(d -> !Double.isNaN(d)).count(); }

    private static Compiled function(Specimen s, Mode mode) { return Agnesi.function().inputs(s.inputs()).outputs(s.roots()).mode(mode).compile(); }

    private static Verdict thrown(String where, Throwable e) {
        var places = Arrays.stream(e.getStackTrace()).map(Object::toString).limit(12).toList();
        return new Verdict(where + " throws " + e.getClass().getSimpleName(), e + " at " + String.join("\n    ", places));
    }

    private static @Nullable Verdict compiled(Specimen s, Compiled f, Mode mode, List<NDArray> expected, double[][] allowed) {
        var got = f.callAll(s.at());
        for (int k = 0; k < got.size(); k++) {
            var difference = difference(got.get(k), expected.get(k), allowed[k], mode == Mode.STRICT && !derives(s));
            if (difference != null) return new Verdict(mode + " differs from the reference", "%s of %s\nis %s\ngraph %s".formatted(difference, s.roots().get(k), f.pp(), f.kernels()));
        }
        return null;
    }

    /// Whether there are derivatives that are still nodes: what sweeps leave out as 0 may be 0 · ∞ in the reference.
    private static boolean derives(Specimen s) { return Coverage.all(s.roots()).stream().anyMatch(node -> node.op() instanceof Derivative); }

    /// What is rewritten strictly keeps every bit but the sign of a zero, as the ops evaluate it; but derivatives that are still
    /// nodes may be swept from either side, and constants are folded as kernels compute them.
    private static @Nullable Verdict rewritten(Specimen s, Compiled f, List<NDArray> expected) {
        if (derives(s) || f.explain().contains("fold-constants")) return null;
        var got = Graph.eval(Pipeline.REFERENCE.lower(f.graph()), s.values());
        for (int k = 0; k < got.size(); k++) {
            var difference = difference(got.get(k), expected.get(k), new double[expected.get(k).size()], true);
            if (difference != null) return new Verdict("STRICT changes bits", difference + " of " + s.roots().get(k) + "\nis " + f.pp());
        }
        return null;
    }

    private static @Nullable Verdict underEach(List<Setting> settings, Specimen s, Compiled f, List<NDArray> expected, double[][] allowed, Tally tally) {
        var engine = f.callAll(s.at());
        for (var setting : settings) {
            try {
                var wrong = under(setting, s, f, setting.exact() ? engine : expected, allowed);
                if (wrong != null) return wrong;
                tally.ran(setting);
            } catch (RuntimeException | StackOverflowError | LinkageError e) {
                var thrown = thrown(setting.name(), e);
                return new Verdict(thrown.kind, thrown.message, setting);
            }
        }
        return null;
    }

    /// The same bits, or by a library about the same values; twice, as buffers are kept.
    private static @Nullable Verdict under(Setting setting, Specimen s, Compiled f, List<NDArray> expected, double[][] allowed) {
        var plan = setting.plan(s.inputs(), f.graph());
        for (int call = 0; call < 2; call++) {
            var got = plan.call(s.at());
            for (int k = 0; k < got.size(); k++) {
                var difference = setting.exact() ? bits(got.get(k), expected.get(k)) : difference(got.get(k), expected.get(k), allowed[k], false);
                if (difference != null) return new Verdict(setting + " differs", difference + " in call " + call + " of " + plan.kernels(), setting);
            }
        }
        return null;
    }

    /// Where the values differ by more than is allowed, or null.
    private static @Nullable String difference(NDArray got, NDArray expected, double[] allowed, boolean special) {
        if (got.dtype() != expected.dtype() || !got.shape().equals(expected.shape()))
            return "%s%s instead of %s%s".formatted(got.dtype(), got.shape(), expected.dtype(), expected.shape());
        for (int i = 0; i < allowed.length; i++) {
            double x = got.doubleAt(i), y = expected.doubleAt(i);
            boolean exact = !got.dtype().isFloating() && got.longAt(i) != expected.longAt(i);
            boolean differ = Double.isFinite(y) ? !(Math.abs(x - y) <= allowed[i]) || exact : special && Double.compare(x, y) != 0;
            if (differ && !Double.isNaN(allowed[i])) return "%s instead of %s ± %s at element %d".formatted(x, y, allowed[i], i);
        }
        return null;
    }

    /// Where the bits differ, or null; all NaNs are one.
    private static @Nullable String bits(NDArray got, NDArray expected) {
        if (got.dtype() != expected.dtype() || !got.shape().equals(expected.shape()))
            return "%s%s instead of %s%s".formatted(got.dtype(), got.shape(), expected.dtype(), expected.shape());
        for (int i = 0; i < got.size(); i++) {
            boolean same = got.dtype().isFloating() ? Double.compare(got.doubleAt(i), expected.doubleAt(i)) == 0 : got.longAt(i) == expected.longAt(i);
            if (!same) return "%s instead of %s at element %d".formatted(got.doubleAt(i), expected.doubleAt(i), i);
        }
        return null;
    }
}
