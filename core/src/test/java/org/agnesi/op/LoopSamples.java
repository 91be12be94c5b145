package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.agnesi.derive.Gradient;
import org.agnesi.symbolic.Expr;

/// Samples of scan, ifElse, call, draws, prints, asserts.
final class LoopSamples {
    private LoopSamples() {}

    static List<Sample> all() {
        return List.of(
            Sample.of("map", in -> map(in.get(0), (x, loop) -> Mul.mul(x, Exp.exp(x))), Input.of(4, 2)),
            Sample.of("map with a capture", in -> map(in.get(0), (x, loop) -> Mul.mul(x, in.get(1))), Input.of(4), Input.of(3)),
            Sample.of("map of no rows", in -> map(in.get(0), (x, loop) -> Mul.mul(x, in.get(1))), Input.of(0, 2), Input.of(2)),
            Sample.of("map inside a map", in -> map(in.get(0), (row, loop) -> map(row, (x, inner) -> Mul.mul(Mul.mul(x, x), in.get(1)))), Input.of(3, 2), Input.of()),
            Sample.all("fold", in -> fold(in.get(0), in.get(1), (x, s) -> Add.add(Mul.mul(s, in.get(2)), Mul.mul(x, x))), Input.of(4, 2), Input.of(2), Input.of()),
            Sample.all("fold of no rows", in -> fold(in.get(0), in.get(1), (x, s) -> Mul.mul(s, x)), Input.of(0, 2), Input.of(2)),
            Sample.all("fold from a literal", in -> fold(in.get(0), constant(1), (x, s) -> Mul.mul(s, x)), Input.of(4)),
            Sample.all("fold inside a fold", in -> fold(in.get(0), in.get(1), (row, s) ->
                Rows.last(fold(row, s, (x, t) -> Add.add(Mul.mul(t, t), x)).getFirst(), s, false)), Input.of(3, 2).between(-0.5, 0.5), Input.of().between(-0.5, 0.5)),
            Sample.all("two states that cross", LoopSamples::crossing, Input.of(3), Input.of(), Input.of()),
            Sample.all("two earlier values", LoopSamples::fibonacci, Input.of(4, 2), Input.of(2, 2)),
            Sample.all("only a far value", LoopSamples::far, Input.of(5), Input.of(3)),
            Sample.of("neighbours", in -> neighbours(in.get(0)), Input.of(6)),
            Sample.all("sequences of several lengths", LoopSamples::lengths, Input.of(5), Input.of(3, 2), Input.of(2)),
            Sample.all("until", LoopSamples::until, Input.of(6).between(0.5, 1), Input.of().between(0.2, 0.4))
                .except(Sample.Except.BATCH),   // each row would have its own number of steps
            Sample.all("until a count", LoopSamples::untilCount, Input.of(6), Input.of(2)),
            Sample.all("backwards", LoopSamples::backwards, Input.of(4), Input.of()),
            Sample.all("a number of steps", LoopSamples::steps, Input.of(2).between(-0.7, 0.7)),
            Sample.all("truncated", LoopSamples::truncated, Input.of(5), Input.of(), Input.of()).except(Sample.Except.SURROGATE),
            Sample.all("nothing but a count", LoopSamples::counting, Input.of(4)),
            Sample.all("the gradient of a loop of few states", LoopSamples::fewStates, Input.of(5, 2), Input.of(2), Input.of()),

            Sample.of("uniform", in -> Uniform.uniform(in.getFirst(), 3, 2), Input.indices(1000)).except(Sample.Except.DERIVATIVE),
            Sample.of("uniform of several keys", in -> Uniform.uniform(in.getFirst(), 3), Input.indices(1000, 2)).except(Sample.Except.DERIVATIVE),
            Sample.of("normal", in -> Normal.normal(in.getFirst(), 5), Input.indices(1000)).except(Sample.Except.DERIVATIVE),
            Sample.of("a noisy map", in -> Mul.mul(in.getFirst(), Normal.normal(Subkey.key(Constant.index(1)), in.getFirst().length())), Input.of(3)),
            Sample.binary("subkey", Subkey::subkey, Input.indices(1000, 2), Input.indices(1000, 2)).in(org.agnesi.array.DType.INT64),

            Sample.of("ifElse", in -> IfElse.ifElse(in.get(0), Mul.mul(in.get(1), in.get(1)), Exp.exp(in.get(1))), Input.bools(), Input.of(3)),
            Sample.of("ifElse of two shapes", in -> IfElse.ifElse(in.get(0), in.get(1), in.get(2)), Input.bools(), Input.of(3), Input.of(2))
                .except(Sample.Except.BATCH, Sample.Except.KNOWN_SHAPE),   // rows of two lengths; sizes that differ are known to
            Sample.of("ifElse of scalars", in -> IfElse.ifElse(in.get(0), Sqrt.sqrt(in.get(1)), in.get(2)), Input.bools(), Input.of().positive(), Input.of()),
            Sample.all("branch", in -> SinkBranches.sink(IfElse.ifElse(in.get(0),
                List.of(Mul.mul(in.get(1), in.get(2)), Mul.mul(in.get(2), constant(1))),
                List.of(Exp.exp(in.get(1)), Mul.mul(in.get(1), in.get(1))))), Input.bools(), Input.of(3), Input.of(3)),
            Sample.all("call", in -> Call.call("f", in, x -> List.of(Mul.mul(x.get(0), x.get(1)), Exp.exp(x.get(1)))), Input.of(3), Input.of(3)),
            Sample.all("call with a gradient of its own", in -> Call.customGradient("cube", in,
                x -> List.of(Mul.mul(x.get(0), Mul.mul(x.get(0), x.get(0)))),
                (x, g) -> List.of(Mul.mul(g.getFirst(), Mul.mul(constant(3), Mul.mul(x.get(0), x.get(0)))))), Input.of(3)),
            Sample.all("checkpoint", in -> Call.checkpoint(in, x -> List.of(Mul.mul(Exp.exp(x.get(0)), x.get(1)), Exp.exp(x.get(1)))), Input.of(3), Input.of(3)),
            Sample.of("again", in -> Mul.mul(Again.again(in.get(0), in.get(1)), in.get(0)), Input.of(3), Input.of(2)),
            Sample.unary("print", x -> Mul.mul(Print.print(x, "x"), x), Input.of(3)),
            Sample.unary("check", x -> Assert.check(Log.log(x), "x is positive", Compare.gt(x, constant(0))), Input.of(3).positive()));
    }

