package org.agnesi.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.At;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Check;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.Store;

/// Writes [Rows] as one loop without loops inside: each element of each result is a scalar of the row's.
final class RowProgram {
    private final ProgramBuilder builder;
    private final Stage.Rows rows;

    RowProgram(ProgramBuilder builder, Stage.Rows rows) {
        this.builder = builder;
        this.rows = rows;
    }

    Task.Run task() {
        for (var x : Scalars.inOrder(rows.scalars())) {
            if (x instanceof At(var slot, _, _)) builder.input(slot);
            if (x instanceof Load(var slot, _, _)) builder.input(slot);
        }
        for (var result : rows.results()) builder.output(result.slot());
        var extent = builder.size(rows.size());
        var steps = new ArrayList<Stmt>();
        if (!rows.demands().isEmpty()) steps.add(loop(extent, this::checks));
        steps.add(loop(extent, this::stores));
        return builder.task(Stmt.seq(steps));
    }

    private Stmt loop(Scalar extent, Function<Scalar, List<Stmt>> body) {
        var index = builder.index(extent);
        if (!(index instanceof Local local)) return Stmt.seq(body.apply(index));
        builder.depth(local, 1);
        return new For(local, extent, Stmt.seq(body.apply(local)));
    }

    private List<Stmt> checks(Scalar index) {
        return rows.demands().stream().<Stmt>map(demand -> new Check(resolved(demand.index(), index), resolved(demand.size(), index),
            demand.axis(), builder.site(demand.node()))).toList();
    }

    private List<Stmt> stores(Scalar index) {
        var stores = new ArrayList<Stmt>();
        for (var result : rows.results()) for (int k = 0; k < result.elements().size(); k++)
            stores.add(new Store(builder.output(result.slot()), place(result, k, index), resolved(result.elements().get(k), index)));
        return stores;
    }

    private Scalar place(Stage.Rows.Result result, int k, Scalar index) {
        var position = result.positions().get(k).stream().map(x -> resolved(x, index)).toList();
        return builder.terms().linear(position, builder.sizes(result.slot()));
    }

    private Scalar resolved(Scalar x, Scalar index) { return builder.resolve(x, List.of(index), (_, _) -> null); }
}
