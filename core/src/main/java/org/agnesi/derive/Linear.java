package org.agnesi.derive;

import static org.agnesi.op.Constant.constant;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.op.Compare;
import org.agnesi.op.Constant;
import org.agnesi.op.Div;
import org.agnesi.op.Fill;
import org.agnesi.op.Reshape;
import org.agnesi.op.Slogdet;
import org.agnesi.op.Solve;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Lambda;

/// Linear equations with the Jacobian of an equation by its unknown, `∂F/∂x · v = b` or those of its transpose.
///
/// A number is divided by; a small matrix is factored by [Solve]; of a large one only products are made, by [LinearSolve].
///
/// @param what     whose derivative it is, for messages
/// @param formula  the user's, for messages
/// @param equation `(x, c…) ↦ F`
/// @param at       the solution and what F captures
record Linear(String what, String formula, Lambda equation, List<Expr> at, boolean symmetric, boolean dense) {

    /// The `v` with `∂F/∂x · v = b`.
    Expr solved(Expr b, boolean transposed) {
        var x = at.getFirst();
        if (x.type().rank() == 0) return divided(b);
        return dense ? factored(b, transposed && !symmetric) : free(b, transposed && !symmetric);
    }

    private Expr divided(Expr b) {
        var slope = Pushforward.pushforward(equation, at, List.of(0), List.of(Fill.fill(at.getFirst(), Constant.of(1, b.type().dtype()))));
        return Div.div(b, Found.found(slope, Compare.ne(slope, constant(0)), singular()));
    }

    private Expr factored(Expr b, boolean transposed) {
        return factored(b, transposed, singular());
    }

    private Expr factored(Expr b, boolean transposed, String failure) {
        var matrix = matrix();
        var regular = Found.found(matrix, Compare.ne(Slogdet.slogdet(matrix).getFirst(), constant(0)), failure);
        return Reshape.reshape(new Solve(transposed).of(regular, Reshape.reshape(b, -1, 1)), at.getFirst().lengths());
    }

    /// The same for a step on the way to the solution, and the norm of what it leaves of `b`: by products it need not be exact.
    List<Expr> direction(Expr b) {
        if (!dense) return new ConjugateGradients(products(), arguments(b)).nearest();
        return List.of(factored(b, false, """
            %s needs equations with an invertible Jacobian on the way to the solution, but that of %s is singular at a step
            Start elsewhere, or ask for matrixFree(): it leaves out what the equations do not decide.""".formatted(what, escaped())),
            Steps.number(b, 0));
    }

    /// The Jacobian with as many rows and columns as x has elements.
    Expr matrix() {
        var jacobian = Expr.of(new Jacobian(equation, symmetric), at);
        if (at.getFirst().type().rank() == 1) return jacobian;
        var n = Reshape.flatten(at.getFirst()).length();
        return Reshape.reshape(jacobian, List.of(n, n));
    }

    private Expr free(Expr b, boolean transposed) {
        return Expr.of(transposed ? products().transposed() : products(), arguments(b));
    }

    LinearSolve products() { return new LinearSolve(product(), symmetric, singular()); }

    List<Expr> arguments(Expr b) {
        var args = new ArrayList<>(List.of(b));
        args.addAll(at);
        return args;
    }

    /// `(v, x, c…) ↦ ∂F/∂x · v`.
    Lambda product() {
        var params = at.stream().map(e -> Variable.variable(e.name() == null ? "c" : e.name(), e.type())).toList();
        var v = Variable.variable("v", at.getFirst().type());
        var all = new ArrayList<>(List.of(v));
        all.addAll(params);
        return new Lambda(all, List.of(Pushforward.pushforward(equation, params, List.of(0), List.of(v))));
    }

    private String escaped() { return formula.replace("%", "%%"); }

    private String singular() {
        return """
            the derivative of a %s needs equations that decide every direction of the unknown, but those of %s do not at the solution
            Ask for it elsewhere, or add what makes the solution a single point.""".formatted(what, escaped());
    }
}
