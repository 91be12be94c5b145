package org.agnesi.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.agnesi.compile.ShortAxes;
import org.agnesi.compile.ShortSteps;
import org.agnesi.compile.StepLoop;
import org.jspecify.annotations.Nullable;

/// Runs a loop over steps with [short axes][ShortSteps] by one that knows their lengths.
final class ShortLoops {
    private final ShortSteps steps;
    private final Function<StepLoop, Steps> maker;
    private final List<Short> axes;
    /// None where there cannot be one for some lengths.
    private final ByLengths<Optional<Steps>> loops;

    ShortLoops(ShortSteps steps, Function<StepLoop, Steps> maker) {
        this.steps = steps;
        this.maker = maker;
        axes = steps.axes().stream().map(some -> new Short(some, ScalarCompiler.whole(steps.outside(some.points())),
            ScalarCompiler.whole(steps.outside(some.others())))).toList();
        loops = new ByLengths<>(steps.sizes());
    }

    /// Axes of the steps, with how many points they have, and the others.
    private record Short(ShortAxes axes, Whole points, Whole others) {
        boolean pays(Frame frame) { return axes.pays(points.at(frame), others.at(frame)); }
    }

    /// The one for the sizes in a frame; null where none is worth it yet.
    ///
    /// @param often whether there will be many such runs
    @Nullable Steps of(Frame frame, boolean often, Whole count) {
        var known = loops.known(frame);
        if (known == null && !loops.isFull())
            known = loops.after(points(frame) * count.at(frame), often, frame, lengths -> make(lengths, frame));
        return known == null ? null : known.orElse(null);
    }

    /// Those of a step along axes that are short.
    private long points(Frame frame) {
        long points = 0;
        for (int k = 0; k < axes.size(); k++) {
            var some = axes.get(k);
            if (some.pays(frame)) points += some.points.at(frame) * some.others.at(frame);
        }
        return points;
    }

    private Optional<Steps> make(long[] lengths, Frame frame) {
        return Optional.ofNullable(steps.of(lengths, axes.stream().filter(some -> some.pays(frame)).map(Short::axes).toList())).map(maker);
    }

    void letGo() { loops.values().forEach(loop -> loop.ifPresent(Steps::letGo)); }
}
