package org.agnesi.error;

/// A formula given as text cannot be read, or an operation in it does not fit its operands; the message marks the place.
///
/// ```java
/// formula("2x + 1", x);    // fails: a number is followed by a name
/// formula("2*x + 1", x);   // works
/// ```
public final class FormulaError extends AgnesiException {
    private static final long serialVersionUID = 1L;

    private final int start;

    /// A mistake in `text` from `start` to `end`: `wanted` stands above the marked line, `advice` below.
    public FormulaError(String wanted, String text, int start, int end, String advice) {
        super(wanted + marked(text, start, end) + (advice.isEmpty() ? "" : "\n" + advice));
        this.start = start;
    }

    private FormulaError(String message, int start, AgnesiException cause) {
        super(message, cause);
        this.start = start;
    }

    /// The `mistake` of an operation that stands in `text` from `start` to `end`.
    public static FormulaError in(String text, int start, int end, AgnesiException mistake) {
        var message = mistake.problem();
        int advice = advice(message);
        return new FormulaError(message.substring(0, advice) + marked(text, start, end) + message.substring(advice), start, mistake);
    }

    /// Where the advice begins: at the first line after the first that is not indented.
    private static int advice(String message) {
        int line = message.indexOf('\n');
        while (line >= 0 && line + 1 < message.length() && message.charAt(line + 1) == ' ') line = message.indexOf('\n', line + 1);
        return line < 0 ? message.length() : line;
    }

    /// The position of the mistake in the formula, counted in chars from 0.
    public int start() { return start; }

    /// The line of the mistake with `^` below it; a long line is cut on both sides.
    private static String marked(String text, int start, int end) {
        int from = text.lastIndexOf('\n', start - 1) + 1;
        int to = text.indexOf('\n', start) < 0 ? text.length() : text.indexOf('\n', start);
        int left = start - from > 60 ? start - 50 : from;
        int right = to - start > 60 ? start + 50 : to;
        var before = (left > from ? "… " : "") + text.substring(left, start);
        int width = Math.max(1, Math.min(end, right) - start);
        return "\n    " + before + text.substring(start, right) + (right < to ? " …" : "")
            + "\n    " + before.replaceAll("[^\t]", " ") + "^".repeat(width);
    }
}
