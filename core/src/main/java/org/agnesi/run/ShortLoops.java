package org.agnesi.run;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.agnesi.compile.ShortAxes;
import org.agnesi.compile.ShortSteps;
import org.agnesi.compile.StepLoop;
import org.jspecify.annotations.Nullable;

/// Runs a loop over steps with [short axes][ShortSteps] by one that knows their lengths, once calls have seen enough points.
final class ShortLoops {
    private final ShortSteps steps;
    private final Function<StepLoop, Steps> maker;
    private final Whole[] sizes;
    private final List<Short> axes;
    private volatile Loop[] loops = {};
    /// Not exact where several threads count at once, which is of no matter.
    private long seen;

    ShortLoops(ShortSteps steps, Function<StepLoop, Steps> maker) {
        this.steps = steps;
        this.maker = maker;
        sizes = Action.whole(steps.sizes());
        axes = steps.axes().stream().map(some -> new Short(some, ScalarCompiler.whole(steps.outside(some.points())),
            ScalarCompiler.whole(steps.outside(some.others())))).toList();
    }

    /// Axes of the steps, with how many points they have, and the others.
    private record Short(ShortAxes axes, Whole points, Whole others) {
        boolean pays(Frame frame) { return axes.pays(points.at(frame), others.at(frame)); }
    }

    /// One for some lengths; none where there cannot be one.
    private record Loop(long[] lengths, @Nullable Steps steps) {}

    /// The one for the sizes in a frame; null where none is worth it yet.
    ///
    /// @param often whether there will be many such runs
    @Nullable Steps of(Frame frame, boolean often, Whole count) {
        var known = known(frame);
        if (known != null) return known.steps;
        if (loops.length == ShortRuns.MOST) return null;
        long points = 0;
        for (int k = 0; k < axes.size(); k++) {
            var some = axes.get(k);
            if (some.pays(frame)) points += some.points.at(frame) * some.others.at(frame);
        }
        seen += points * count.at(frame);
        return points > 0 && (often || seen >= ShortRuns.ENOUGH) ? make(frame) : null;
    }

    private @Nullable Loop known(Frame frame) {
        for (var loop : loops) if (isFor(loop, frame)) return loop;
        return null;
    }

    private boolean isFor(Loop loop, Frame frame) {
        for (int k = 0; k < sizes.length; k++) if (loop.lengths[k] != sizes[k].at(frame)) return false;
        return true;
    }

    private synchronized @Nullable Steps make(Frame frame) {
        var known = known(frame);   // another thread's
        if (known != null) return known.steps;
        if (loops.length == ShortRuns.MOST) return null;
        var lengths = Arrays.stream(sizes).mapToLong(size -> size.at(frame)).toArray();
        var loop = steps.of(lengths, axes.stream().filter(some -> some.pays(frame)).map(Short::axes).toList());
        var made = new Loop(lengths, loop == null ? null : maker.apply(loop));
        loops = Stream.concat(Arrays.stream(loops), Stream.of(made)).toArray(Loop[]::new);
        return made.steps;
    }

    void letGo() {
        for (var loop : loops) if (loop.steps != null) loop.steps.letGo();
    }
}
