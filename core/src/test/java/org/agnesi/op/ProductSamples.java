package org.agnesi.op;

import static org.agnesi.array.DType.BOOL;
import static org.agnesi.array.DType.INT32;
import static org.agnesi.array.DType.INT64;
import static org.agnesi.op.Sample.binary;
import static org.agnesi.op.Sample.of;
import static org.agnesi.op.Sample.unary;

import java.util.List;
import java.util.stream.Stream;
import org.agnesi.Tensors;

/// Samples of dot, outer, einsum.
final class ProductSamples {
    private ProductSamples() {}

    static List<Sample> all() { return Stream.of(dots(), einsums(), diagonals()).flatMap(List::stream).toList(); }

    private static List<Sample> dots() {
        return List.of(
            binary("dot of vectors", Tensors::dot, Input.of(4), Input.of(4)).and(INT32, BOOL),
            binary("dot of a scalar", Tensors::dot, Input.of(), Input.of(2, 3)),
            binary("dot of matrix and vector", Tensors::dot, Input.of(3, 4), Input.of(4)).and(INT32),
            binary("dot of vector and matrix", Tensors::dot, Input.of(3), Input.of(3, 4)),
            binary("dot of matrices", Tensors::dot, Input.of(3, 4), Input.of(4, 2)).and(INT64),
            binary("dot of a transposed matrix", (a, b) -> Tensors.dot(a.T(), b), Input.of(4, 3), Input.of(4, 2)),
            binary("dot of 3-D and vector", Tensors::dot, Input.of(2, 3, 4), Input.of(4)),
            binary("dot of 3-D and 4-D", Tensors::dot, Input.of(2, 1, 3), Input.of(2, 2, 3, 2)),
            binary("dot over nothing", Tensors::dot, Input.of(2, 0), Input.of(0, 3)),
            unary("dot with itself", x -> Tensors.dot(x, x), Input.of(4)),
            binary("matmul", Tensors::matmul, Input.of(2, 3, 4), Input.of(2, 4, 2)).and(INT32),
            binary("matmul by one matrix", Tensors::matmul, Input.of(2, 3, 4), Input.of(4, 2)),
            binary("matmul of a broadcast batch", Tensors::matmul, Input.of(1, 2, 3, 4), Input.of(2, 1, 4, 2)),
            binary("matmul by a vector", Tensors::matmul, Input.of(2, 3, 4), Input.of(4)),
            binary("matmul of a vector", Tensors::matmul, Input.of(4), Input.of(2, 4, 3)),
            binary("outer", Tensors::outer, Input.of(3), Input.of(4)).and(INT32),
            binary("outer of matrices", Tensors::outer, Input.of(2, 2), Input.of(3)),
            binary("tensordot over two", (a, b) -> Tensors.tensordot(a, b, 2), Input.of(2, 3, 4), Input.of(3, 4, 2)),
            binary("tensordot over none", (a, b) -> Tensors.tensordot(a, b, 0), Input.of(2, 3), Input.of(2)),
            binary("tensordot of named axes", (a, b) -> Tensors.tensordot(a, b, new int[] {0, -1}, new int[] {1, 0}), Input.of(2, 3, 4), Input.of(4, 2, 3)));
    }

    private static List<Sample> einsums() {
        return List.of(
            binary("einsum product", (a, b) -> Tensors.einsum("ij,jk->ik", a, b), Input.of(2, 3), Input.of(3, 4)).and(INT32),
            binary("einsum implicit, transposed", (a, b) -> Tensors.einsum("kj,ij", a, b), Input.of(2, 3), Input.of(4, 3)),
            binary("einsum batch in the middle", (a, b) -> Tensors.einsum("ibj,kjb->bik", a, b), Input.of(3, 2, 4), Input.of(3, 4, 2)),
            binary("einsum summing own axes", (a, b) -> Tensors.einsum("ij,jk->j", a, b), Input.of(2, 3), Input.of(3, 4)),
            unary("einsum trace", x -> Tensors.einsum("ii", x), Input.of(3, 3)),
            unary("einsum diagonal", x -> Tensors.einsum("ijij->ji", x), Input.of(2, 3, 2, 3)),
            unary("einsum transposes", x -> Tensors.einsum("ijk->kij", x), Input.of(2, 3, 4)),
            binary("einsum with an ellipsis", (a, b) -> Tensors.einsum("...ij,...j->...i", a, b), Input.of(2, 3, 4), Input.of(4)),
            binary("einsum repeating ones", (a, b) -> Tensors.einsum("ij,ij->ij", a, b), Input.of(1, 3), Input.of(2, 3)),
            binary("einsum summing repeated ones", (a, b) -> Tensors.einsum("ij,ij->", a, b), Input.of(1, 3), Input.of(2, 3)),
            of("einsum of three", in -> Tensors.einsum("i,ij,j->", in.toArray(org.agnesi.symbolic.Expr[]::new)), Input.of(3), Input.of(3, 4), Input.of(4)));
    }

    private static List<Sample> diagonals() {
        return List.of(
            unary("diagonal", Tensors::diagonal, Input.of(3, 4)).and(INT32, BOOL),
            unary("diagonal above", x -> Tensors.diagonal(x, 2), Input.of(3, 4)),
            unary("diagonal below", x -> Tensors.diagonal(x, -1), Input.of(3, 4)),
            unary("diagonal outside", x -> Tensors.diagonal(x, 9), Input.of(3, 4)),
            unary("diagonal of a batch", x -> Tensors.diagonal(x, 1, 0, 2), Input.of(3, 2, 4)),
            unary("trace", Tensors::trace, Input.of(3, 4)).and(INT32),
            unary("diag of a vector", Tensors::diag, Input.of(3)).and(INT32),
            unary("diag of a vector, above", x -> Tensors.diag(x, 1), Input.of(3)),
            unary("diag of a vector, below", x -> Tensors.diag(x, -2), Input.of(3)));
    }
}
