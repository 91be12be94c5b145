package org.agnesi.derive;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.error.Required;
import org.agnesi.symbolic.Expr;

/// What a caller of `grad` may ask for besides the cost and the inputs.
public sealed interface GradOption {

    /// These expressions count as constants: nothing goes through them.
    record ConsiderConstant(List<Expr> constants) implements GradOption {}

    /// Cotangents that are known for these expressions; they add to what comes from the cost.
    record KnownGrads(Map<Expr, Expr> cotangents) implements GradOption {}

    /// What happens to an input that the cost does not depend on.
    record Disconnected(Handling handling) implements GradOption {}

    /// An error (the default), zeros and a line in the log, or zeros.
    enum Handling { RAISE, WARN, IGNORE }

    static GradOption considerConstant(Expr... constants) {
        return new ConsiderConstant(Required.all("considerConstant", "an expression", constants));
    }

    static GradOption knownGrads(Map<? extends Expr, ? extends Expr> cotangents) {
        return new KnownGrads(new IdentityHashMap<>(Required.of("knownGrads", "a map of cotangents", cotangents)));
    }

    static GradOption ignoreDisconnected() { return new Disconnected(Handling.IGNORE); }

    static GradOption warnDisconnected() { return new Disconnected(Handling.WARN); }
}
