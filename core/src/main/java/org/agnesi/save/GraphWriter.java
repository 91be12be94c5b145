package org.agnesi.save;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.agnesi.error.FileError;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Shared;
import org.jspecify.annotations.Nullable;

/// A function as text: one line per node, inputs before users.
public final class GraphWriter {
    static final int VERSION = 1;

    private final OpNames names = new OpNames();
    private final Codec codec = new Codec(new Codec.Graphs() {
        @Override public Object write(Lambda lambda) { return graph(lambda); }
        @Override public Lambda read(@Nullable Object json) { throw new UnsupportedOperationException("a writer"); }
    });

    private GraphWriter() {}

    public static String write(Document document) { return new GraphWriter().text(document); }

    private String text(Document document) {
        var roots = new ArrayList<>(document.inputs());
        roots.addAll(document.outputs());
        roots.addAll(document.updates().keySet());
        roots.addAll(document.updates().values());
        var ids = new IdentityHashMap<Expr, Long>();
        var nodes = nodes(Graph.inOrder(roots), ids).stream().map(Json::write).collect(Collectors.joining(",\n  "));
        var updates = document.updates().entrySet().stream().map(e -> List.of(ids.get(e.getKey()), ids.get(e.getValue()))).toList();
        return """
            {"format": "agnesi", "version": %d, "name": %s, "mode": %s,
             "nodes": [
              %s
             ],
             "inputs": %s, "outputs": %s, "updates": %s}
            """.formatted(VERSION, Json.write(document.name()), Json.write(document.mode()), nodes,
            Json.write(ids(document.inputs(), ids)), Json.write(ids(document.outputs(), ids)), Json.write(updates));
    }

    private static List<Long> ids(List<Expr> exprs, Map<Expr, Long> ids) { return exprs.stream().map(ids::get).toList(); }

    private List<Map<String, @Nullable Object>> nodes(List<Node> order, Map<Expr, Long> ids) {
        var nodes = new ArrayList<Map<String, @Nullable Object>>(order.size());
        for (var node : order) {
            nodes.add(node(node, ids));
            for (var result : node.results()) ids.put(result, (long) ids.size());
        }
        return nodes;
    }

    private Map<String, @Nullable Object> node(Node node, Map<Expr, Long> ids) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        if (node.result(0) instanceof Shared shared) {
            members.put("shared", shared.name());
            members.put("value", ArrayText.write(shared.value()));
            return members;
        }
        if (!(node.op() instanceof Record op)) throw new FileError("""
            the op %s cannot be saved: it is no record
            Write it as a record, and name it in an OpProvider.""".formatted(node.op().name()));
        members.put("op", names.name(node.op()));
        var with = codec.write(op);
        if (!with.isEmpty()) members.put("with", with);
        if (!node.args().isEmpty()) members.put("args", ids(node.args(), ids));
        var name = node.result(0).name();
        if (name != null && !(node.op() instanceof Variable(var label, var _) && label.equals(name))) members.put("name", name);
        return members;
    }

    /// A graph inside of an op; its params come first.
    private Object graph(Lambda lambda) {
        var ids = new IdentityHashMap<Expr, Long>();
        var roots = new ArrayList<>(lambda.params());
        roots.addAll(lambda.results());
        var members = new LinkedHashMap<String, Object>();
        members.put("params", lambda.params().size());
        members.put("nodes", nodes(Graph.inOrder(roots), ids));
        members.put("results", ids(lambda.results(), ids));
        return members;
    }
}
