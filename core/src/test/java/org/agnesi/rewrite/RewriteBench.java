package org.agnesi.rewrite;

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

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agnesi.derive.Gradient;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;

/// Prints how long rewriting takes at 10³ … 10⁶ nodes, and how the 6th derivative of a formula grows. Run as a program.
final class RewriteBench {
    private RewriteBench() {}

    public static void main(String... args) {
        int largest = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        for (int size = 1_000; size <= largest; size *= 10) {
            time("random DAG", List.of(dag(size)));
            var x = dvector("x");
            time("gradient of a chain", List.of(Gradient.grad(sum(chain(x, size / 10)), x)));
            time("chain", List.of(chain(x, size)));
        }
        var x = dscalar("x");
        var y = div(mul(sin(x), exp(mul(-0.5, mul(x, x)))), add(1, x.pow(2)));
        for (int order = 1; order <= 6; order++) {
            y = Gradient.grad(y, x);
            time("derivative " + order, List.of(y));
        }
    }

    private static void time(String what, List<Expr> roots) {
        int before = Graph.inOrder(roots).size();
        long start = System.nanoTime(), cpu = cpu();
        var rewritten = Rewriting.of(roots, Strictness.DEFAULT);
        System.out.printf("%-20s %9d nodes -> %9d in %8.1f ms, %8.1f ms of this thread%n", what, before, Graph.inOrder(rewritten.roots()).size(), (System.nanoTime() - start) / 1e6, (cpu() - cpu) / 1e6);
    }

    private static long cpu() { return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(); }

    /// `y = tanh(y · 0.9 + log(1 + y²))`, over and over.
    static Expr chain(Expr x, int size) {
        var y = x;
        for (int i = 0; i < size / 8; i++) y = tanh(add(mul(y, 0.9), log(add(1, mul(y, y)))));
        return y;
    }

    static Expr dag(int size) {
        var random = new Random(7);
        var nodes = new ArrayList<Expr>(List.of(dvector("a", 8), dvector("b", 8), dvector("c", 8)));
        while (nodes.size() < size) {
            var a = nodes.get(Math.max(0, nodes.size() - 1 - random.nextInt(20)));
            var b = nodes.get(Math.max(0, nodes.size() - 1 - random.nextInt(20)));
            nodes.add(switch (random.nextInt(9)) {
                case 0 -> add(a, b);
                case 1 -> mul(a, b);
                case 2 -> sub(a, b);
                case 3 -> tanh(a);
                case 4 -> sigmoid(a);
                case 5 -> mul(a, 1);
                case 6 -> add(a, 0.5);
                case 7 -> sin(a);
                default -> mul(2, b);
            });
        }
        return sum(nodes.getLast());
    }
}
