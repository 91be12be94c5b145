package org.agnesi.op;

import java.util.List;
import org.agnesi.Tensors;
import org.agnesi.derive.Jacobian;
import org.agnesi.derive.Pullback;
import org.agnesi.derive.Pushforward;
import org.agnesi.derive.SparseJacobian;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Lambda;

/// Samples of the derivatives that are nodes.
final class JacobianSamples {
    private JacobianSamples() {}

    static List<Sample> all() {
        return List.of(
            Sample.of("jacobian", in -> Jacobian.jacobian(layer(in.get(0), in.get(1)), in.get(0)), Input.of(3), Input.of(2, 3)),
            Sample.of("jacobian by a matrix", in -> Jacobian.jacobian(layer(in.get(0), in.get(1)), in.get(1)), Input.of(2), Input.of(2, 2)),
            Sample.of("jacobian of a matrix", in -> Jacobian.jacobian(Tensors.exp(Tensors.mul(in.get(1), in.get(0))), in.get(0)),
                Input.of(2), Input.of(3, 2)),
            Sample.of("hessian", in -> Jacobian.hessian(Tensors.sum(Tensors.exp(Tensors.dot(in.get(1), in.get(0)))), in.get(0)),
                Input.of(2), Input.of(2, 2)),
            Sample.of("sparse jacobian", in -> SparseJacobian.jacobianSparse(neighbours(in), in.get(0)).values(), Input.of(4), Input.of(3)),
            Sample.of("sparse hessian", in -> SparseJacobian.hessianSparse(Tensors.sum(Tensors.sin(neighbours(in))), in.get(0)).toDense(),
                Input.of(4), Input.of(3)),
            Sample.of("jacobian times a vector", JacobianSamples::forward, Input.of(3), Input.of(2, 3), Input.of(3)),
            Sample.all("vector times a jacobian", JacobianSamples::reverse, Input.of(3), Input.of(2, 3), Input.of(2)));
    }

    private static Expr layer(Expr x, Expr a) { return Tensors.sin(Tensors.dot(a, x)); }

    private static Expr neighbours(List<Expr> in) {
        return Tensors.mul(Tensors.mul(in.get(0).get(Tensors.from(1)), in.get(0).get(Tensors.upTo(-1))), in.get(1));
    }

    private static Lambda function(List<Expr> in) {
        var params = in.subList(0, 2).stream().map(x -> Variable.variable("p", x.type())).toList();
        return new Lambda(params, List.of(layer(params.get(0), params.get(1))));
    }

    private static Expr forward(List<Expr> in) {
        return Pushforward.pushforward(function(in), in.subList(0, 2), List.of(0), List.of(in.get(2)));
    }

    private static List<Expr> reverse(List<Expr> in) {
        return Pullback.pullback(function(in), in.subList(0, 2), List.of(0, 1), in.get(2));
    }
}
