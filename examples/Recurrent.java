import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// A recurrent net learns to sum what it hears: a loop, its gradient through all steps, shared weights.
void main() {
    var random = new Random(3);

    // @start region="net"
    var heard = dmatrix("heard");                                  // step × channel
    var wanted = dvector("wanted");
    var w = shared("w", gaussian(random, 8, 8));
    var u = shared("u", gaussian(random, 8, 1));
    var out = shared("out", gaussian(random, 1, 8));

    var states = scan(heard, zeros(8), (x, h) -> tanh(dot(w, h).plus(dot(u, x))));
    var said = dot(states, out.T()).flatten();
    var cost = mean(sqr(said.minus(wanted)));
    var weights = List.of(w, u, out);
    var g = grad(cost, weights);
    // @end

    var builder = function().inputs(heard, wanted).outputs(cost);
    for (int i = 0; i < 3; i++) builder.update(weights.get(i), weights.get(i).minus(clip(g.get(i), -1, 1).times(0.1)));
    var train = builder.name("train").compile();

    double average = 0;
    for (int round = 1; round <= 300; round++) {
        var sequence = new double[10][1];
        var sums = new double[10];
        for (int i = 0; i < 10; i++) {
            sequence[i][0] = 0.3 * random.nextGaussian();
            sums[i] = (i == 0 ? 0 : sums[i - 1]) + sequence[i][0];
        }
        average += train.call(sequence, sums).toDouble() / 100;
        if (round % 100 > 0) continue;
        IO.println("rounds %3d–%3d  mean cost %.3f".formatted(round - 99, round, average));
        average = 0;
    }
}

double[][] gaussian(Random random, int rows, int columns) {
    var values = new double[rows][columns];
    for (var row : values) for (int j = 0; j < columns; j++) row[j] = 0.4 * random.nextGaussian();
    return values;
}
