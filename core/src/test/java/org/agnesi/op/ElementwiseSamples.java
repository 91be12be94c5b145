package org.agnesi.op;

import static org.agnesi.array.DType.BOOL;
import static org.agnesi.array.DType.INT32;
import static org.agnesi.array.DType.INT64;
import static org.agnesi.array.DType.UINT8;
import static org.agnesi.op.Sample.binary;
import static org.agnesi.op.Sample.of;
import static org.agnesi.op.Sample.unary;

import java.util.List;
import java.util.stream.Stream;
import org.agnesi.Tensors;
import org.agnesi.array.DType;

/// Samples of the functions that work element by element.
final class ElementwiseSamples {
    private ElementwiseSamples() {}

    static List<Sample> all() { return Stream.of(arithmetic(), functions(), comparisons()).flatMap(List::stream).toList(); }

    private static List<Sample> arithmetic() {
        return List.of(
            binary("add", Tensors::add, Input.of(3, 4), Input.of(3, 4)).and(INT32, BOOL, UINT8),
            binary("add a row", Tensors::add, Input.of(3, 4), Input.of(1, 4)).and(INT64),
            binary("add a scalar", Tensors::add, Input.of(), Input.of(3)),
            binary("add nothing", Tensors::add, Input.of(0, 4), Input.of(0, 4)).and(INT32),
            of("add three", in -> new Add().apply(in), Input.of(3), Input.of(3), Input.of(3)).and(INT32),
            binary("sub", Tensors::sub, Input.of(3, 4), Input.of(3, 4)).and(INT32, UINT8),
            binary("mul", Tensors::mul, Input.of(3, 4), Input.of(3, 4)).and(INT32, BOOL),
            of("mul three", in -> new Mul().apply(in), Input.of(3), Input.of(3), Input.of(3)).and(INT32),
            unary("square by mul", x -> Tensors.mul(x, x), Input.of(5)),
            binary("div", Tensors::div, Input.of(3, 4), Input.of(3, 4).awayFromZero()).and(INT32),
            binary("pow", Tensors::pow, Input.of(3, 4).positive(), Input.of(3, 4)),
            unary("cube", x -> Tensors.pow(x, 3), Input.of(3, 4)).and(INT32),
            unary("power 0", x -> Tensors.pow(x, 0), Input.of(3, 4)).and(INT32),
            unary("neg", Tensors::neg, Input.of(3, 4)).and(INT32, BOOL));
    }

    private static List<Sample> functions() {
        return List.of(
            unary("exp", Tensors::exp, Input.of(3, 4)).and(INT32),
            unary("log", Tensors::log, Input.of(3, 4).positive()));
    }

    private static List<Sample> comparisons() {
        return List.of(
            binary("lt", Tensors::lt, Input.of(3, 4), Input.of(3, 4)).and(INT32, BOOL),
            binary("le", Tensors::le, Input.of(3, 4), Input.of(3, 4)).and(INT32),
            binary("gt", Tensors::gt, Input.of(3, 4), Input.of(3, 4)).and(INT32),
            binary("ge", Tensors::ge, Input.of(3, 4), Input.of(3, 4)).and(INT32),
            binary("eq", Tensors::eq, Input.of(3, 4), Input.of(3, 4)).and(INT32, BOOL),
            binary("ne", Tensors::ne, Input.of(3, 4), Input.of(3, 4)).and(INT32, BOOL),
            binary("and", Tensors::and, Input.of(3, 4), Input.of(3, 4)).in(BOOL, INT32),
            binary("or", Tensors::or, Input.of(3, 4), Input.of(3, 4)).in(BOOL),
            binary("xor", Tensors::xor, Input.of(3, 4), Input.of(3, 4)).in(BOOL),
            unary("not", Tensors::not, Input.of(3, 4)).in(BOOL, INT32),
            of("where", in -> Tensors.where(in.get(0), in.get(1), in.get(2)), Input.bools(3, 4), Input.of(3, 4), Input.of(3, 4)).and(INT32, BOOL),
            of("where a literal", in -> Tensors.where(in.get(0), in.get(1), 0), Input.bools(3, 4), Input.of(3, 4)).and(INT32),
            unary("cast to float32", x -> Tensors.cast(x, DType.FLOAT32), Input.of(3)).in(INT32, BOOL, DType.FLOAT32),
            unary("cast to int32", x -> Tensors.cast(x, INT32), Input.of(3).awayFromSteps()).and(BOOL));
    }
}
