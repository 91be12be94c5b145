package org.agnesi.symbolic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A graph drawn as SVG: each node below all that it uses, with its type and the user's line.
///
/// Its classes `input`, `constant`, `op` and `result` are for a style sheet. At most [#NODES] nodes, the ones nearest to the results.
public final class Drawing {
    public static final int NODES = 300;
    private static final double LETTER = 7.3;
    private static final int HEIGHT = 56;
    private static final int GAP = 22;
    private static final int STEP = 104;
    private static final int SWEEPS = 4;

    private final List<Node> nodes;
    private final List<Expr> roots;
    private final Map<Node, Box> boxes = new IdentityHashMap<>();
    private final List<List<Box>> layers = new ArrayList<>();
    private final StringBuilder out = new StringBuilder();
    private double width;

    /// Where a node is drawn.
    private static final class Box {
        final Node node;
        final List<String> lines;
        final List<Box> args = new ArrayList<>();
        final List<Box> users = new ArrayList<>();
        final double width;
        int layer = -1;
        double x;

        Box(Node node) {
            this.node = node;
            var types = node.types().stream().map(TensorType::toString).collect(Collectors.joining(", "));
            lines = List.of(cut(DebugPrint.label(node.result(0))), cut(types), node.origin() == null ? "" : node.origin().toString());
            width = 24 + LETTER * lines.stream().mapToInt(String::length).max().orElse(0);
        }

        double middle() { return x + width / 2; }

        private static String cut(String text) { return text.length() <= 32 ? text : text.substring(0, 31) + "…"; }
    }

    private Drawing(List<Expr> roots) {
        this.roots = roots;
        var order = Graph.inOrder(roots);
        nodes = order.subList(Math.max(0, order.size() - NODES), order.size());
    }

    public static String of(List<Expr> roots) {
        var drawing = new Drawing(roots);
        drawing.layer();
        drawing.order();
        return drawing.write();
    }

    /// A node comes below its arguments; what has none comes right above what uses it, and variables come first.
    private void layer() {
        for (var node : nodes) {
            var box = new Box(node);
            boxes.put(node, box);
            for (var arg : node.args()) {
                var from = boxes.get(arg.node());
                if (from == null) continue;
                box.args.add(from);
                from.users.add(box);
                box.layer = Math.max(box.layer, from.layer + 1);
            }
            if (box.layer < 0) box.layer = 0;
        }
        for (var box : boxes(nodes)) if (box.args.isEmpty() && !isInput(box.node))
            box.layer = Math.max(0, box.users.stream().mapToInt(user -> user.layer).min().orElse(1) - 1);
        int deepest = boxes.values().stream().mapToInt(box -> box.layer).max().orElse(0);
        for (int k = 0; k <= deepest; k++) layers.add(new ArrayList<>());
        for (var box : boxes(nodes)) layers.get(box.layer).add(box);
    }

    private List<Box> boxes(List<Node> some) { return some.stream().map(boxes::get).toList(); }

    private static boolean isInput(Node node) { return node.op().symbol(node.args()) instanceof Symbol.Leaf; }

    /// Sweeps down and up, each box drawn to the middle of its neighbours, so that few lines cross.
    private void order() {
        layers.forEach(Drawing::spread);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            for (var layer : down ? layers : layers.reversed()) {
                layer.sort(Comparator.comparingDouble(box -> mean(down ? box.args : box.users, box)));
                spread(layer);
            }
        }
        width = layers.stream().mapToDouble(Drawing::span).max().orElse(0);
        for (var layer : layers) {
            double shift = (width - span(layer)) / 2;
            for (var box : layer) box.x += shift;
        }
    }

    private static double mean(List<Box> neighbours, Box own) {
        return neighbours.stream().mapToDouble(Box::middle).average().orElse(own.middle());
    }

    private static void spread(List<Box> layer) {
        double x = 0;
        for (var box : layer) {
            box.x = x;
            x += box.width + GAP;
        }
    }

    private static double span(List<Box> layer) { return layer.isEmpty() ? 0 : layer.getLast().x + layer.getLast().width; }

    private String write() {
        double height = layers.size() * STEP;
        out.append(text("""
            <svg xmlns="http://www.w3.org/2000/svg" role="img" width="%.0f" height="%.0f" viewBox="-8 -8 %.0f %.0f">
            """, width + 16, height, width + 16, height));
        for (var layer : layers) for (var box : layer) edges(box);
        for (var layer : layers) for (var box : layer) box(box);
        return out.append("</svg>\n").toString();
    }

    private void edges(Box box) {
        for (int k = 0; k < box.args.size(); k++) {
            var from = box.args.get(k);
            double x = box.x + box.width * (k + 1) / (box.args.size() + 1);
            double top = box.layer * STEP;
            double bottom = from.layer * STEP + HEIGHT;
            double bend = (top - bottom) / 2;
            out.append(text("<path d=\"M%.1f %.1f C%.1f %.1f %.1f %.1f %.1f %.1f\"/>\n",
                from.middle(), bottom, from.middle(), bottom + bend, x, top - bend, x, top));
        }
    }

    private void box(Box box) {
        double top = box.layer * STEP;
        out.append(text("<g class=\"%s\"><title>%s</title><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" rx=\"7\"/>",
            kind(box.node), escaped(box.node.toString()), box.x, top, box.width, HEIGHT));
        for (int k = 0; k < box.lines.size(); k++)
            out.append(text("<text class=\"line%d\" x=\"%.1f\" y=\"%.1f\">%s</text>", k, box.middle(), top + 17 + 16 * k,
                escaped(box.lines.get(k))));
        out.append("</g>\n");
    }

    private String kind(Node node) {
        if (roots.stream().anyMatch(root -> root.node() == node)) return "result";
        return !node.args().isEmpty() ? "op" : isInput(node) ? "input" : "constant";
    }

    private static String text(String format, @Nullable Object... values) { return String.format(Locale.ROOT, format, values); }

    /// Text as HTML shows it.
    public static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
