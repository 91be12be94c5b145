package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Jets;
import org.agnesi.symbolic.Push;
import org.jspecify.annotations.Nullable;

/// Derivatives of all orders at once are those of a push of a push of a push.
final class TaylorLaw {
    private static final int ORDER = 3;

    private TaylorLaw() {}

    static void check(Trial trial) {
        var v = new ArrayList<@Nullable Expr>();
        for (var dx : Trial.directions(trial.at(), trial.differentiated(), trial.seed() + 5)) v.add(dx == null ? null : Constant.constant(dx));
        var xs = trial.differentiated().stream().map(trial.xs()::get).toList();
        var lines = trial.differentiated().stream().map(i -> List.of(Objects.requireNonNull(v.get(i)))).toList();
        var jets = Jets.along(trial.ys(), xs, lines, ORDER);
        List<@Nullable Expr> nested = new ArrayList<>(trial.ys());
        for (int k = 1; k <= ORDER; k++) {
            nested = pushed(nested, trial.xs(), v);
            for (int i = 0; i < nested.size(); i++) compare(trial, k, trial.ys().get(i), jets.get(i).get(k - 1), nested.get(i));
        }
    }

    private static List<@Nullable Expr> pushed(List<@Nullable Expr> ys, List<Expr> xs, List<@Nullable Expr> v) {
        var all = new ArrayList<@Nullable Expr>();
        for (var y : ys) all.add(y == null ? null : Push.push(List.of(y), xs, v).getFirst());
        return all;
    }

    private static void compare(Trial trial, int k, Expr y, @Nullable Expr got, @Nullable Expr expected) {
        if (got == null && expected == null) return;
        DerivativeLaws.assertClose("%s, order %d: %s".formatted(trial, k, got), value(trial, y, got), value(trial, y, expected), 1e-8, 1e-8);
    }

    private static NDArray value(Trial trial, Expr y, @Nullable Expr e) {
        return e != null ? trial.eval(List.of(e), trial.at()).getFirst()
            : NDArray.zeros(DType.FLOAT64, trial.eval(List.of(y), trial.at()).getFirst().shape());
    }
}
