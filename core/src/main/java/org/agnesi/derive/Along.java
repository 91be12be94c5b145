package org.agnesi.derive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.agnesi.op.Add;
import org.agnesi.op.Constant;
import org.agnesi.op.Mul;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Jets;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Pull;
import org.jspecify.annotations.Nullable;

/// The derivative of some order of a function along a curve: a function of the arguments and of theirs.
///
/// @param lambda `(args…, derivatives of args…) ↦ dᵏy/dtᵏ`
/// @param args   what its params stand for
record Along(Lambda lambda, List<Expr> args) {

    /// A product with a Jacobian along a curve: of what [Along] is of some order, with what it is multiplied by of another.
    interface Term {
        @Nullable List<Expr> of(Along along, int order);
    }

    /// The derivatives of order `k` of so many products of `∂body/∂x` with something, `Σ C(k, i) …`; null where they are zero.
    static List<@Nullable Expr> products(Lambda body, Jets jets, List<Expr> in, int k, int count, Term term) {
        var sums = new ArrayList<@Nullable Expr>(Collections.nCopies(count, null));
        double ways = 1;
        for (int i = 0; i <= k; ways = ways * (k - i) / (i + 1), i++) {
            var along = of(body, jets, in, i);
            var found = along == null ? null : term.of(along, k - i);
            for (int r = 0; found != null && r < count; r++) {
                var sofar = sums.get(r);
                var dtype = found.get(r).type().dtype();
                var next = ways == 1 ? found.get(r) : Mul.mul(Constant.of(ways, dtype), found.get(r));
                sums.set(r, sofar == null ? next : Add.add(sofar, next));
            }
        }
        return sums;
    }

    /// Whether it depends on an argument itself.
    boolean reads(int arg) { return Pull.isConnected(lambda.results(), lambda.params().get(arg)); }

    /// That of order `k` of `body` where its arguments move as `jets` knows; null where it is zero.
    static @Nullable Along of(Lambda body, Jets jets, List<Expr> in, int k) {
        var params = new ArrayList<>(body.params());
        var args = new ArrayList<>(in.stream().map(jets::value).toList());
        if (k == 0) return new Along(body, args);
        var moving = new ArrayList<Expr>();
        var curves = new ArrayList<List<@Nullable Expr>>();
        for (int i = 0; i < in.size(); i++) {
            var param = body.params().get(i);
            var curve = new ArrayList<@Nullable Expr>();
            for (var dx : jets.along(in.get(i), k)) {
                curve.add(dx == null ? null : Derivative.seed(param));
                if (dx == null) continue;
                params.add(curve.getLast());
                args.add(Derivative.fit(dx, in.get(i)));
            }
            if (curve.stream().allMatch(Objects::isNull)) continue;
            moving.add(param);
            curves.add(curve);
        }
        var found = moving.isEmpty() ? null : Jets.along(body.results(), moving, curves, k).getFirst().get(k - 1);
        return found == null ? null : new Along(new Lambda(params, List.of(found)), args);
    }
}
