package org.agnesi.bench;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.div;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.sigmoid;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import org.agnesi.compile.Pipeline;
import org.agnesi.rewrite.Strictness;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;

/// How the times to rewrite and to compile grow with the number of nodes: about linearly, or something is wrong.
///
/// A chain, a random graph and the gradient of a chain, at 10³, 10⁴ and 10⁵ nodes; then the derivatives of a ten-op
/// formula to the sixth.
public final class Growth {
    private Growth() {}

    public static void main(String[] args) {
        row("", Growth::chain, 1_000);   // once for nothing, so that the first row is not the JVM's warm-up
        IO.println("graph                  nodes  optimized  rewrite s  compile s (rewriting included)");
        for (int nodes : new int[] {1_000, 10_000, 100_000}) {
            IO.println(row("chain", Growth::chain, nodes));
            IO.println(row("random graph", Growth::random, nodes));
            IO.println(row("gradient of a chain", n -> {
                var x = dvector("x");
                return grad(sum(chain(x, n / 9)), x);
            }, nodes));
        }
        var x = dscalar("x");
        var y = div(mul(sin(x), exp(mul(-0.5, mul(x, x)))), add(1, x.pow(2)));
        for (int order = 1; order <= 6; order++) {
            y = grad(y, x);
            var derivative = y;
            IO.println(row("derivative " + order, _ -> derivative, 0));
        }
    }

    /// Microseconds to compile a chain of so many nodes.
    static double compiling(int nodes) {
        var e = chain(nodes);
        long start = System.nanoTime();
        function(variables(e), e);
        return (System.nanoTime() - start) / 1e3;
    }

    private static String row(String what, IntFunction<Expr> graph, int nodes) {
        var e = graph.apply(nodes);
        long start = System.nanoTime();
        var optimized = Pipeline.of(Strictness.DEFAULT).rewrite(List.of(e)).roots();
        long rewritten = System.nanoTime();
        function(variables(e), e);
        long compiled = System.nanoTime();
        return String.format(Locale.ROOT, "%-20s %7d %10d %10.3f %10.3f", what, size(List.of(e)), size(optimized),
            (rewritten - start) / 1e9, (compiled - rewritten) / 1e9);
    }

    private static int size(List<Expr> roots) { return Graph.inOrder(roots).size(); }

    private static List<Expr> variables(Expr e) {
        return Graph.inOrder(List.of(e)).stream().map(n -> n.result(0)).filter(x -> x.node().args().isEmpty() && x.name() != null).toList();
    }

    private static Expr chain(int nodes) { return sum(chain(dvector("x"), nodes)); }

    /// `y = tanh(y · 0.9 + log(1 + y²))`, over and over.
    static Expr chain(Expr x, int nodes) {
        var y = x;
        for (int i = 0; i < nodes / 9; i++) y = tanh(add(mul(y, 0.9), log(add(1, mul(y, y)))));
        return y;
    }

    private static Expr random(int size) {
        var random = new Random(7);
        var nodes = new ArrayList<Expr>(List.of(dvector("a", 8), dvector("b", 8), dvector("c", 8)));
        while (nodes.size() < size) {
            var a = nodes.get(Math.max(0, nodes.size() - 1 - random.nextInt(20)));
            var b = nodes.get(Math.max(0, nodes.size() - 1 - random.nextInt(20)));
            nodes.add(op(random.nextInt(9), a, b));
        }
        return sum(nodes.getLast());
    }

    private static Expr op(int which, Expr a, Expr b) {
        return switch (which) {
            case 0 -> add(a, b);
            case 1 -> mul(a, b);
            case 2 -> sub(a, b);
            case 3 -> tanh(a);
            case 4 -> sigmoid(a);
            case 5 -> mul(a, 1);
            case 6 -> add(a, 0.5);
            case 7 -> sin(a);
            default -> mul(2, b);
        };
    }
}
