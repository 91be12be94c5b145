package org.agnesi.symbolic;

import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.IndexError;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;

/// One node evaluated by its op, its facts checked first and its results checked against their types after.
final class Evaluation {
    private Evaluation() {}

    static List<NDArray> of(Node node, List<NDArray> args) {
        for (var fact : node.op().facts(node.args())) check(node, fact, args);
        var results = eval(node, args);
        for (int i = 0; i < node.size(); i++) conforms(node, i, results.get(i));
        return results;
    }

    private static List<NDArray> eval(Node node, List<NDArray> args) {
        try {
            return node.eval(args);
        } catch (IndexError e) {
            throw e.in(node.arg(0).toString(), args.getFirst().shape().toString(), node.origin());
        }
    }

    private static void check(Node node, Fact fact, List<NDArray> args) {
        int placeA = node.args().indexOf(fact.a());
        int placeB = node.args().indexOf(fact.b());
        if (placeA < 0 || placeB < 0) return;   // told of sizes that come as values, which eval checks
        var a = args.get(placeA);
        var b = args.get(placeB);
        if (a.shape().dim(fact.axisA()) != b.shape().dim(fact.axisB()))
            throw mismatch(node, fact, a.shape(), b.shape());
    }

    /// The error of two dimensions that differ at the call, with both operands, their shapes and the user's line.
    static ShapeError mismatch(Node node, Fact fact, Shape shapeA, Shape shapeB) {
        return new ShapeError("""
            %s needs axis %d of %s and axis %d of %s to be equal, but got
              %s: %s
              %s: %s%s
            Pass arrays whose sizes agree, or reshape one of them.""".formatted(
            node.op().name(), fact.axisA(), fact.a(), fact.axisB(), fact.b(), fact.a(), shapeA, fact.b(), shapeB,
            ShapeNotes.of(fact.a(), shapeA, fact.b(), shapeB)), node.origin());
    }

    private static void conforms(Node node, int i, NDArray value) {
        var type = node.types().get(i);
        if (value.dtype() != type.dtype() || !type.admits(value.shape())) throw new TypeError("""
            %s was inferred to be of type %s, but its eval gave %s%s
            The op %s must agree with itself.""".formatted(node, type, value.dtype(), value.shape(), node.op().name()));
    }
}
