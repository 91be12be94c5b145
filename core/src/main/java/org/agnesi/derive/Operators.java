package org.agnesi.derive;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.derive.GradOption.Handling;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Pull;
import org.agnesi.symbolic.Push;

/// The R- and the L-operator, `J·v` and `uᵀ·J`: the Jacobian times a vector from either side, and never the Jacobian.
///
/// Pearlmutter, *Fast exact multiplication by the Hessian*, Neural Computation 6 (1994).
public final class Operators {
    private Operators() {}

    /// `J·v` by one forward sweep: how `f` changes when `x` changes by `v`, which has x's shape.
    public static Expr rop(Expr f, Expr x, Expr v) { return rop(one("rop", f), one("rop", x), one("rop", v)).getFirst(); }

    /// `Σ Jᵢ·vᵢ` over several inputs.
    public static Expr rop(Expr f, List<? extends Expr> xs, List<? extends Expr> vs) { return rop(one("rop", f), xs, vs).getFirst(); }

    /// `J·v` for several results, in their order.
    public static List<Expr> rop(List<? extends Expr> fs, Expr x, Expr v) { return rop(fs, one("rop", x), one("rop", v)); }

    /// `Σ Jᵢ·vᵢ` for several results and inputs.
    ///
    /// @throws TypeError if a tangent has not its input's shape
    /// @throws org.agnesi.error.DisconnectedInputError if a result depends on none of the inputs
    public static List<Expr> rop(List<? extends Expr> fs, List<? extends Expr> xs, List<? extends Expr> vs) {
        check("rop", "input", xs, vs);
        var ys = Required.<Expr>all("rop", "an expression", fs);
        var found = Push.push(ys, List.copyOf(xs), vs);
        var tangents = new ArrayList<Expr>(ys.size());
        for (int i = 0; i < ys.size(); i++) {
            var dy = found.get(i);
            tangents.add(dy != null ? dy : still("rop", ys.get(i), List.copyOf(xs)));
        }
        return List.copyOf(tangents);
    }

    /// The derivative of a result that no tangent reached.
    static Expr still(String what, Expr y, List<Expr> xs) {
        boolean reached = xs.stream().anyMatch(x -> Pull.isConnected(List.of(y), x));
        return reached ? Connection.zeros(y) : Connection.zeros(what, List.of(y), xs.getFirst(), y, Handling.RAISE);
    }

    /// `uᵀ·J` by one reverse sweep: the gradient of `⟨u, f⟩`; `u` has f's shape.
    public static Expr lop(Expr f, Expr x, Expr u) { return lop(one("lop", f), one("lop", x), one("lop", u)).getFirst(); }

    /// `uᵀ·Jᵢ` for several inputs, in their order.
    public static List<Expr> lop(Expr f, List<? extends Expr> xs, Expr u) { return lop(one("lop", f), xs, one("lop", u)); }

    /// `Σ uₖᵀ·Jₖ` over several results.
    public static Expr lop(List<? extends Expr> fs, Expr x, List<? extends Expr> us) { return lop(fs, one("lop", x), us).getFirst(); }

    /// `Σ uₖᵀ·Jₖ` over several results, for several inputs.
    ///
    /// @throws TypeError if a cotangent has not its result's shape
    /// @throws org.agnesi.error.DisconnectedInputError if no result depends on an input
    public static List<Expr> lop(List<? extends Expr> fs, List<? extends Expr> xs, List<? extends Expr> us) {
        var inputs = Required.<Expr>all("lop", "an expression", xs);
        check("lop", "result", fs, us);
        var seeds = new Gradient.Seeds();
        for (int i = 0; i < fs.size(); i++) seeds.add(fs.get(i), us.get(i));
        return Gradient.pulled("lop", seeds, inputs, List.of(), Handling.RAISE);
    }

    private static List<Expr> one(String call, Expr e) { return Required.all(call, "an expression", e); }

    static void check(String what, String of, List<? extends Expr> es, List<? extends Expr> vs) {
        Required.all(what, "an expression", es);
        Required.all(what, "a vector", vs);
        if (es.size() != vs.size()) throw new TypeError("""
            %s needs one vector per %s, but got %d for %d
            Give as many, in the same order.""".formatted(what, of, vs.size(), es.size()));
        for (int i = 0; i < es.size(); i++) {
            var e = es.get(i).type();
            var v = vs.get(i).type();
            boolean fits = e.rank() == v.rank();
            for (int axis = 0; fits && axis < e.rank(); axis++)
                fits = !e.isKnown(axis) || !v.isKnown(axis) || e.dim(axis) == v.dim(axis);
            if (!fits) throw new TypeError("""
                %s needs a vector of the shape of its %s, but got
                  %s: %s
                  vector: %s
                Give the direction as many dimensions, of the same sizes.""".formatted(what, of, of,
                    Described.typed(es.get(i)), Described.typed(vs.get(i))));
        }
    }
}
