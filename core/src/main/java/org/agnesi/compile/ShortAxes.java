package org.agnesi.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.agnesi.kernel.InPlace;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.At;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt.Fold;

/// Programs of a group for axes of which only a call tells that they are short: one for each length, made when a call has it.
///
/// A program for all lengths starts and combines 32 accumulators for three points, and reads a few columns one after the other. One for a
/// known length has its folds [written out][ShortFolds], goes [across rows][RowBlocks] or [along][ColumnFolds] few columns; the bits are
/// the same.
public final class ShortAxes {
    /// Points of a row, if they are few: more where functions go across rows.
    private static final int LONGEST = Fold.WIDTH, ACROSS = RowBlocks.LONGEST;
    /// Columns that loops along them pay for only if it is known how many, and the fewest that are worth a program of their own.
    private static final int NARROW = ColumnFolds.NARROWEST - 1, LEAST = 4;
    /// How many of these must lie side by side.
    private static final int ROWS = 16, COLUMNS = 64;

    private final Inliner inliner;
    private final List<Scalar> axes, others, unknown;
    private final int least, longest, fewest;
    private final Function<Map<Integer, Const>, Task.Run> maker;

    private ShortAxes(Inliner inliner, List<Scalar> axes, List<Scalar> others, int least, int longest, int fewest,
        Function<Map<Integer, Const>, Task.Run> maker) {
        this.inliner = inliner;
        this.axes = axes;
        this.others = others;
        this.least = least;
        this.longest = longest;
        this.fewest = fewest;
        this.maker = maker;
        unknown = axes.stream().filter(size -> !(size instanceof Const)).distinct().toList();
    }

    /// Those of a group that folds something: the axes along rows, and the last one if that goes from column to column.
    ///
    /// @param maker gives the group's program where sizes, by their terms' numbers, are known
    static List<ShortAxes> of(Stage.Group group, Inliner inliner, Function<Map<Integer, Const>, Task.Run> maker) {
        var reduced = group.reduced;
        if (reduced == null || group.rows().isEmpty()) return List.of();
        var sizes = group.space.stream().map(inliner::representative).toList();
        if (Scalars.inOrder(sizes).stream().anyMatch(x -> x instanceof At || x instanceof Load)) return List.of();   // of what may be gone
        var found = new ArrayList<ShortAxes>();
        found.add(new ShortAxes(inliner, reduced.stream().map(sizes::get).toList(), group.rows().stream().map(sizes::get).toList(),
            1, group.hasFunctions() ? ACROSS : LONGEST, ROWS, maker));
        if (!reduced.contains(sizes.size() - 1))
            found.add(new ShortAxes(inliner, List.of(sizes.getLast()), sizes.subList(0, sizes.size() - 1), LEAST, NARROW, COLUMNS, maker));
        return found.stream().filter(ShortAxes::areOpen).toList();
    }

    private boolean areOpen() {
        long known = 1;
        for (var size : axes) if (size instanceof Const c) known *= Math.min(c.bits(), longest + 1);
        return !unknown.isEmpty() && 0 < known && known <= longest;
    }

    /// The sizes that it is for, over the slots.
    public List<Scalar> unknown() { return unknown; }

    /// How many points its axes have, over the slots.
    public Scalar points() { return product(axes); }

    /// How many points the other axes have, over the slots.
    public Scalar others() { return product(others); }

    private Scalar product(List<Scalar> sizes) {
        synchronized (inliner) {
            return inliner.terms().product(sizes);
        }
    }

    /// Whether it is worth it where its axes have so many points, and the others.
    public boolean pays(long points, long others) { return least <= points && points <= longest && others >= fewest; }

    /// What runs instead of `all` where the slots have these sizes; none if nothing does, or nobody can tell.
    Optional<Task.Run> where(Extents extents, Task.Run all) {
        var values = new long[unknown.size()];
        for (int k = 0; k < values.length; k++) {
            var value = extents.value(unknown.get(k));
            if (value == null) return Optional.empty();
            values[k] = value.bits();
        }
        Const points = extents.value(points()), side = extents.value(others());
        boolean isShort = points != null && side != null && pays(points.bits(), side.bits());
        return isShort ? Optional.of(of(values, all)) : Optional.empty();
    }

    /// What runs instead of `all` for these values of the [unknown][#unknown] sizes: itself where another may not write over what it may.
    public Task.Run of(long[] values, Task.Run all) {
        synchronized (inliner) {   // its terms are those of all programs of a schedule
            var known = new HashMap<Integer, Const>();
            for (int k = 0; k < values.length; k++) known.put(inliner.terms().id(unknown.get(k)), Const.of(values[k]));
            var run = maker.apply(known);
            return heirs(run).entrySet().containsAll(heirs(all).entrySet()) ? run : all;
        }
    }

    /// By slot, the one that its array may be written over.
    private static Map<Integer, Integer> heirs(Task.Run run) {
        var heirs = new HashMap<Integer, Integer>();
        InPlace.of(run.program()).forEach((out, in) -> heirs.put(run.out().get(out - run.in().size()), run.in().get(in)));
        return heirs;
    }
}
