package org.agnesi.op;

import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.derive.Jacobian;
import org.agnesi.derive.SparseJacobian;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Pull;

/// The pattern that an op's loop tells holds all of its derivative, and compressed sweeps find it.
final class SparsityLaw {
    private SparsityLaw() {}

    static void check(Trial trial) {
        for (int i : trial.differentiated()) for (var y : trial.ys())
            if (y.type().dtype().isFloating() && Pull.isConnected(List.of(y), trial.xs().get(i))) check(trial, y, trial.xs().get(i));
    }

    private static void check(Trial trial, Expr y, Expr x) {
        var sparse = SparseJacobian.jacobianSparse(y, x);
        var node = sparse.values().node();
        var swept = node.op().expand(node.args()).orElseThrow();
        var again = new SparseJacobian(swept.get(0), swept.get(1), swept.get(2), swept.get(3), swept.get(4), y.lengths(), x.lengths());
        var found = trial.eval(List.of(Jacobian.jacobian(y, x), sparse.toDense(), again.toDense()), trial.at());
        for (int k : IntStream.of(1, 2).toArray())
            DerivativeLaws.assertClose("%s%nthe sparse Jacobian of %s, %s".formatted(trial, y, k == 1 ? "by its pattern" : "by its sweeps"),
                found.get(k), found.get(0), 1e-10, 1e-12);
    }
}
