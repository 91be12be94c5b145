import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// A robot arm of two joints: how its hand moves with the joints, and which angles bring it to a target.
void main() {
    // @start region="jacobian"
    var q = dvector("q", 2);
    var first = q.get(0);
    var both = first.plus(q.get(1));
    var hand = stack(
        cos(first).plus(cos(both).times(0.7)),
        sin(first).plus(sin(both).times(0.7)));
    var J = jacobian(hand, q);

    var f = function(q, outputs(hand, List.of(J)));
    for (var value : f.callAll(new double[] {0.5, 1})) IO.println(value);
    // @end

    var target = dvector("target", 2);
    var newton = function(inputs(q, target), q.plus(solve(J, target.minus(hand))));
    var wanted = new double[] {0.9, 0.9};
    var angles = NDArray.of(new double[] {0.2, 0.8});
    for (int i = 0; i < 6; i++) angles = newton.call(angles, wanted);
    IO.println("angles %.6f %.6f".formatted(angles.get(0), angles.get(1)));
    var reached = function(q, hand).call(angles);
    IO.println("hand   %.6f %.6f".formatted(reached.get(0), reached.get(1)));
}
