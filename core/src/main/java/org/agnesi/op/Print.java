package org.agnesi.op;

import java.util.List;
import java.util.Optional;
import org.agnesi.array.NDArray;
import org.agnesi.error.Required;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Op1;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `x` itself, and a line in the log with its value each time it is computed: `label = …` at level INFO, logger `agnesi.print`.
public record Print(String label) implements Op1 {
    private static final System.Logger LOG = System.getLogger("agnesi.print");

    public static Expr print(Expr x, String label) { return Expr.of(new Print(Required.of("print", "a label", label)), x); }

    @Override public NDArray eval(NDArray x) {
        LOG.log(System.Logger.Level.INFO, () -> label + " = " + x);
        return x;
    }

    @Override public TensorType infer(Expr x) { return x.type(); }
    @Override public List<@Nullable Expr> outputShape(Expr x) { return List.copyOf(x.lengths()); }
    @Override public Partial partial(Expr x, Expr y) { return Partial.symmetric(g -> g); }
    @Override public Optional<Expr> batch(Expr x) { return Optional.of(print(x, label)); }
    @Override public boolean isStructural() { return true; }
    @Override public boolean isMergeable() { return false; }
}
