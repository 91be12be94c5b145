package org.agnesi.compile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Scalars;
import org.jspecify.annotations.Nullable;

/// Programs of a loop over steps for axes of its steps of which only a call tells that they are short: as [ShortAxes] are of one program.
///
/// Sizes that are given are those of the region's parameters, which the loop's arguments have.
public final class ShortSteps {
    /// The longest axes whose length is given beside the short ones': steps of few rows go through them without a last block.
    private static final long FEW = RowBlocks.LONGEST;

    private final List<ShortAxes> axes;
    private final List<Scalar> sizes;
    private final Map<Size, Size> outside;
    private final Function<Map<Size, Const>, @Nullable StepLoop> maker;

    private ShortSteps(List<ShortAxes> axes, Map<Size, Size> outside, Function<Map<Size, Const>, @Nullable StepLoop> maker) {
        this.axes = axes;
        this.outside = outside;
        this.maker = maker;
        sizes = axes.stream().flatMap(some -> sizes(some).stream()).distinct().toList();
    }

    /// Those of a loop's body; null where there are none.
    ///
    /// @param in    the slots of the loop's arguments in its surroundings
    /// @param maker gives the loop where sizes of its region's parameters are known
    static @Nullable ShortSteps of(LoopSpec spec, Schedule body, List<Integer> in, Function<Map<Size, Const>, @Nullable StepLoop> maker) {
        var outside = outside(spec, body, in);
        var axes = body.tasks().stream().flatMap(task -> task instanceof Task.Run run ? run.shorter().stream() : null)
            .filter(some -> isOf(outside, some)).toList();
        return axes.isEmpty() ? null : new ShortSteps(axes, outside, maker);
    }

    private static List<Scalar> sizes(ShortAxes axes) {
        return Scalars.inOrder(List.of(axes.points(), axes.others())).stream().filter(Size.class::isInstance).toList();
    }

    /// The sizes of the region's parameters as those of the loop's arguments.
    private static Map<Size, Size> outside(LoopSpec spec, Schedule body, List<Integer> in) {
        var outside = new HashMap<Size, Size>();
        for (int arg = 0; arg < spec.arguments(); arg++) {
            boolean isRow = arg >= spec.sequence(0)
                && (arg < spec.initial(0) || arg < spec.capture(0) && spec.stacked(arg - spec.initial(0)));
            int argument = arg;
            spec.params(arg).stream().forEach(param -> {
                int slot = body.inputs().get(param), rank = body.slots().get(slot).value().type().rank();
                for (int axis = 0; axis < rank; axis++)
                    outside.put(new Size(slot, axis), new Size(in.get(argument), axis + (isRow ? 1 : 0)));
            });
        }
        return outside;
    }

    /// Whether all that decides is sizes of parameters, and those that are given nothing but such.
    private static boolean isOf(Map<Size, Size> outside, ShortAxes axes) {
        return axes.unknown().stream().allMatch(outside::containsKey)
            && Scalars.inOrder(List.of(axes.points(), axes.others())).stream()
                .noneMatch(x -> x instanceof Load || x instanceof Scalar.At || x instanceof Size && !outside.containsKey(x));
    }

    /// The axes of the steps, any of which may turn out to be short.
    public List<ShortAxes> axes() { return axes; }

    /// The sizes that programs are for, over the slots around the loop; 0 where one is too long to be given.
    public List<Scalar> sizes() {
        var none = Const.of(0L);
        return sizes.stream().map(this::outside).map(size -> Scalar.select(Scalar.le(size, Const.of(FEW)), size, none)).toList();
    }

    /// How many points axes have, or what else follows from sizes, over the slots around the loop.
    public Scalar outside(Scalar x) {
        return Scalars.map(x, part -> part instanceof Size ? Objects.requireNonNull(outside.get(part)) : part);
    }

    /// What runs where the [sizes][#sizes] have these values and some of the axes are short; null where nothing does.
    public @Nullable StepLoop of(long[] values, List<ShortAxes> some) {
        var known = new HashMap<Size, Const>();
        IntStream.range(0, values.length).filter(k -> values[k] > 0 && some.stream().anyMatch(one -> sizes(one).contains(sizes.get(k))))
            .forEach(k -> known.put((Size) sizes.get(k), Const.of(values[k])));
        return maker.apply(known);
    }
}