    private static Expr map(Expr xs, BiFunction<Expr, OpenLoop, Expr> step) {
        var loop = new OpenLoop();
        loop.collect(step.apply(loop.over(xs, 0), loop));
        return loop.finish().collected().getFirst();
    }

    private static List<Expr> fold(Expr xs, Expr initial, BiFunction<Expr, Expr, Expr> step) {
        var loop = new OpenLoop();
        var state = loop.state(initial, 1);
        state.next(step.apply(loop.over(xs, 0), state.previous(1)));
        var done = loop.finish();
        return List.of(done.all().getFirst(), done.last().getFirst());
    }

    private static List<Expr> fewStates(List<Expr> in) {
        var loop = new OpenLoop();
        loop.saveEvery(2);
        var state = loop.state(in.get(1), 1);
        state.next(Sin.sin(Add.add(Mul.mul(state.previous(1), in.get(2)), loop.over(in.get(0), 0))));
        var done = loop.finish();
        return Gradient.grad(Add.add(Sum.sum(Mul.mul(done.all().getFirst(), in.get(0))), Sum.sum(done.last().getFirst())), in);
    }

    private static List<Expr> crossing(List<Expr> in) {
        var loop = new OpenLoop();
        var x = loop.over(in.get(0), 0);
        var a = loop.state(in.get(1), 1);
        var b = loop.state(in.get(2), 1);
        a.next(Mul.mul(b.previous(1), x));
        b.next(Add.add(a.previous(1), Mul.mul(x, b.previous(1))));
        loop.collect(Mul.mul(a.previous(1), b.previous(1)));
        var done = loop.finish();
        return List.of(done.all().get(0), done.last().get(1), done.collected().getFirst());
    }

