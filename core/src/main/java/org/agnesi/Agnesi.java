package org.agnesi;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.symbolic.DebugPrint;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.PrettyPrint;
import org.agnesi.symbolic.Shared;

/// What to do with a formula, one line each: derive it, loop over it, compile it, print it. Import it statically, beside [Tensors].
///
/// ```java
/// var x = dscalar("x");
/// var f = function(x, x.pow(2));
/// f.call(4).toDouble();            // 16.0
/// ```
public final class Agnesi {
    private Agnesi() {}

    // functions

    /// The function `input ↦ output`, rewritten and compiled.
    public static Compiled function(Expr input, Expr output) { return function(inputs(input), outputs(output)); }
    /// The function of one input with several results: ask [Compiled#callAll].
    public static Compiled function(Expr input, List<? extends Expr> outputs) { return function(inputs(input), outputs); }
    public static Compiled function(List<? extends Expr> inputs, Expr output) { return function(inputs, outputs(output)); }
    public static Compiled function(List<? extends Expr> inputs, List<? extends Expr> outputs) { return function().inputs(inputs).outputs(outputs).compile(); }
    /// A function told part by part: inputs, outputs, updates, givens, mode, name.
    public static FunctionBuilder function() { return new FunctionBuilder(); }

    public static List<Expr> inputs(Expr... inputs)      { return listed(inputs); }
    public static List<Expr> outputs(Expr... outputs)    { return listed(outputs); }
    /// A first output and the rest: a cost and its gradients.
    public static List<Expr> outputs(Expr first, List<? extends Expr> rest) { return listed(first, rest); }

    /// A variable with a value of its own, kept between calls.
    public static Shared shared(String name, Object value) { return Shared.shared(name, value); }

    /// A formula written in Python's notation, about expressions with names: see [Formula].
    public static Expr formula(String text, Expr... named) { return Formula.parse(text, List.of(named)); }

    // derivatives

    // loops

    // printing

    /// The formula as it was built, every infix in parentheses, constants as `TensorConstant{2}`.
    public static String pp(Expr e)                               { return PrettyPrint.of(e, PrettyPrint.Style.TUTORIAL); }
    /// The graph as a tree, each node once, with an id.
    public static String debugPrint(Expr e)                       { return DebugPrint.of(List.of(e), false); }
    /// The same, with the type of every expression if `types`.
    public static String debugPrint(Expr e, boolean types)        { return DebugPrint.of(List.of(e), types); }

    private static List<Expr> listed(Expr... all) { return List.of(all); }

    private static List<Expr> listed(Expr first, List<? extends Expr> rest) {
        var all = new ArrayList<Expr>(rest.size() + 1);
        all.add(first);
        all.addAll(rest);
        return List.copyOf(all);
    }
}
