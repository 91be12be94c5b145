import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// Every form of scan.
void main() {
    var us = dvector("us");
    var ws = dvector("ws");
    var x0 = dscalar("x0");
    double[] data = {1, 2, 3};
    say(function(us, scan(us, u -> u.times(2))).call(data));
    say(function(us, scan(List.of(us, us), each -> each.get(0).times(each.get(1)))).call(data));
    say(function(us, scan(us, 0, (u, sum) -> sum.plus(u))).call(data));
    say(function(inputs(us, x0), scan(us, x0, Expr::plus)).call(data, 10));
    say(function(us, scan(us, List.of(constant(0.0), constant(1.0)), (u, s) -> List.of(s.get(0).plus(u), s.get(1).times(u)))).callAll(data));
    say(function(us, scan(us, constant(0.0), constant(1.0), (u, sum, product) -> List.of(sum.plus(u), product.times(u), u.times(3)))).callAll(data));
    say(function(inputs(us, ws), scan(List.of(us, ws), 1, (each, s) -> s.times(each.get(0)).plus(each.get(1)))).call(data, data));
    say(function(inputs(us, ws, x0), scan(List.of(us, ws), x0, (each, s) -> s.times(each.get(0)).plus(each.get(1)))).call(data, data, 1));
    say(function(inputs(us, ws, x0), scan(List.of(us, ws), List.of(x0, constant(0)), (each, s) -> List.of(s.get(0).plus(each.get(0)),
        s.get(1).plus(each.get(1)), each.get(0)))).callAll(data, data, 1));
    say(function(us, scan(us, constant(0), constant(1), constant(2), (u, a, b, c) -> List.of(b, c, a.plus(u)))).callAll(data));
    var loop = scan();
    var u = loop.over(us);
    var before = loop.over(us, -1);
    var s = loop.state(x0);
    s.next(s.previous().plus(u.times(before)));
    loop.collect(u.minus(before));
    say(function(inputs(us, x0), outputs(s.all(), s.last())).callAll(data, 100));
    var count = shared("count", 0);
    var counting = scan();
    counting.update(count, count.plus(1));
    counting.steps(3);
    var c = counting.state(x0);
    c.next(c.previous().plus(1));
    say(function(x0, c.last()).call(5) + " " + count.value());
}

void say(Object value) { IO.println(value); }
