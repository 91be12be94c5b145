package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agnesi.error.Required;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.ShapeNotes;

/// Sums of products in Einstein's notation, as in NumPy: `einsum("ij,jk->ik", a, b)`.
///
/// A letter names an axis, `...` any number of them in front that broadcast; letters that the output lacks are summed
/// over, a letter twice in one operand is its diagonal, and without `->` the output has the letters that occur once, in order.
/// Operands are contracted in pairs from the left, each made of [Diagonal], [Sum] and [Contract].
public final class Einsum {
    /// Labels from here on are axes under an ellipsis, counted from its last.
    private static final int ELLIPSIS = 1 << 16;

    private final String subscripts;

    private Einsum(String subscripts) { this.subscripts = Required.of("einsum", "subscripts", subscripts).replace(" ", ""); }

    public static Expr einsum(String subscripts, List<Expr> operands) { return new Einsum(subscripts).of(operands); }

    private Expr of(List<Expr> operands) {
        var sides = subscripts.split("->", -1);
        var inputs = sides[0].split(",", -1);
        if (sides.length > 2) throw wrong("one -> at most");
        if (inputs.length != operands.size()) throw wrong("as many operands as subscripts", operands.size() + " for " + inputs.length);
        var terms = new ArrayList<Term>();
        for (int i = 0; i < inputs.length; i++) terms.add(term(inputs[i], operands.get(i)));
        var out = sides.length == 2 ? explicit(sides[1], terms) : implicit(terms);
        checkSizes(terms);
        return contract(Term.broadcast(terms.stream().map(Term::diagonals).toList(), _ -> true), out);
    }

    private Term term(String letters, Expr x) {
        int dots = letters.indexOf("..."), rank = x.type().rank();
        int named = dots < 0 ? letters.length() : letters.length() - 3;
        if (dots < 0 ? named != rank : named > rank) throw new ShapeError("""
            einsum("%s") needs %s for "%s"%s, but got %s of type %s%s
            Give each axis a letter, or the rest of them "...".""".formatted(subscripts, named == 1
                ? "1 axis" : named + " axes", letters, dots < 0 ? "" : " at least", x, x.type(), ShapeNotes.of(x)));
        return new Term(x, labels(letters, dots < 0 ? 0 : rank - named));
    }

    private List<Integer> labels(String letters, int hidden) {
        var labels = new ArrayList<Integer>();
        for (int i = 0; i < letters.length(); i++) {
            char c = letters.charAt(i);
            if (letters.startsWith("...", i)) {
                for (int h = hidden - 1; h >= 0; h--) labels.add(ELLIPSIS + h);
                i += 2;
            } else if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') labels.add((int) c);
            else throw wrong("letters, commas, one -> and ...", "'" + c + "'");
        }
        return labels;
    }

    private List<Integer> explicit(String letters, List<Term> terms) {
        var out = labels(letters, letters.contains("...") ? (int) hidden(terms).count() : 0);
        for (int label : out) {
            if (terms.stream().noneMatch(t -> t.labels().contains(label)))
                throw wrong("an output made of the operands' letters", "'" + (char) label + "'");
            if (out.indexOf(label) != out.lastIndexOf(label)) throw wrong("each letter once in the output", "'" + (char) label + "' twice");
        }
        return out;
    }

    private static List<Integer> implicit(List<Term> terms) {
        var counts = terms.stream().flatMap(t -> t.labels().stream()).collect(Collectors.groupingBy(label -> label, Collectors.counting()));
        var once = new TreeSet<>(counts.keySet());
        once.removeIf(label -> label >= ELLIPSIS || counts.get(label) > 1);
        return Stream.concat(hidden(terms), once.stream()).toList();
    }

    /// The labels under the longest ellipsis, outermost first.
    private static Stream<Integer> hidden(List<Term> terms) {
        int most = terms.stream().flatMap(t -> t.labels().stream()).mapToInt(label -> label - ELLIPSIS).max().orElse(-1);
        return IntStream.rangeClosed(0, Math.max(-1, most)).mapToObj(h -> ELLIPSIS + most - h);
    }

    private void checkSizes(List<Term> terms) {
        for (var a : terms) for (var b : terms) for (int i = 0; i < a.labels().size(); i++) for (int j = 0; j < b.labels().size(); j++) {
            int sizeA = a.x().type().dim(i), sizeB = b.x().type().dim(j);
            if (a.labels().get(i).equals(b.labels().get(j)) && sizeA != sizeB && Math.min(sizeA, sizeB) >= 0 && sizeA != 1 && sizeB != 1)
                throw new ShapeError("""
                    einsum("%s") needs axis %d of %s and axis %d of %s to be equal, but got
                      %s: %s
                      %s: %s%s
                    A letter stands for one length.""".formatted(
                    subscripts, i, a.x(), j, b.x(), a.x(), a.x().type(), b.x(), b.x().type(), ShapeNotes.of(a.x(), b.x())));
        }
    }

    private static Expr contract(List<Term> terms, List<Integer> out) {
        var left = terms;
        while (left.size() > 1) {
            var rest = left.subList(2, left.size());
            var needed = Stream.concat(out.stream(), rest.stream().flatMap(t -> t.labels().stream())).distinct().toList();
            left = Stream.concat(Stream.of(pair(left.get(0), left.get(1), needed, rest.isEmpty())), rest.stream()).toList();
        }
        return left.getFirst().summed(out).ordered(out);
    }

    /// The product of two terms with the needed labels: in the order needed where it is the last.
    private static Term pair(Term a, Term b, List<Integer> needed, boolean last) {
        var first = a.summed(Stream.concat(needed.stream(), b.labels().stream()).toList());
        var second = b.summed(Stream.concat(needed.stream(), a.labels().stream()).toList());
        var present = Stream.concat(first.labels().stream(), second.labels().stream()).distinct().filter(needed::contains).toList();
        var out = last ? needed : present;
        return new Term(Term.contract(first, second, out), out);
    }

    private TypeError wrong(String wanted, String got) {
        return new TypeError("""
            einsum("%s") needs %s, but got %s
            Write it as in "ij,jk->ik".""".formatted(subscripts, wanted, got));
    }

    private TypeError wrong(String wanted) { return wrong(wanted, "more"); }
}
