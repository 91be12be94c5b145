package org.agnesi.cli;

import java.io.PrintWriter;
import org.agnesi.array.NDArray;
import picocli.CommandLine.Help.Ansi;

/// What a command prints: headings, indented blocks, values.
final class Report {
    private static final String INDENT = "    ";

    private final PrintWriter out;
    private boolean first = true;

    Report(PrintWriter out) { this.out = out; }

    /// A heading, bold on a terminal, and a block below it.
    void block(String heading, String note, String text) {
        if (!first) out.println();
        first = false;
        out.println(Ansi.AUTO.string("@|bold " + heading + "|@") + (note.isEmpty() ? "" : "  " + note));
        out.println(text.indent(INDENT.length()).stripTrailing());
    }

    /// `name = value`; an array of several rows is aligned behind the sign.
    void value(String name, NDArray value) {
        var start = name + " = ";
        out.println(start + value.toString().replaceAll("\n(?!\n)", "\n" + " ".repeat(start.length())));
    }

    void line(String text) {
        out.println(text);
        first = false;
    }
}
