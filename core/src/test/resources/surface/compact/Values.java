import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// Arrays: made of any Java value, read back, compared, printed.
void main() {
    for (var made : List.of(NDArray.of(2.5), NDArray.of(2.5f), NDArray.of(2), NDArray.of(2L), NDArray.of(true), NDArray.of(new double[] {1, 2}),
        NDArray.of(new float[] {1, 2}), NDArray.of(new long[] {1, 2}), NDArray.of(new int[] {1, 2}), NDArray.of(new boolean[] {true, false}),
        NDArray.of(new double[][] {{1, 2}, {3, 4}}), NDArray.of(new float[][] {{1}}), NDArray.of(new long[][] {{1}}), NDArray.of(new int[][] {{1}}),
        NDArray.of(new double[][][] {{{1}}}), NDArray.wrap(new double[] {1, 2, 3, 4, 5, 6}, 2, 3), NDArray.zeros(DType.INT32, 2, 2)))
        IO.println(made.dtype() + " " + made.shape() + " " + made);
    var a = NDArray.of(new double[][] {{1, 2}, {3, 4}});
    IO.println(a.get(1, 0) + " " + a.getLong(0, 1) + " " + a.rank() + " " + a.size());
    IO.println(NDArray.of(4.0).toDouble() + " " + NDArray.of(4).toLong());
    IO.println(Arrays.toString(a.toDoubleArray()) + Arrays.toString(a.toFloatArray()) + Arrays.toString(a.toLongArray())
        + Arrays.toString(NDArray.of(new boolean[] {true}).toBooleanArray()) + Arrays.deepToString(a.toDoubleMatrix()));
    IO.println(a.equals(NDArray.wrap(new double[] {1, 2, 3, 4}, 2, 2)) + " " + a.equals(NDArray.of(new int[][] {{1, 2}, {3, 4}})));
    double[] mine = {1, 2};
    var copied = NDArray.of(mine);
    var wrapped = NDArray.wrap(mine, 2);
    mine[0] = 9;
    IO.println(copied + " " + wrapped);
    for (var constant : List.of(constant(1), constant(1L), constant(1.5), constant(1.5f), constant(true), constant(new int[] {1}), constant(new double[][] {{1}}),
        constant(List.of(1, 2)), constant(a)))
        IO.println(constant + " " + constant.type() + " " + constant.isWeak());
    for (var variable : List.of(dscalar("x"), dvector("x"), dvector("x", 3), dmatrix("A"), dmatrix("A", 4, -1), tensor("t", DType.FLOAT32, 2, -1), fvector("x"),
        ivector("i"), lscalar("n"), drow("r"), dcol("c")))
        IO.println(variable + " " + variable.type());
    IO.println(fvector("x").times(0.5).type() + " " + arange(3).type() + " " + constant(new int[] {1}).type() + " " + lvector("n").div(2).type());
}
