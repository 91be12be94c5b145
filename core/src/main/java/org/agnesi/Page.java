package org.agnesi;

import java.util.Optional;
import org.agnesi.kernel.Cost;
import org.agnesi.symbolic.Drawing;

/// A compiled function as a page of HTML that needs nothing else: its graph, its kernels, the rewrites that led there, and the cost.
final class Page {
    /// Characters of one text above which it is cut.
    private static final int LONGEST = 100_000;

    private static final String STYLE = """
        :root { color-scheme: light dark; --paper: #fff; --ink: #1c1e21; --soft: #6b7280; --line: #d4d8de; --block: #f6f7f9;
          --input: #e3efff; --constant: #f4efe2; --result: #dff5e6; }
        @media (prefers-color-scheme: dark) { :root { --paper: #15171a; --ink: #e6e8eb; --soft: #9aa3af; --line: #3b424c;
          --block: #1d2024; --input: #1b3354; --constant: #3a3424; --result: #1c4029; } }
        body { margin: 0 auto; max-width: 76rem; padding: 2rem 1.5rem 4rem; background: var(--paper); color: var(--ink);
          font: 16px/1.5 system-ui, sans-serif; }
        h1 { margin: 0; font-size: 1.6rem; }
        h2 { margin: 2.2rem 0 .6rem; font-size: 1.1rem; }
        p { color: var(--soft); margin: .3rem 0; }
        pre, .graph { margin: 0; padding: 1rem; background: var(--block); border: 1px solid var(--line); border-radius: 8px;
          overflow: auto; }
        .graph { max-height: 44rem; }
        pre, code, svg { font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; }
        svg { display: block; margin: 0 auto; }
        svg path { fill: none; stroke: var(--soft); stroke-opacity: .55; }
        svg rect { fill: var(--paper); stroke: var(--line); }
        svg text { fill: var(--ink); text-anchor: middle; font-size: 12px; }
        svg .line0 { font-weight: 600; }
        svg .line1, svg .line2 { fill: var(--soft); }
        svg .input rect { fill: var(--input); }
        svg .constant rect { fill: var(--constant); }
        svg .result rect { fill: var(--result); }
        """;

    private final StringBuilder out = new StringBuilder();

    private Page() {}

    static String of(Compiled f, Optional<Cost> cost) {
        var page = new Page();
        var name = Drawing.escaped(f.name());
        page.out.append("""
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>%s</title>
            <style>
            %s</style>
            <h1>%s</h1>
            <p><code>%s</code></p>
            """.formatted(name, STYLE, name, Drawing.escaped(f.signature())));
        page.section("Formula", f.pp());
        page.graph(f);
        page.section("Kernels", f.kernels());
        cost.ifPresent(c -> page.section("Cost of a call", c.toString()));
        page.section("Rewrites", f.explain());
        return page.out.append("</html>\n").toString();
    }

    private void section(String title, String text) {
        out.append("<h2>").append(title).append("</h2>\n<pre>");
        out.append(Drawing.escaped(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "\n…")).append("</pre>\n");
    }

    private void graph(Compiled f) {
        out.append("<h2>Graph</h2>\n<div class=\"graph\">\n").append(Drawing.of(f.graph())).append("</div>\n");
    }
}
