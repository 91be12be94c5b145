import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// Every kind of index, alone and together, read and replaced.
void main() {
    var A = dmatrix("A");
    var i = lscalar("i");
    var picks = lvector("picks");
    var mask = tensor("mask", DType.BOOL, -1);
    var read = List.of(A.get(0), A.get(-1), A.get(i), A.get(1, 2), A.get(-1, -1), A.get(i, i), A.get(all(), 0), A.get(all(), i), A.get(range(0, 2)),
        A.get(range(i, 3), range(0, 3, 2)), A.get(range(2, 0, -1)), A.get(from(1), from(-1)), A.get(from(i)), A.get(upTo(-1)), A.get(upTo(i), upTo(2)),
        A.get(newAxis(), 0), A.get(0, newAxis()), A.get(ellipsis(), 1), A.get(ellipsis()), A.get(new int[] {2, 0}), A.get(all(), new int[] {0, 0}),
        A.get(new int[] {0, 1}, new int[] {2, 2}), A.get(picks), A.get(picks, picks), A.get(picks, 0), A.get(new boolean[] {true, false, true}), A.get(mask),
        A.get(mask, 1), A.get(A.gt(5)), A.get(i.plus(1)));
    for (var e : read) say(e, A, i, picks, mask);
    var written = List.of(A.at(0).set(7), A.at(-1).set(A.get(0)), A.at(i, i).add(0.5), A.at(all(), 0).set(A.get(0)), A.at(range(0, 2)).add(A.get(from(1))),
        A.at(from(1), upTo(1)).set(0), A.at(new int[] {0, 0}).add(1), A.at(picks).add(A), A.at(mask).set(0), A.at(A.gt(5)).set(-1), A.at(ellipsis(), i).add(A.get(0)),
        A.at(all()).set(A.T()));
    for (var e : written) say(e, A, i, picks, mask);
    try {
        A.get(0, 1, 2);
    } catch (AgnesiException e) {
        IO.println(e.getMessage());
    }
}

void say(Expr e, Expr... inputs) {
    IO.println(e + " is " + function().inputs(inputs).outputs(e).compile()
        .call(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}, 1, new long[] {2, 0, 2}, new boolean[] {false, true, true}));
}
