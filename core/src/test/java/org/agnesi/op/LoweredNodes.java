package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.ScalarEvaluator;
import org.agnesi.kernel.Scalars;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;

/// The nodes of a sample run by their lowerings, one at a time, on the values that `eval` gives their arguments.
final class LoweredNodes {
    private LoweredNodes() {}

    static void check(Trial trial) {
        for (var node : Graph.inOrder(trial.ys())) {
            if (node.op() instanceof Variable) continue;
            var args = trial.eval(node.args(), trial.at());
            if (lowering(node) instanceof Lowering.Pointwise(var body) && isOfInputs(body))
                ValueLaws.assertSame(trial + "\n" + node + " is lowered to " + body, pointwise(node, body, args), trial.eval(List.of(node.result(0)), trial.at()).getFirst());
        }
    }

    /// The lowering of a node from what its types tell.
    static Lowering lowering(Node node) {
        var in = new ArrayList<Operand>();
        for (var arg : node.args()) in.add(operand(in.size(), arg));
        var out = new ArrayList<Operand>();
        for (var result : node.results()) out.add(operand(in.size() + out.size(), result));
        return node.op().lower(in, out);
    }

    private static Operand operand(int index, Expr e) { return new Operand(index, e.type().dtype(), e.type().dims()); }

    private static boolean isOfInputs(Scalar body) {
        return Scalars.inOrder(List.of(body)).stream().noneMatch(s -> s instanceof Scalar.At || s instanceof Scalar.Index || s instanceof Scalar.Size);
    }

    private static NDArray pointwise(Node node, Scalar body, List<NDArray> args) {
        var type = node.types().getFirst();
        var out = NDArray.zeros(type.dtype(), args.isEmpty() ? org.agnesi.array.Shape.SCALAR : args.getFirst().shape());
        for (int i = 0; i < out.size(); i++) {
            int at = i;
            var value = ScalarEvaluator.fold(body, k -> element(args.get(k), at));
            if (value.dtype() != type.dtype()) throw new AssertionError("%s has dtype %s, but its lowering %s".formatted(node, type.dtype(), value.dtype()));
            if (type.dtype().isFloating()) out.setDoubleAt(i, value.toDouble());
            else out.setLongAt(i, value.bits());
        }
        return out;
    }

    private static Scalar.Const element(NDArray x, int i) {
        return x.dtype().isFloating() ? Scalar.Const.of(x.dtype(), x.doubleAt(i)) : Scalar.Const.bits(x.dtype(), x.longAt(i));
    }
}
