package org.agnesi;

import java.util.Map;
import org.agnesi.op.Normal;
import org.agnesi.op.Subkey;
import org.agnesi.op.Uniform;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Shared;

/// A source of random draws that differ from call to call: each has a key of its own, kept in a shared variable.
///
/// A function that uses a draw moves its key on after each call, and a loop after each step; to repeat, make the stream
/// again from its seed. Two draws of one stream are independent. Where keys are wanted by hand, use `key`, `split` and
/// `uniform(key, …)` instead.
public final class RandomStream {
    private final Expr seed;
    private int draws;

    RandomStream(long seed) { this.seed = Tensors.key(seed); }

    /// Numbers evenly spread over [0, 1).
    public Expr uniform(Object... shape) { return Uniform.uniform(next(), shape); }

    /// Numbers of the standard normal distribution.
    public Expr normal(Object... shape) { return Normal.normal(next(), shape); }

    private synchronized Shared next() {
        var first = Subkey.subkey(seed, Tensors.constant(draws));
        var key = Shared.shared("key" + draws++, Graph.eval(first, Map.of()));
        return key.defaultUpdate(Subkey.subkey(key, Tensors.constant(0)));
    }
}
