import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// An orbit by leapfrog steps in a loop; how its end depends on its start, and the start that hits a target.
void main() {
    // @start region="orbit"
    var r0 = dvector("r0", 2);
    var v0 = dvector("v0", 2);
    double dt = 0.05;
    var states = scan(arange(80), r0, v0, (_, r, v) -> {
        var half = v.plus(pull(r).times(dt / 2));
        var then = r.plus(half.times(dt));
        return List.of(then, half.plus(pull(then).times(dt / 2)));
    });
    var end = states.getFirst().get(-1);
    var sensitivity = jacobian(end, v0);
    // @end

    var start = new double[] {1, 0};
    var circle = new double[] {0, 1};
    var reached = function(inputs(r0, v0), end).call(start, circle);
    IO.println("after t = 4: %.4f %.4f, exact: %.4f %.4f".formatted(reached.get(0), reached.get(1), Math.cos(4), Math.sin(4)));
    var J = function(inputs(r0, v0), sensitivity).call(start, circle);
    IO.println("d end / d v0 = [[%.3f %.3f] [%.3f %.3f]]".formatted(J.get(0, 0), J.get(0, 1), J.get(1, 0), J.get(1, 1)));

    // Shooting: Newton's method on the initial velocity.
    var target = dvector("target", 2);
    var correct = function(inputs(r0, v0, target), v0.minus(solve(sensitivity, end.minus(target))));
    var velocity = NDArray.of(circle);
    for (int i = 0; i < 6; i++) velocity = correct.call(start, velocity, new double[] {-1, -0.5});
    var hit = function(inputs(r0, v0), end).call(start, velocity);
    IO.println("v0 = %.5f %.5f reaches %.5f %.5f".formatted(velocity.get(0), velocity.get(1), hit.get(0), hit.get(1)));
}

/// Gravity towards the origin, −r/|r|³.
Expr pull(Expr r) { return r.div(pow(sum(sqr(r)), 1.5)).neg(); }
