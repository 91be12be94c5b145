package org.agnesi.rewrite;

import static org.agnesi.rewrite.Notation.rule;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.AgnesiException;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.ScalarEvaluator;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Constant;
import org.agnesi.op.Elementwise;
import org.agnesi.op.Fill;
import org.agnesi.op.Where;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Op;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// What is made of constants alone is computed now, in the kernel's own arithmetic, so that no bit changes.
///
/// Broadcasts and constructions (arange, eye) of constants stay, since rules know what to do with them; nothing above
/// 4 KB is folded, and no random draw or assert.
final class ConstantFolding {
    private static final int LARGEST = 4096;

    private ConstantFolding() {}

    static final List<Rule> RULES = List.of(
        rule("fold-constants", Op.class, (node, op) -> fold(node)),
        rule("literal-dtype", Elementwise.class, ConstantFolding::typed),
        rule("uniform-constant", Constant.class, (node, c) -> uniform(node, c)));

    private static @Nullable Expr fold(Node node) {
        var type = node.types().getFirst();
        if (!isFoldable(node) || !type.isStatic()) return null;
        var args = node.args().stream().map(arg -> ((Constant) arg.node().op()).value()).toList();
        if (size(type.dims()) * type.dtype().bytes() > LARGEST || args.stream().anyMatch(a -> a.size() * a.dtype().bytes() > LARGEST))
            return null;
        try {
            return Expr.of(new Constant(value(node, args), node.isWeak()));
        } catch (AgnesiException _) {
            return null;   // wrong values are the call's mistake, not the compiler's
        }
    }

    private static boolean isFoldable(Node node) {
        for (var arg : node.args()) if (!(arg.node().op() instanceof Constant)) return false;
        return !node.args().isEmpty() && node.op().isMergeable() && node.op().lambdas().isEmpty()
            && !(node.op() instanceof BroadcastTo || node.op() instanceof Fill)
            && (node.types().getFirst().rank() == 0 || node.args().stream().anyMatch(arg -> arg.type().rank() > 0));
    }

    private static long size(List<Integer> dims) { return dims.stream().mapToLong(d -> d).reduce(1, (a, b) -> a * b); }

    private static NDArray value(Node node, List<NDArray> args) {
        var out = node.types().getFirst();
        if (!(node.op() instanceof Elementwise)) return node.op().eval(args).getFirst();
        var operands = new ArrayList<Operand>();
        for (int i = 0; i < args.size(); i++) operands.add(operand(i, TensorType.of(args.get(i).dtype(), args.get(i).shape().dims())));
        return node.op().lower(operands, List.of(operand(args.size(), out))) instanceof Lowering.Pointwise(var body)
            ? pointwise(body, out.dtype(), args) : node.op().eval(args).getFirst();
    }

    private static Operand operand(int i, TensorType type) { return new Operand(i, type.dtype(), type.dims()); }

    private static NDArray pointwise(Scalar body, DType dtype, List<NDArray> args) {
        var shape = args.getFirst().shape();
        var result = NDArray.zeros(dtype, shape);
        for (int i = 0; i < shape.size(); i++) {
            int at = i;
            var element = ScalarEvaluator.fold(body, operand -> Scalar.Const.element(args.get(operand), at));
            if (dtype.isFloating()) result.setDoubleAt(i, element.toDouble());
            else result.setLongAt(i, element.bits());
        }
        return result;
    }

    /// `x * 2` → `x * 2.0`: a literal in the dtype that its op computes in anyway.
    private static @Nullable Expr typed(Node node, Elementwise op) {
        if (op instanceof Where || node.args().size() < 2 || !hasConstant(node)) return null;
        var dtype = op.compute(Elementwise.dtypes(node.args()));
        var args = node.args().stream().map(arg -> typed(arg, dtype)).toList();
        return args.equals(node.args()) ? null : Expr.of(op, args);
    }

    private static boolean hasConstant(Node node) {
        for (var arg : node.args())
            if (isConstant(arg) || arg.node().op() instanceof BroadcastTo && isConstant(arg.node().arg(0))) return true;
        return false;
    }

    private static boolean isConstant(Expr e) { return e.node().op() instanceof Constant; }

    private static Expr typed(Expr arg, DType dtype) {
        if (arg.type().dtype() == dtype) return arg;
        if (arg.node().op() instanceof Constant(var value, var _)) return Expr.of(new Constant(value.cast(dtype), false));
        if (arg.node().op() instanceof BroadcastTo && isConstant(arg.node().arg(0)))
            return BroadcastTo.broadcastTo(typed(arg.node().arg(0), dtype), arg.node().args().subList(1, arg.node().args().size()));
        return arg;
    }

    /// An array of equal elements is its first one repeated.
    private static @Nullable Expr uniform(Node node, Constant c) {
        var value = c.value();
        return value.rank() == 0 || !Uniform.isUniform(value) ? null
            : BroadcastTo.broadcastTo(Expr.of(new Constant(value.take(Shape.of(), i -> 0), c.weak())), Build.lengths(node));
    }
}
