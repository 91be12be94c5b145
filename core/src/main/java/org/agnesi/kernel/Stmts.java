package org.agnesi.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.agnesi.kernel.Scalar.Local;
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

    /// What becomes of the parts of statements.
    public interface Change {
        Scalar scalar(Scalar x);
        default Local local(Local local) { return local; }
        default int buffer(int buffer) { return buffer; }
        /// Where a changed position of a buffer is.
        default Scalar place(int buffer, Scalar index) { return index; }
    }

    /// The same statements with each scalar and each stored-to buffer replaced.
    public static Stmt map(Stmt stmt, UnaryOperator<Scalar> scalar, IntUnaryOperator buffer) {
        return map(stmt, new Change() {
            @Override public Scalar scalar(Scalar x) { return scalar.apply(x); }
            @Override public int buffer(int number) { return buffer.applyAsInt(number); }
        });
    }

    public static Stmt map(Stmt stmt, Change to) {
        return switch (stmt) {
            case Seq(var steps) -> new Seq(steps.stream().map(step -> map(step, to)).toList());
            case For(var index, var extent, var body) -> new For(to.local(index), to.scalar(extent), map(body, to));
            case While(var condition, var body) -> new While(to.scalar(condition), map(body, to));
            case If(var condition, var then, var otherwise) -> new If(to.scalar(condition), map(then, to), map(otherwise, to));
            case Let(var local, var value) -> new Let(to.local(local), to.scalar(value));
            case Assign(var local, var value) -> new Assign(to.local(local), to.scalar(value));
            case Store(var b, var index, var value) -> new Store(to.buffer(b), to.place(b, to.scalar(index)), to.scalar(value));
            case Accumulate(var b, var index, var combine, var value) ->
                new Accumulate(to.buffer(b), to.place(b, to.scalar(index)), combine, to.scalar(value));
            case Check(var index, var size, var axis, var site) -> new Check(to.scalar(index), to.scalar(size), axis, site);
            case Fold(var loops, var body, var accumulators) -> new Fold(
                loops.stream().map(loop -> new Loop(to.local(loop.index()), to.scalar(loop.extent()))).toList(), map(body, to),
                accumulators.stream().map(a -> new Accumulator(to.local(a.local()), a.combine(), to.scalar(a.value()))).toList());
        };
    }

    /// How many loops are inside one another; 0 where there is none.
    public static int depth(Stmt stmt) {
        return switch (stmt) {
            case Seq(var steps) -> steps.stream().mapToInt(Stmts::depth).max().orElse(0);
            case If(_, var then, var otherwise) -> Math.max(depth(then), depth(otherwise));
            case For(_, _, var body) -> 1 + depth(body);
            case Fold(var loops, var body, _) -> Math.max(1, loops.size()) + depth(body);
            case While(_, var body) -> 1 + depth(body);
            case Let _, Assign _, Store _, Accumulate _, Check _ -> 0;
        };
    }

    /// How many loops have none inside.
    public static int innermost(Stmt stmt) {
        return switch (stmt) {
            case Seq(var steps) -> steps.stream().mapToInt(Stmts::innermost).sum();
            case If(_, var then, var otherwise) -> innermost(then) + innermost(otherwise);
            case For(_, _, var body) -> Math.max(1, innermost(body));
            case Fold(_, var body, _) -> Math.max(1, innermost(body));
            case While(_, var body) -> Math.max(1, innermost(body));
            case Let _, Assign _, Store _, Accumulate _, Check _ -> 0;
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
