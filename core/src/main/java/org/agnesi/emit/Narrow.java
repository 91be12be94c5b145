package org.agnesi.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.array.DType;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulate;
import org.agnesi.kernel.Stmt.Assign;
import org.agnesi.kernel.Stmt.Check;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.If;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Seq;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmt.While;

/// Which int64 locals live in an `int`: loop indices, and names of positions that only positions are made of.
///
/// An array has fewer than 2³¹ elements, so of a position only the low 32 bits matter, and +, − and · compute those
/// from the low 32 bits of what they take. HotSpot removes bounds checks and unrolls for `int` indices, hardly for `long`.
final class Narrow {
    private final Set<Integer> indices = new HashSet<>();
    private final Map<Integer, Scalar> lets = new HashMap<>();
    private final Set<Integer> wide = new HashSet<>();

    private Narrow() {}

    /// The numbers of the int64 locals of a program that live in an int.
    static Set<Integer> of(Stmt body) {
        var narrow = new Narrow();
        narrow.read(body);
        var found = new HashSet<>(narrow.indices);
        narrow.lets.forEach((id, _) -> {
            if (!narrow.wide.contains(id)) found.add(id);
        });
        return found;
    }

    /// Whether the low 32 bits of the result come from the low 32 bits of the parts.
    static boolean isRing(Scalar x) {
        return x instanceof Binary(var f, _, _, _)
            && (f == BinaryFunction.ADD || f == BinaryFunction.SUB || f == BinaryFunction.MUL);
    }

    /// Last statements first, so that all uses of a name are known when its value is met.
    private void read(Stmt stmt) {
        switch (stmt) {
            case Seq(var steps) -> steps.reversed().forEach(this::read);
            case For(var index, var extent, var body) -> {
                indices.add(index.id());
                read(body);
                exact(extent);
            }
            case Fold(var loops, var body, var accumulators) -> {
                loops.forEach(loop -> indices.add(loop.index().id()));
                accumulators.forEach(a -> exact(a.value()));
                read(body);
                loops.forEach(loop -> exact(loop.extent()));
            }
            case While(var condition, var body) -> {
                read(body);
                exact(condition);
            }
            case If(var condition, var then, var otherwise) -> {
                read(otherwise);
                read(then);
                exact(condition);
            }
            case Let(var local, var value) -> {
                if (local.dtype() == DType.INT64 && !wide.contains(local.id()) && lets.put(local.id(), value) == null) place(value);
                else exact(value);
            }
            case Assign(var local, var value) -> {
                wide.add(local.id());
                exact(value);
            }
            case Store(_, var index, var value) -> {
                place(index);
                exact(value);
            }
            case Accumulate(_, var index, _, var value) -> {
                place(index);
                exact(value);
            }
            case Check(var index, var size, _, _) -> {
                exact(index);
                exact(size);
            }
        }
    }

    private void place(Scalar position) { walk(List.of(position), List.of()); }

    private void exact(Scalar value) { walk(List.of(), List.of(value)); }

    private void walk(List<Scalar> places, List<Scalar> exact) {
        var low = new ArrayList<>(places);
        var whole = new ArrayList<>(exact);
        while (!low.isEmpty() || !whole.isEmpty()) {
            if (!low.isEmpty()) {
                var x = low.removeLast();
                if (isRing(x)) low.addAll(Scalars.parts(x));
                else if (x instanceof Load(_, _, var index)) low.add(index);
                else if (!(x instanceof Local || x instanceof Const || x instanceof Size)) whole.addAll(Scalars.parts(x));
            } else {
                var x = whole.removeLast();
                if (x instanceof Local local) wide.add(local.id());
                if (x instanceof Load(_, _, var index)) low.add(index);
                else whole.addAll(Scalars.parts(x));
            }
        }
    }
}
