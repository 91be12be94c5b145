package org.agnesi.derive;

import static org.agnesi.derive.GradOption.Handling.RAISE;
import static org.agnesi.derive.GradOption.Handling.WARN;

import java.util.List;
import java.util.stream.Collectors;
import org.agnesi.derive.GradOption.Handling;
import org.agnesi.error.DisconnectedInputError;
import org.agnesi.op.Constant;
import org.agnesi.op.Fill;
import org.agnesi.op.LoopVariable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Pull;

/// What a derivative is where no cotangent or tangent arrived: zeros if the way is there, else as was asked.
final class Connection {
    private static final System.Logger LOG = System.getLogger(Connection.class.getName());

    private Connection() {}

    /// Zeros of `like`'s shape if values of `x` reach `ys`; otherwise an error, a warning or zeros.
    static Expr zeros(String what, List<Expr> ys, Expr x, Expr like, Handling handling) {
        check(what, ys, x, handling);
        return zeros(like);
    }

    /// An error or a warning, as was asked, if no values of `x` reach `ys`.
    static void check(String what, List<Expr> ys, Expr x, Handling handling) {
        if (handling != RAISE && handling != WARN || Pull.isConnected(ys, x)) return;
        var error = new DisconnectedInputError(message(what, ys, x));
        if (handling == RAISE) throw error;
        LOG.log(System.Logger.Level.WARNING, error.getMessage());   // with the user's line, as the error has it
    }

    static Expr zeros(Expr like) { return Fill.fill(like, Constant.of(0, like.type().dtype().floating())); }

    private static String message(String what, List<Expr> ys, Expr x) {
        return """
            %s needs an input that the formula depends on, but %s does not depend on %s of type %s%s
            %s""".formatted(
            what, ys.stream().map(Described::of).collect(Collectors.joining(", ")), x, x.type(), lengthsOnly(ys, x),
            LoopVariable.hint(ys, x).orElse("Ask for the variable the formula was built from, or pass ignoreDisconnected() for zeros."));
    }

    private static String lengthsOnly(List<Expr> ys, Expr x) {
        return Pull.isUsed(ys, x) ? " (only its shape, or indices made of it, matter)" : "";
    }
}
