package org.agnesi.symbolic;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.agnesi.array.NDArray;
import org.agnesi.error.ConvergenceError;
import org.agnesi.error.MatrixError;
import org.agnesi.error.Required;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.jspecify.annotations.Nullable;

/// One application of an op: `results = op(args)`. Nodes compare by identity; only ops compare by value.
///
/// Later nodes have larger [#number]s, so a node can depend only on nodes with smaller ones.
public final class Node {

    /// Orders nodes by creation; no one reads it but [#number].
    private static final AtomicLong CREATED = new AtomicLong();

    private final Op op;
    private final List<Expr> args;
    private final List<TensorType> types;
    private final Expr[] results;
    private final long number = CREATED.getAndIncrement();
    private final @Nullable Origin origin = Origin.current();
    private final boolean weak;

    private Node(Op op, List<Expr> args, List<TensorType> types, int results) {
        this.op = op;
        this.args = args;
        this.types = types;
        this.results = new Expr[results];
        this.weak = op.weak() || !args.isEmpty() && allWeak(args);
    }

    // Loops, not streams: these run for every node of graphs that may have millions.

    private static boolean allWeak(List<Expr> args) {
        for (var arg : args) if (!arg.isWeak()) return false;
        return true;
    }

    private static boolean anyPattern(List<Expr> args) {
        for (var arg : args) if (arg.isPattern()) return true;
        return false;
    }

    /// Args that a user may have left null.
    static List<Expr> present(Op op, List<Expr> args) {
        for (var arg : Required.of(op.name(), "arguments", args)) if (arg == null)
            return Required.arguments(op.name(), args.toArray(Expr[]::new));
        return args;
    }

    /// The node `op(args)`, checked and typed by the op; a pattern where one of the args is one.
    static Node of(Op op, List<Expr> args) {
        boolean pattern = Required.of("an expression", "an op", op).isPattern() || anyPattern(present(op, args));
        var types = pattern ? List.<TensorType>of() : List.copyOf(op.infer(args));
        var node = new Node(op, List.copyOf(args), types, pattern ? 1 : types.size());
        for (int i = 0; i < node.results.length; i++) node.results[i] = new Expr(node, i);
        return node;
    }

    /// A leaf whose only result is made by the caller, who passes it to [#adopt].
    static Node leaf(Op op) { return new Node(op, List.of(), List.copyOf(op.infer(List.of())), 1); }

    void adopt(Expr result) { results[0] = result; }

    public Op op() { return op; }
    public List<Expr> args() { return args; }
    public Expr arg(int i) { return args.get(i); }
    public List<TensorType> types() { return types; }
    public long number() { return number; }
    public boolean isWeak() { return weak; }
    public int size() { return results.length; }
    public Expr result(int i) { return results[i]; }
    public List<Expr> results() { return List.of(results); }

    /// The user's line, where it is known.
    public @Nullable Origin origin() { return origin; }

    boolean isPattern() { return types.isEmpty() && results.length > 0; }

    /// This op on other args, made for this node's origin; this node itself where the args are the same.
    public Node with(List<Expr> other) {
        return same(other) ? this : Origin.inherit(origin, () -> Node.of(op, other));
    }

    private boolean same(List<Expr> other) {
        for (int i = 0; i < args.size(); i++)
            if (other.get(i) != args.get(i)) return false;
        return other.size() == args.size();
    }

    /// This node with each arg replaced by `map`'s entry.
    public Node map(java.util.function.UnaryOperator<Expr> map) {
        var mapped = new ArrayList<Expr>(args.size());
        for (var arg : args) mapped.add(map.apply(arg));
        return with(mapped);
    }

    /// The signs of the args whose sum it is, element by element; empty where it is something else.
    public List<Integer> signs() { return op.signs(args); }

    /// The powers of the args whose product it is, element by element; empty where it is something else.
    public List<Double> powers() { return op.powers(args); }

    /// Whether it adds or subtracts args, element by element.
    public boolean isSum() { return signs().size() > 1; }

    /// Whether it is `-x`.
    public boolean isNegation() { return signs().equals(List.of(-1)); }

    /// Whether it multiplies args, element by element.
    public boolean isProduct() { return powers().size() > 1 && powers().stream().allMatch(power -> power == 1); }

    /// The loop that computes it, for what its types tell.
    public Lowering lowering() { return lowering(Expr::type); }

    /// The loop that computes it where expressions have these types.
    public Lowering lowering(Function<Expr, TensorType> type) {
        return op.lower(operands(args, type, 0), operands(results(), type, args.size()));
    }

    private static List<Operand> operands(List<Expr> es, Function<Expr, TensorType> type, int first) {
        var operands = new ArrayList<Operand>(es.size());
        for (var e : es) operands.add(new Operand(first + operands.size(), type.apply(e).dtype(), type.apply(e).dims()));
        return operands;
    }

    /// The results' values by the op's own `eval`; its errors about a matrix name this node's first argument and line.
    public List<NDArray> eval(List<NDArray> values) {
        try {
            return op.eval(values);
        } catch (MatrixError e) {
            throw e.in(args.getFirst().toString(), origin);
        } catch (ConvergenceError e) {
            throw e.place() == null ? e.in(origin) : e;
        }
    }

    @Override public String toString() { return results.length == 0 ? op.name() + "()" : results[0].toString(); }
}
