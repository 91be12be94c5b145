import module org.agnesi;
import static java.lang.Math.*;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// Every form of a derivative: one or several, options, operators with lists on either side, blocks.
void main() {
    var x = dvector("x");
    var y = dvector("y");
    var W = dmatrix("W");
    double[] xs = {1, 2}, ys = {3, 5};
    double[][] ws = {{1, 2}, {3, 4}};
    var both = inputs(x, y);
    var cost = sum(x.sqr().times(y));

    // grad and its options
    say("grad", function(both, grad(cost, x)), xs, ys);
    say("grad of a list", function(both, grad(cost, List.of(x, y))), xs, ys);
    say("considerConstant", function(both, grad(sum(x.times(y).times(x)), x, considerConstant(y, x.times(y)))), xs, ys);
    var product = x.times(y);
    say("a constant product", function(both, grad(sum(product.times(x)), List.of(x), considerConstant(product))), xs, ys);
    var square = x.sqr();
    say("knownGrads", function(both, grad(sum(square), x, knownGrads(Map.of(square, y)))), xs, ys);
    say("ignoreDisconnected", function(both, grad(sum(x), List.of(x, y), ignoreDisconnected())), xs, ys);
    say("two options", function(both, grad(sum(product), y, considerConstant(x), ignoreDisconnected())), xs, ys);
    say("zeroGrad", function(both, grad(sum(x.times(zeroGrad(y))), List.of(x, y))), xs, ys);
    say("disconnectedGrad", function(both, grad(sum(x.times(disconnectedGrad(x))), x)), xs, ys);
    say("gradClip", function(both, grad(sum(gradClip(x, -1, 1).times(y)), x)), xs, ys);
    say("gradScale", function(both, grad(sum(gradScale(x, 0.5).times(y)), x)), xs, ys);
    try {
        grad(cost, dvector("z"));
    } catch (DisconnectedInputError e) {
        IO.println(e.getMessage());
    }
    try {
        grad(square, x);
    } catch (TypeError e) {
        IO.println(e.getMessage());
    }
    var err = System.err;
    var log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log));
    var zeros = grad(sum(x), y, warnDisconnected());
    System.setErr(err);
    IO.println(log.toString().replaceFirst("(?s).*WARNING: ", "warned: ").strip());
    say("warnDisconnected", function(both, zeros), xs, ys);

    // rop and lop
    var f = dot(W, x);
    var all = inputs(W, x, y);
    say("rop", function(all, rop(f, x, y)), ws, xs, ys);
    say("rop of a list", function(all, rop(List.of(f, square), x, y)), ws, xs, ys);
    say("rop over a list", function(all, rop(f, List.of(W, x), List.of(W, y))), ws, xs, ys);
    say("rop of lists", function(all, rop(List.of(f, square), List.of(W, x), List.of(W, y))), ws, xs, ys);
    say("lop", function(all, lop(f, x, y)), ws, xs, ys);
    say("lop over a list", function(all, lop(f, List.of(W, x), y)), ws, xs, ys);
    say("lop of a list", function(all, lop(List.of(f, square), x, List.of(y, y))), ws, xs, ys);
    say("lop of lists", function(all, lop(List.of(f, square), List.of(W, x), List.of(y, y))), ws, xs, ys);

    // jacobian and hessian
    value("jacobian", function(all, jacobian(f, x)), ws, xs, ys);
    value("jacobian of a list", function(all, jacobian(f, List.of(W, x))), ws, xs, ys);
    value("hessian", function(both, hessian(cost, x)), xs, ys);
    for (var row : hessian(cost, List.of(x, y))) value("a row of blocks", function(both, row), xs, ys);

    // the Hessian times a vector, three ways, one program
    var g = grad(cost, x);
    var v = dvector("v");
    var given = inputs(x, y, v);
    say("backwards", function(given, grad(sum(mul(g, v)), x)), xs, ys, xs);
    say("forwards", function(given, rop(g, x, v)), xs, ys, xs);
    say("written", function(given, dot(hessian(cost, x), v)), xs, ys, xs);
    say("from the left", function(given, dot(v, hessian(cost, x))), xs, ys, xs);
}

void say(String what, Compiled f, Object... args) {
    IO.println(what + ": " + f.pp() + " is " + f.callAll(args));
}

void value(String what, Compiled f, Object... args) { IO.println(what + ": " + f.callAll(args)); }
