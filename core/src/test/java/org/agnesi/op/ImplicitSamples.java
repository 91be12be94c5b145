package org.agnesi.op;

import static org.agnesi.Agnesi.dense;
import static org.agnesi.Agnesi.fixedPoint;
import static org.agnesi.Agnesi.matrixFree;
import static org.agnesi.Agnesi.maxSteps;
import static org.agnesi.Agnesi.minimize;
import static org.agnesi.Agnesi.root;

import java.util.List;
import org.agnesi.Tensors;
import org.agnesi.derive.SolveOption;
import org.agnesi.symbolic.Expr;

/// Samples of unknowns that equations define.
final class ImplicitSamples {
    private ImplicitSamples() {}

    static List<Sample> all() {
        return List.of(
            Sample.of("root of a number", in -> root(x -> x.plus(Tensors.exp(x)).minus(in.get(1).times(in.get(2))), in.get(0)),
                Input.of(), Input.of(), Input.of()),
            Sample.of("root by factors", in -> equations(in, dense()), Input.of(2), Input.of(2), Input.of(2, 2)),
            Sample.of("root by products", in -> equations(in, matrixFree()), Input.of(2), Input.of(2), Input.of(2, 2)),
            Sample.of("root of a matrix", in -> root(x -> x.plus(x.pow(3)).plus(Tensors.dot(x, in.get(0)).times(0.1)).minus(in.get(1)),
                Tensors.zerosLike(in.get(1)), dense()), Input.of(2, 2), Input.of(1, 2)),
            Sample.of("minimize", in -> bowl(in, matrixFree()), Input.of(2), Input.of(2), Input.of(3, 2)),
            Sample.of("minimize by factors", in -> bowl(in, dense()), Input.of(2), Input.of(2), Input.of(3, 2)),
            Sample.of("minimize a number", in -> minimize(x -> Tensors.cosh(x).plus(x.times(in.get(0))), 0.5), Input.of()),
            Sample.of("fixedPoint", in -> fixedPoint(x -> Tensors.sin(Tensors.dot(in.get(0), x).times(0.3)).plus(in.get(1)), in.get(1),
                maxSteps(100)), Input.of(2, 2), Input.of(2)),
            Sample.of("fixedPoint of a number", in -> fixedPoint(x -> Tensors.cos(x.times(in.get(0))), 0.5), Input.of().between(0.3, 1)));
    }

    /// Its Jacobian is `I + A Aᵀ + 3 x²`: one root whatever the inputs are.
    private static Expr equations(List<Expr> in, SolveOption option) {
        var a = in.get(2);
        return root(x -> x.plus(Tensors.dot(a, Tensors.dot(a.T(), x))).plus(x.pow(3)).minus(in.get(1)), in.get(0), option);
    }

    private static Expr bowl(List<Expr> in, SolveOption option) {
        return minimize(x -> Tensors.sum(x.sqr()).plus(Tensors.logsumexp(Tensors.dot(in.get(2), x))).minus(Tensors.dot(in.get(1), x)),
            in.get(0), option);
    }
}
