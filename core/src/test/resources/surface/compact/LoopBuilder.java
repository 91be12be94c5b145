import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// Loops told part by part: taps, several states, until, steps, backwards, truncation, updates.
void main() {
    var us = dvector("us");
    var x0 = dscalar("x0");
    double[] data = {1, 2, 3, 4};

    var loop = scan();
    var u = loop.over(us);
    var after = loop.over(us, 1);
    var s = loop.state(x0);
    var fibonacci = loop.state(us.get(upTo(2)), 2);
    s.next(s.previous().plus(u.times(after)));
    fibonacci.next(fibonacci.previous(1).plus(fibonacci.previous(2)));
    var differences = loop.collect(after.minus(u));
    say(function(inputs(us, x0), outputs(s.all(), s.last(), fibonacci.all(), fibonacci.last(), differences.all())).callAll(data, 10));
    say(function(us, loop.steps()).call(data));
    say(function(inputs(us, x0), grad(s.last(), us)).call(data, 10));

    var doubling = scan();
    var d = doubling.state(1.0);
    d.next(d.previous().times(2));
    doubling.until(d.previous().gt(x0)).steps(100);
    say(function(x0, outputs(d.last(), doubling.steps())).callAll(10));

    var n = lscalar("n");
    var powers = scan().steps(n);
    var p = powers.state(x0);
    p.next(p.previous().times(x0));
    say(function(inputs(n, x0), outputs(p.last(), grad(p.last(), x0))).callAll(3, 2));

    var backwards = scan().backwards();
    var e = backwards.over(us);
    var total = backwards.state(constant(0));
    total.next(total.previous().plus(e));
    say(function(us, total.all()).call(data));

    var truncated = scan().truncateGradient(2);
    var element = truncated.over(us);
    var t = truncated.state(x0);
    t.next(t.previous().times(element));
    say(function(inputs(us, x0), grad(t.last(), us)).call(data, 1));

    var count = shared("count", 0);
    var counting = scan().steps(3).update(count, count.plus(1));
    var c = counting.state(x0);
    c.next(c.previous().plus(1));
    say(function(x0, c.last()).call(5) + " " + count.value());
    try {
        say(u.plus(1));
        function(us, u.plus(1));
    } catch (AgnesiException problem) {
        say(problem.getMessage());
    }
}

void say(Object value) { IO.println(value); }
