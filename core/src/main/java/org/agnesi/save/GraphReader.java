package org.agnesi.save;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.error.AgnesiException;
import org.agnesi.error.FileError;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Op;
import org.agnesi.symbolic.Origin;
import org.agnesi.symbolic.Shared;
import org.jspecify.annotations.Nullable;

/// Text as a function: every node is built and typed as if the user had written it, so that a file cannot say anything that code could not.
public final class GraphReader {
    private final OpNames names = new OpNames();
    private final Codec codec = new Codec(new Codec.Graphs() {
        @Override public Object write(Lambda lambda) { throw new UnsupportedOperationException("a reader"); }
        @Override public Lambda read(@Nullable Object json) { return graph(json); }
    });

    private GraphReader() {}

    /// The function that a text describes; its shared variables are new ones.
    ///
    /// @throws FileError if the text is cut short or was not written by [GraphWriter]
    public static Document read(String text) {
        try {
            return file(text);
        } catch (FileError e) {
            throw e;
        } catch (AgnesiException e) {
            throw new FileError("a saved function needs values that can be, but %s".formatted(e.reason()), e);
        }
    }

    private static Document file(String text) {
        var file = Members.of("a saved function", Json.read(text));
        if (!"agnesi".equals(file.get("format"))) throw file.wrongFormat("agnesi");
        if (file.integer("version") > GraphWriter.VERSION) throw new FileError("""
            a saved function of version %d or less is needed, but got version %d
            Read it with a newer version of this library.""".formatted(GraphWriter.VERSION, file.integer("version")));
        return Origin.inherit(null, () -> new GraphReader().document(file));
    }

    private Document document(Members file) {
        var exprs = nodes(file.list("nodes"));
        var updates = new LinkedHashMap<Shared, Expr>();
        for (var update : file.list("updates")) {
            if (!(update instanceof List<?> pair) || pair.size() != 2 || !(at(exprs, pair.get(0)) instanceof Shared shared))
                throw new FileError(
                "an update needs a shared variable and an expression, but got " + Members.brief(update));
            updates.put(shared, at(exprs, pair.get(1)));
        }
        return new Document(file.string("name"), file.string("mode"), all(exprs, file.list("inputs")),
            all(exprs, file.list("outputs")), updates);
    }

    private List<Expr> nodes(List<@Nullable Object> nodes) {
        var exprs = new ArrayList<Expr>(nodes.size());
        for (int k = 0; k < nodes.size(); k++) exprs.addAll(node(Members.of("node " + k, nodes.get(k)), exprs));
        return exprs;
    }

    private List<Expr> node(Members node, List<Expr> before) {
        if (node.has("shared")) return List.of(Shared.shared(node.string("shared"), ArrayText.read(node.get("value"))));
        var name = node.string("op");
        var with = Members.of(node.what() + ", " + name + ",", node.has("with") ? node.get("with") : Map.of());
        var op = codec.read(names.op(name), with);
        var results = apply(node, name, op, node.has("args") ? all(before, node.list("args")) : List.of());
        if (op instanceof Variable variable) results.getFirst().named(variable.label());
        if (node.has("name")) results.getFirst().named(node.string("name"));
        return results;
    }

    private static List<Expr> apply(Members node, String name, Op op, List<Expr> args) {
        try {
            return Expr.all(op, args);
        } catch (AgnesiException e) {
            throw new FileError("%s, %s, is refused: %s".formatted(node.what(), name, e.reason()), e);
        } catch (RuntimeException e) {
            throw new FileError("%s, %s, cannot be applied to %d arguments".formatted(node.what(), name, args.size()), e);
        }
    }

    private static List<Expr> all(List<Expr> exprs, List<@Nullable Object> ids) { return ids.stream().map(id -> at(exprs, id)).toList(); }

    /// An expression that was read before: so there are no cycles.
    private static Expr at(List<Expr> exprs, @Nullable Object id) {
        if (id instanceof Long k && k >= 0 && k < exprs.size()) return exprs.get(k.intValue());
        throw new FileError("an expression's number from 0 to %d is needed, but got %s".formatted(exprs.size() - 1, Members.brief(id)));
    }

    private Lambda graph(@Nullable Object json) {
        var graph = Members.of("a graph", json);
        var exprs = nodes(graph.list("nodes"));
        int params = graph.integer("params");
        if (params < 0 || params > exprs.size() || !exprs.subList(0, params).stream().allMatch(e -> e.node().op() instanceof Variable))
            throw new FileError(
            "a graph needs its %d params as its first nodes".formatted(params));
        return new Lambda(exprs.subList(0, params), all(exprs, graph.list("results")));
    }
}
