package org.agnesi.cli;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.error.AgnesiException;
import org.agnesi.error.FormulaError;

/// A stretch of an option's value: a mistake in it is shown at its place, as in a formula.
record Word(String typed, int start, int end) {
    static Word of(String typed) { return new Word(typed, 0, typed.length()).strip(); }

    /// What stands there.
    String text() { return typed.substring(start, end); }

    Word from(int offset) { return new Word(typed, start + offset, end).strip(); }

    Word upTo(int offset) { return new Word(typed, start, start + offset).strip(); }

    private Word strip() {
        var text = text();
        int from = start + text.length() - text.stripLeading().length();
        return new Word(typed, from, from + text.strip().length());
    }

    /// The words between commas.
    List<Word> list() {
        var words = new ArrayList<Word>();
        var rest = this;
        for (int comma = rest.text().indexOf(','); comma >= 0; comma = rest.text().indexOf(',')) {
            words.add(rest.upTo(comma));
            rest = rest.from(comma + 1);
        }
        words.add(rest);
        return words;
    }

    FormulaError mistake(String wanted, String advice) { return new FormulaError(wanted, typed, start, end, advice); }

    FormulaError mistake(AgnesiException mistake) { return FormulaError.in(typed, start, end, mistake); }
}
