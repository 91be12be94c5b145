package org.agnesi.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Seq;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmts;
import org.jspecify.annotations.Nullable;

/// What is known of an innermost loop that can run in blocks: each of its scalars for 256 points at once, so that a
/// call is made per block and not per point.
///
/// The bits are those of point by point, since each point's operations are the same. It works where no point sees what
/// another has written.
final class Block {
    static final int SIZE = 256;
    /// Loops shorter than this go point by point.
    static final int SHORT = 16;
    /// How deep a scalar may be: each step down takes two registers at most.
    private static final int HIGH = 60;

    private final Local index;
    private final Map<Integer, Integer> lets = new HashMap<>();

    private Block(Local index) { this.index = index; }

    /// The block form of a loop body, or null where there is none.
    static @Nullable Block of(Local index, Stmt body, List<Scalar> more) {
        var block = new Block(index);
        Set<Integer> stored = new HashSet<>();
        for (var stmt : steps(body)) switch (stmt) {
            case Let(var local, _) -> block.lets.put(local.id(), block.lets.size());
            case Store(var buffer, _, _) -> {
                if (!stored.add(buffer)) return null;
            }
            case Stmt _ -> {
                return null;
            }
        }
        var roots = new ArrayList<>(Stmts.scalars(body));
        roots.addAll(more);
        var heights = new IdentityHashMap<Scalar, Integer>();
        for (var x : Scalars.inOrder(roots)) {
            int height = 1 + Scalars.parts(x).stream().mapToInt(heights::get).max().orElse(0);
            heights.put(x, height);
            if (height > HIGH || x instanceof Load(var buffer, _, _) && stored.contains(buffer)) return null;
        }
        return block;
    }

    static List<Stmt> steps(Stmt body) {
        return body instanceof Seq(var steps) ? steps.stream().flatMap(step -> steps(step).stream()).toList() : List.of(body);
    }

    /// Where a value goes that has no name.
    int value() { return lets.size(); }

    /// Where the positions go that a value is stored to.
    int places() { return lets.size() + 1; }

    /// The first register for what is in between.
    int free() { return lets.size() + 2; }

    /// How many registers it needs at most.
    int registers() { return free() + 2 * HIGH; }

    /// The register of a local that differs from point to point, or null.
    @Nullable Integer register(Local local) { return lets.get(local.id()); }

    boolean isIndex(Scalar x) { return x instanceof Local local && local.id() == index.id(); }

    /// Whether a scalar is the same at all points.
    boolean isFixed(Scalar root) {
        for (var x : Scalars.inOrder(List.of(root)))
            if (x instanceof Local local && (isIndex(local) || lets.containsKey(local.id()))) return false;
        return true;
    }

    /// The place of point 0 where a position is the index plus something fixed, or null.
    @Nullable Whole start(Scalar position) {
        if (isIndex(position)) return _ -> 0;
        if (!(position instanceof Binary(var f, _, var a, var b)) || f != BinaryFunction.ADD) return null;
        if (isIndex(b) && isFixed(a)) return ScalarCompiler.whole(a);
        return isIndex(a) && isFixed(b) ? ScalarCompiler.whole(b) : null;
    }
}