    private static List<Expr> fibonacci(List<Expr> in) {
        var loop = new OpenLoop();
        var s = loop.state(in.get(1), 2);
        s.next(Add.add(Mul.mul(s.previous(1), s.previous(2)), loop.over(in.get(0), 0)));
        var done = loop.finish();
        return List.of(done.all().getFirst(), done.last().getFirst());
    }

    private static List<Expr> far(List<Expr> in) {
        var loop = new OpenLoop();
        var s = loop.state(in.get(1), 3);
        s.next(Mul.mul(s.previous(3), loop.over(in.get(0), 0)));
        return loop.finish().all();
    }

    private static Expr neighbours(Expr x) {
        var loop = new OpenLoop();
        loop.collect(Sub.sub(Mul.mul(loop.over(x, -1), loop.over(x, 2)), Mul.mul(loop.over(x, 0), loop.over(x, 0))));
        return loop.finish().collected().getFirst();
    }

    private static List<Expr> lengths(List<Expr> in) {
        var loop = new OpenLoop();
        var s = loop.state(in.get(2), 1);
        s.next(Add.add(Mul.mul(s.previous(1), loop.over(in.get(0), 1)), loop.over(in.get(1), 0)));
        return loop.finish().all();
    }

    private static List<Expr> until(List<Expr> in) {
        var loop = new OpenLoop();
        var s = loop.state(in.get(1), 1);
        var next = Add.add(s.previous(1), Mul.mul(loop.over(in.get(0), 0), in.get(1)));
        s.next(next);
        loop.collect(Mul.mul(next, next));
        loop.until(Compare.gt(next, constant(1)));
        var done = loop.finish();
        return List.of(done.all().getFirst(), done.last().getFirst(), done.collected().getFirst(), done.steps());
    }

    private static List<Expr> untilCount(List<Expr> in) {
        var loop = new OpenLoop();
        var i = loop.state(constant(0), 1);
        var s = loop.state(in.get(1), 1);
        i.next(Add.add(i.previous(1), constant(1)));
        s.next(Mul.mul(s.previous(1), loop.over(in.get(0), 0)));
        loop.until(Compare.ge(i.previous(1), constant(3)));
        var done = loop.finish();
        return List.of(done.all().get(1), done.last().get(1), done.last().get(0));
    }

    private static List<Expr> backwards(List<Expr> in) {
        var loop = new OpenLoop();
        loop.backwards();
        var s = loop.state(in.get(1), 1);
        s.next(Add.add(Mul.mul(s.previous(1), loop.over(in.get(0), 0)), loop.over(in.get(0), 1)));
        return loop.finish().all();
    }

    private static List<Expr> steps(List<Expr> in) {
        var loop = new OpenLoop();
        loop.steps(Constant.index(3));
        var s = loop.state(in.get(0), 1);
        s.next(Mul.mul(s.previous(1), s.previous(1)));
        return loop.finish().last();
    }

    private static List<Expr> truncated(List<Expr> in) {
        var loop = new OpenLoop();
        loop.window(3);
        var s = loop.state(in.get(1), 1);
        s.next(Add.add(Mul.mul(s.previous(1), in.get(2)), loop.over(in.get(0), 0)));
        return loop.finish().all();
    }

    /// An integer state beside a floating one.
    private static List<Expr> counting(List<Expr> in) {
        var loop = new OpenLoop();
        var i = loop.state(constant(1), 1);
        i.next(Add.add(i.previous(1), constant(1)));
        loop.collect(Mul.mul(loop.over(in.get(0), 0), i.previous(1)));
        var done = loop.finish();
        var all = new ArrayList<>(done.all());
        all.addAll(done.collected());
        return all;
    }
}
