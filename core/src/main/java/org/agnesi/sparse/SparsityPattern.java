package org.agnesi.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.symbolic.Disconnected;
import org.agnesi.symbolic.Expansion;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// Which entries of a Jacobian can be other than zero, row by row: results are `rowPointers`, `columns` and `rows`, int32.
///
/// Rows are y's elements and columns x's, in C order. The columns of row `i` are `columns[rowPointers[i] … rowPointers[i + 1]]`,
/// increasing; `rows` names the row of each. It is read off the forward sweep, by its index maps, whatever the values are:
/// args are only sizes and index data, and the same ones give the same pattern.
///
/// @param body      `(tangent, variables…) ↦ (dy, lengths and index data…)`; the args are what all but the first are outside
/// @param symmetric whether the Jacobian equals its transpose; then the pattern does too
public record SparsityPattern(Lambda body, boolean symmetric) implements Disconnected {
    private static final System.Logger LOG = System.getLogger(SparsityPattern.class.getName());

    /// The pattern by which `dy` depends on `tangent`, to which it is linear.
    ///
    /// @param outside what the variables of `dy`, and the tangent as far as its sizes go, stand for
    public static List<Expr> of(Expr dy, Expr tangent, Map<Expr, Expr> outside, boolean symmetric) {
        var plain = Expansion.of(List.of(dy)).getFirst();
        var needs = Needs.of(plain, tangent, outside);
        var results = new ArrayList<>(List.of(plain));
        results.addAll(needs);
        var variables = new IdentityHashMap<>(outside);
        variables.remove(tangent);
        var params = new ArrayList<>(List.of(tangent));
        params.addAll(variables.keySet().stream().sorted((a, b) -> Long.compare(a.node().number(), b.node().number())).toList());
        return Expr.all(new SparsityPattern(new Lambda(params, results), symmetric), Graph.replace(needs, outside));
    }

    @Override public List<TensorType> infer(List<Expr> in) {
        return Collections.nCopies(3, TensorType.unknown(DType.INT32, 1));
    }

    @Override public List<NDArray> eval(List<NDArray> in) {
        var sets = new IndexSets(known(in).shape(tangent()).size());
        var rows = rows(found(in, sets), sets);
        var all = symmetric ? rows.symmetric() : rows;
        LOG.log(System.Logger.Level.DEBUG, () -> "found a sparsity pattern of %d entries in %d rows".formatted(all.entries(), all.count()));
        return results(all);
    }

    /// How many entries the pattern has for these args; of a symmetric one at least these.
    public long entries(List<NDArray> in) {
        var sets = new IndexSets(known(in).shape(tangent()).size());
        return entries(found(in, sets), sets);
    }

    private Expr tangent() { return body.params().getFirst(); }

    private Known known(List<NDArray> in) { return new Known(body.results().subList(1, body.results().size()), in); }

    /// Per row the number of its set.
    private int[] found(List<NDArray> in, IndexSets sets) {
        return Propagation.of(body.results().getFirst(), tangent(), known(in), sets).sets();
    }

    private static long entries(int[] found, IndexSets sets) {
        long total = 0;
        for (int set : found) total += sets.size(set);
        return total;
    }

    private static Rows rows(int[] found, IndexSets sets) {
        long total = entries(found, sets);
        if (total > IndexSets.MOST) throw IndexSets.tooMany();
        var pointers = new int[found.length + 1];
        var columns = new int[(int) total];
        for (int i = 0; i < found.length; i++) pointers[i + 1] = sets.copy(found[i], columns, pointers[i]);
        return new Rows(pointers, columns);
    }

    private static List<NDArray> results(Rows rows) {
        var row = new int[rows.entries()];
        for (int i = 0; i < rows.count(); i++) Arrays.fill(row, rows.pointers()[i], rows.pointers()[i + 1], i);
        return Stream.of(rows.pointers(), rows.columns(), row).map(values -> NDArray.wrap(values, values.length)).toList();
    }

    @Override public List<List<@Nullable Expr>> outputShapes(List<Expr> in) {
        return Collections.nCopies(3, Collections.singletonList(null));
    }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) {
        return new Lowering.Eval("a pattern's length depends on sizes and index data");
    }

    @Override public boolean isRemembered() { return true; }
    @Override public String name() { return "sparsityPattern"; }
    @Override public Symbol symbol() { return Symbol.call(name()); }
}
