package org.example;

import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agnesi.Compiled;
import org.agnesi.FunctionBuilder;
import org.agnesi.Mode;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Shared;

/// Functions and calls, in every form that the overloads must tell apart.
public final class Functions {
    private Functions() {}

    static void functions(Expr x, Expr y, Shared w) {
        Compiled one = function(x, y);
        Compiled several = function(x, List.of(y, x));
        Compiled two = function(List.of(x, y), x);
        Compiled lists = function(inputs(x, y), outputs(x, y));
        Compiled costAndGradients = function(inputs(x), outputs(y, List.of(x)));
        Compiled none = function(List.of(), x);
        var shareds = new ArrayList<Shared>(List.of(w));
        function(x, shareds);
        function(inputs(), outputs(w, shareds));
        FunctionBuilder builder = function();
        Compiled built = builder.inputs(x, y).inputs(List.of(y)).outputs(x).outputs(shareds).outputs(x, shareds)
            .update(w, w.plus(1)).updates(Map.of(w, x)).given(x, y).mode(Mode.STRICT).name("step").compile();
        use(one, several, two, lists, costAndGradients, none, built, Mode.DEFAULT, Mode.REFERENCE);
    }

    static void calls(Compiled f, NDArray a) {
        NDArray number = f.call(4);
        use(number, f.call(), f.call(1, 2.5), f.call(1f, 2L, (short) 3, true), f.call(a), f.call(a, a), f.call(List.of(1, a)), f.call(List.of()));
        use(f.call(new double[] {1}), f.call(new float[] {1}), f.call(new long[] {1}), f.call(new int[] {1}), f.call(new boolean[] {true}));
        use(f.call(new double[][] {{1}}), f.call(new float[][] {{1}}), f.call(new long[][] {{1}}), f.call(new int[][] {{1}}), f.call(new double[][][] {{{1}}}));
        use(f.call(new double[][] {{1}}, new double[] {1}), f.call(new double[] {1}, new double[][] {{1}}), f.call(new double[][] {{1}}, new double[][] {{1}}));
        List<NDArray> all = f.callAll(4);
        use(all, f.callAll(), f.callAll(1, 2.5), f.callAll(a), f.callAll(List.of(1, a)), f.callAll(new double[] {1}));
        use(f.callAll(new double[][] {{1}}), f.callAll(new float[][] {{1}}), f.callAll(new long[][] {{1}}), f.callAll(new int[][] {{1}}), f.callAll(new double[][][] {{{1}}}));
        use(f.invoke(1, 2), f.invoke());
        String text = f.pp() + f.debugPrint() + f.name();
        List<Expr> graph = f.graph();
        use(text, graph, pp(graph.getFirst()), debugPrint(graph.getFirst()), debugPrint(graph.getFirst(), true));
    }

    static void values(Shared w) {
        Shared v = shared("v", new double[] {1, 2});
        w.value(3);
        NDArray value = w.value();
        use(v, value, shared("i", 1), shared("m", new double[][] {{1}}), shared("a", value));
    }

    private static void use(Object... values) {}
}
