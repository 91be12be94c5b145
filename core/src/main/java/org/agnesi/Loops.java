package org.agnesi;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.agnesi.error.LoopError;
import org.agnesi.error.Required;
import org.agnesi.symbolic.Expr;

/// The short forms of loops, in terms of [Loop].
final class Loops {
    private Loops() {}

    static Expr map(Expr sequence, Function<Expr, Expr> step) {
        stepped(step);
        return map(Required.all("scan", "a sequence", sequence), in -> step.apply(in.getFirst()));
    }

    static Expr map(List<? extends Expr> sequences, Function<List<Expr>, Expr> step) {
        stepped(step);
        var loop = new Loop();
        return loop.collect(Required.result("scan", step.apply(over(loop, sequences)))).all();
    }

    static Expr fold(Expr sequence, Expr initial, BinaryOperator<Expr> step) {
        stepped(step);
        return fold(Required.all("scan", "a sequence", sequence), initial, (in, state) -> step.apply(in.getFirst(), state));
    }

    static Expr fold(List<? extends Expr> sequences, Expr initial, BiFunction<List<Expr>, Expr, Expr> step) {
        stepped(step);
        var loop = new Loop();
        var x = over(loop, sequences);
        var state = loop.state(initial);
        return state.next(Required.result("scan", step.apply(x, state.previous()))).all();
    }

    static List<Expr> fold(Expr sequence, List<? extends Expr> initial, BiFunction<Expr, List<Expr>, List<Expr>> step) {
        stepped(step);
        return fold(Required.all("scan", "a sequence", sequence), initial, (in, states) -> step.apply(in.getFirst(), states));
    }

    static List<Expr> fold(List<? extends Expr> sequences, List<? extends Expr> initial, BiFunction<List<Expr>,
        List<Expr>, List<Expr>> step) {
        stepped(step);
        var loop = new Loop();
        var x = over(loop, sequences);
        var states = Required.<Expr>all("scan", "an initial value", initial).stream().map(loop::state).toList();
        var before = new Handed("state", "initial value", initial, states.stream().map(Loop.State::previous).toList());
        var results = Required.result("scan", step.apply(x, before));
        if (results.size() < states.size()) throw new LoopError("""
            a step gives the next value of each state, %d in all, but it gave %d results
            What follows the states is collected.""".formatted(states.size(), results.size()));
        IntStream.range(0, states.size()).forEach(k -> states.get(k).next(results.get(k)));
        results.subList(states.size(), results.size()).forEach(loop::collect);
        return loop.all();
    }

    static List<Expr> fold(Expr sequence, Step2 step, Expr... initial) {
        stepped(step);
        return fold(sequence, Required.all("scan", "an initial value", initial), (e, s) -> step.apply(e, s.get(0), s.get(1)));
    }

    static List<Expr> fold(Expr sequence, Step3 step, Expr... initial) {
        stepped(step);
        return fold(sequence, Required.all("scan", "an initial value", initial), (e, s) -> step.apply(e, s.get(0), s.get(1), s.get(2)));
    }

    private static void stepped(Object step) { Required.of("scan", "a step", step); }

    private static List<Expr> over(Loop loop, List<? extends Expr> sequences) {
        var elements = Required.<Expr>all("scan", "a sequence", sequences).stream().map(e -> loop.over(e)).toList();
        return new Handed("element", "sequence", sequences, elements);
    }
}
