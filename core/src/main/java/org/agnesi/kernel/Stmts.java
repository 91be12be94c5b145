package org.agnesi.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.agnesi.kernel.Stmt.Accumulate;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Assign;
import org.agnesi.kernel.Stmt.Check;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.If;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Loop;
import org.agnesi.kernel.Stmt.Seq;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmt.While;

/// Walks over statements.
public final class Stmts {
    private Stmts() {}

    /// The same statements with each scalar and each stored-to buffer replaced.
    public static Stmt map(Stmt stmt, UnaryOperator<Scalar> scalar, IntUnaryOperator buffer) {
        return switch (stmt) {
            case Seq(var steps) -> new Seq(steps.stream().map(step -> map(step, scalar, buffer)).toList());
            case For(var index, var extent, var body) -> new For(index, scalar.apply(extent), map(body, scalar, buffer));
            case While(var condition, var body) -> new While(scalar.apply(condition), map(body, scalar, buffer));
            case If(var condition, var then, var otherwise) ->
                new If(scalar.apply(condition), map(then, scalar, buffer), map(otherwise, scalar, buffer));
            case Let(var local, var value) -> new Let(local, scalar.apply(value));
            case Assign(var local, var value) -> new Assign(local, scalar.apply(value));
            case Store(var to, var index, var value) -> new Store(buffer.applyAsInt(to), scalar.apply(index), scalar.apply(value));
            case Accumulate(var to, var index, var combine, var value) ->
                new Accumulate(buffer.applyAsInt(to), scalar.apply(index), combine, scalar.apply(value));
            case Check(var index, var size, var axis, var site) -> new Check(scalar.apply(index), scalar.apply(size), axis, site);
            case Fold(var loops, var body, var accumulators) -> new Fold(
                loops.stream().map(loop -> new Loop(loop.index(), scalar.apply(loop.extent()))).toList(), map(body, scalar, buffer),
                accumulators.stream().map(a -> new Accumulator(a.local(), a.combine(), scalar.apply(a.value()))).toList());
        };
    }

    /// All scalars of a statement and of those inside it.
    public static List<Scalar> scalars(Stmt stmt) {
        var found = new ArrayList<Scalar>();
        map(stmt, x -> {
            found.add(x);
            return x;
        }, buffer -> buffer);
        return found;
    }
}
