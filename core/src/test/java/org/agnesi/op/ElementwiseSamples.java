package org.agnesi.op;

import static org.agnesi.array.DType.BOOL;
import static org.agnesi.array.DType.INT32;
import static org.agnesi.array.DType.INT64;
import static org.agnesi.array.DType.UINT8;
import static org.agnesi.op.Sample.Except.DERIVATIVE;
import static org.agnesi.op.Sample.Except.SURROGATE;
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

    static List<Sample> all() { return Stream.of(arithmetic(), functions(), steps(), surrogates(), comparisons()).flatMap(List::stream).toList(); }

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
            unary("exp", Tensors::exp, Input.of(3, 4)).and(INT32, BOOL),
            unary("exp2", Tensors::exp2, Input.of(3, 4)).and(INT32),
            unary("expm1", Tensors::expm1, Input.of(3, 4)).and(INT32),
            unary("log", Tensors::log, Input.of(3, 4).positive()),
            unary("log of nothing", Tensors::log, Input.of(0)),
            unary("log of a scalar", Tensors::log, Input.of().positive()),
            unary("log2", Tensors::log2, Input.of(3, 4).positive()),
            unary("log10", Tensors::log10, Input.of(3, 4).positive()),
            unary("log1p", Tensors::log1p, Input.of(3, 4).between(-0.8, 3)),
            unary("sqrt", Tensors::sqrt, Input.of(3, 4).positive()).and(UINT8),
            unary("sin", Tensors::sin, Input.of(3, 4)),
            unary("cos", Tensors::cos, Input.of(3, 4)),
            unary("tan", Tensors::tan, Input.of(3, 4).between(-1.3, 1.3)),
            unary("asin", Tensors::asin, Input.of(3, 4).between(-0.9, 0.9)),
            unary("acos", Tensors::acos, Input.of(3, 4).between(-0.9, 0.9)),
            unary("atan", Tensors::atan, Input.of(3, 4)),
            binary("atan2", Tensors::atan2, Input.of(3, 4).awayFromZero(), Input.of(3, 4).awayFromZero()).and(INT32),
            unary("sinh", Tensors::sinh, Input.of(3, 4)),
            unary("cosh", Tensors::cosh, Input.of(3, 4)),
            unary("tanh", Tensors::tanh, Input.of(3, 4)),
            unary("sigmoid", Tensors::sigmoid, Input.of(3, 4)).and(INT32),
            unary("sigmoid far out", Tensors::sigmoid, Input.values(-800, -40, 40, 800)),
            unary("softplus", Tensors::softplus, Input.of(3, 4)).and(INT32),
            unary("softplus far out", Tensors::softplus, Input.values(-800, -40, 40, 800)),
            unary("erf", Tensors::erf, Input.of(3, 4)),
            unary("erfc", Tensors::erfc, Input.of(3, 4)),
            unary("lgamma", Tensors::lgamma, Input.of(3, 4).positive()),
            unary("lgamma below zero", Tensors::lgamma, Input.values(-0.5, -1.3, -2.6)),
            unary("digamma", Tensors::digamma, Input.of(3, 4).positive()),
            unary("trigamma", x -> Tensors.polygamma(1, x), Input.of(3, 4).positive()),
            unary("tetragamma", x -> Tensors.polygamma(2, x), Input.of(3, 4).between(1, 3)));
    }

    private static List<Sample> steps() {
        return List.of(
            unary("sqr", Tensors::sqr, Input.of(3, 4)).and(INT32, BOOL),
            unary("reciprocal", Tensors::reciprocal, Input.of(3, 4).awayFromZero()),
            unary("abs", Tensors::abs, Input.of(3, 4).awayFromZero()).and(INT32, UINT8, BOOL),
            unary("sign", Tensors::sign, Input.of(3, 4).awayFromZero()).and(INT32),
            unary("floor", Tensors::floor, Input.of(3, 4).awayFromSteps()).and(INT32),
            unary("ceil", Tensors::ceil, Input.of(3, 4).awayFromSteps()).and(INT32),
            unary("round", Tensors::round, Input.of(3, 4).awayFromSteps()).and(INT32),
            binary("intDiv", Tensors::intDiv, Input.values(5.3, -5.3, 5.3, -5.3), Input.values(2, 2, -2, -2.2)).and(INT32),
            binary("intDiv by zero", Tensors::intDiv, Input.of(3), Input.values(0, 0, 0)).in(INT32, UINT8),
            binary("rem", Tensors::rem, Input.values(5.3, -5.3, 5.3, -5.3), Input.values(2, 2, -2, -2.2)).and(INT32),
            binary("maximum", Tensors::maximum, Input.of(3, 4), Input.of(3, 4)).and(INT32, BOOL),
            binary("minimum", Tensors::minimum, Input.of(3, 4), Input.of(3, 4)).and(INT32, BOOL),
            unary("maximum with a literal", x -> Tensors.maximum(x, 0), Input.of(3, 4).awayFromZero()).and(INT32, UINT8),
            of("clip", in -> Tensors.clip(in.get(0), in.get(1), in.get(2)),
                Input.of(3, 4), Input.of(3, 4).between(-1, -0.1), Input.of(3, 4).between(0.1, 1)).and(INT32),
            of("clip to bounds in the wrong order", in -> Tensors.clip(in.get(0), in.get(1), in.get(2)),
                Input.of(3, 4), Input.of(3, 4).between(0.1, 1), Input.of(3, 4).between(-1, -0.1)),
            unary("clip to literals", x -> Tensors.clip(x, -1, 1.5), Input.of(3, 4)).and(INT32));
    }

    private static List<Sample> surrogates() {
        return List.of(
            unary("a user's function", Tensors.elementwise("softsign", x -> x / (1 + Math.abs(x)), (x, y) -> Tensors.sub(1, y.abs()).sqr()), Input.of(3, 4)),
            unary("zeroGrad", Tensors::zeroGrad, Input.of(3, 4)).and(INT32, BOOL).except(SURROGATE),
            unary("disconnectedGrad", Tensors::disconnectedGrad, Input.of(3, 4)).except(SURROGATE),
            unary("gradClip to wide bounds", x -> Tensors.gradClip(x, -100, 100), Input.of(3, 4)).except(SURROGATE),
            unary("gradScale", x -> Tensors.gradScale(x, -0.5), Input.of(3, 4)).and(INT32).except(SURROGATE));
    }

    private static List<Sample> comparisons() {
        return List.of(
            binary("lt", Tensors::lt, Input.of(3, 4), Input.of(3, 4)).and(INT32, BOOL),
            binary("le", Tensors::le, Input.of(3, 4), Input.of(3, 4)).and(INT32),
            binary("gt", Tensors::gt, Input.of(3, 4), Input.of(3, 4)).and(INT32),
            binary("ge", Tensors::ge, Input.of(3, 4), Input.of(3, 4)).and(INT32),
            binary("eq", Tensors::eq, Input.of(3, 4), Input.of(3, 4)).and(INT32, BOOL),
            binary("ne", Tensors::ne, Input.of(3, 4), Input.of(3, 4)).and(INT32, BOOL),
            unary("isnan", Tensors::isnan, Input.values(Double.NaN, 1, Double.POSITIVE_INFINITY)).except(DERIVATIVE),
            unary("isinf", Tensors::isinf, Input.values(Double.NaN, 1, Double.NEGATIVE_INFINITY)).except(DERIVATIVE),
            unary("isfinite", Tensors::isfinite, Input.values(Double.NaN, 1, Double.NEGATIVE_INFINITY)).except(DERIVATIVE),
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
