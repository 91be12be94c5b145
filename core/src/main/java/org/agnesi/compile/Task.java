package org.agnesi.compile;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.agnesi.kernel.Cost;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.kernel.Product;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.ReplaySpec;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;
import org.jspecify.annotations.Nullable;

/// One step of a [Schedule]: slots in, slots out.
public sealed interface Task {
    List<Integer> in();

    List<Integer> out();

    default Cost.Kind kind() {
        return switch (this) {
            case Run _, Multiply _ -> Cost.Kind.KERNEL;
            case Eval _ -> Cost.Kind.EVAL;
            case Repeat _, Replay _ -> Cost.Kind.LOOP;
            case Choose _ -> Cost.Kind.BRANCH;
            case Copy _, Rename _ -> Cost.Kind.COPY;
            case Verify _ -> Cost.Kind.CHECK;
        };
    }

    /// The names of what it fills, or of whose positions it checks where it does nothing else.
    default String names(Schedule schedule) {
        if (this instanceof Run run && run.out.isEmpty())
            return "check " + run.sites.stream().map(site -> site.node().op().name()).distinct().collect(Collectors.joining(", "));
        return out().stream().map(slot -> schedule.slots().get(slot).name()).collect(Collectors.joining(", "));
    }

    /// The user's lines that asked for it, where they are known.
    default String line(Schedule schedule) {
        var nodes = this instanceof Run run && run.out.isEmpty() ? run.sites.stream().map(Site::node)
            : out().stream().map(slot -> schedule.slots().get(slot).value().node());
        return nodes.map(Node::origin).filter(Objects::nonNull).map(Origin::toString).distinct().collect(Collectors.joining(", "));
    }

    /// Loops of ours.
    ///
    /// @param sites   what the program's checks name by number
    /// @param shorter what runs instead where axes turn out to be short
    record Run(Program program, List<Site> sites, List<Integer> in, List<Integer> out, List<ShortAxes> shorter) implements Task {
        public Run {
            sites = List.copyOf(sites);
            in = List.copyOf(in);
            out = List.copyOf(out);
            shorter = List.copyOf(shorter);
        }

        Run with(List<ShortAxes> shorter) { return new Run(program, sites, in, out, shorter); }

        /// What runs where the slots have these sizes.
        Run where(Extents extents) {
            return shorter.stream().flatMap(axes -> axes.where(extents, this).stream()).findFirst().orElse(this);
        }
    }

    /// A node whose positions are checked, and the shape of its first argument over the slots.
    record Site(Node node, List<Scalar> shape) {
        public Site { shape = List.copyOf(shape); }
    }

    /// The op's own `eval`, on whole arrays, and why.
    ///
    /// @param flops how many operations it does, over the sizes of `in` and `out`; null where the op does not say
    record Eval(Node node, String reason, @Nullable Scalar flops, List<Integer> in, List<Integer> out) implements Task {
        public Eval { in = List.copyOf(in); out = List.copyOf(out); }
    }

    /// A product of two tensors large enough for loops of its own.
    record Multiply(Node node, Product product, List<Integer> in, List<Integer> out) implements Task {
        public Multiply { in = List.copyOf(in); out = List.copyOf(out); }
    }

    /// A schedule, step by step, fed as the spec says.
    ///
    /// @param loop    the same as one program, where there is one
    /// @param shorter what runs instead where axes of its steps turn out to be short
    record Repeat(Node node, LoopSpec spec, Schedule body, @Nullable StepLoop loop, @Nullable ShortSteps shorter, List<Integer> in,
        List<Integer> out) implements Task {
        public Repeat { in = List.copyOf(in); out = List.copyOf(out); }
    }

    /// Some steps forwards by one schedule, and back by the other, until all have been gone back through; see [ReplayPlan].
    record Replay(Node node, ReplaySpec spec, Schedule advance, Schedule reverse, List<Integer> in, List<Integer> out) implements Task {
        public Replay { in = List.copyOf(in); out = List.copyOf(out); }
    }

    /// The first schedule where the first argument is true, else the second; each takes the arguments after it.
    record Choose(Node node, Schedule then, Schedule otherwise, List<Integer> in, List<Integer> out) implements Task {
        public Choose { in = List.copyOf(in); out = List.copyOf(out); }
    }

    /// A copy, for an output that is an input or is asked for twice.
    record Copy(int from, int to) implements Task {
        @Override public List<Integer> in() { return List.of(from); }
        @Override public List<Integer> out() { return List.of(to); }
    }

    /// The array of another slot under other sizes, which is no copy.
    record Rename(int from, int to) implements Task {
        @Override public List<Integer> in() { return List.of(from); }
        @Override public List<Integer> out() { return List.of(to); }
    }

    /// An equality of sizes, checked as soon as they are known.
    record Verify(SizeCheck check, List<Integer> in) implements Task {
        public Verify { in = List.copyOf(in); }
        @Override public List<Integer> out() { return List.of(); }
    }
}
