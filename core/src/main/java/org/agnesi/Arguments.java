package org.agnesi;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.compile.Given;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.Required;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// What a function's callers may pass: a value per input, converted to its type. Numbers give way, arrays widen and never narrow.
record Arguments(String function, List<Expr> inputs) {

    /// The values as arrays of the inputs' types.
    NDArray[] read(List<?> values) {
        Required.of(function, "a list of arguments", values);
        if (values.size() != inputs.size()) throw count(values);
        var arrays = new NDArray[values.size()];
        for (int i = 0; i < arrays.length; i++) arrays[i] = read(i, values.get(i));
        return arrays;
    }

    /// The value of input `i` as an array of its type.
    NDArray read(int i, @Nullable Object value) {
        var type = inputs.get(i).type();
        if (value instanceof NDArray given && given.dtype() == type.dtype() && type.admits(given.shape())) return given;
        var array = switch (value) {
            case null -> throw new ArgumentError(wanted(i, "null", "Pass a value for every input."));
            case Number number -> number(i, number, type.dtype());
            case Object other -> widen(i, array(i, other), type.dtype());
        };
        if (array.rank() != type.rank()) throw new TypeError(wanted(i, describe(value, array),
            type.rank() == 0 ? "Pass a single number." : "Pass an array of rank %d.".formatted(type.rank())));
        if (type.admits(array.shape())) return array;
        throw new ShapeError(wanted(i, describe(value, array), sizes(type, array)));
    }

    /// What is known of the values, each of which may be a [Shape] instead.
    List<Given> given(List<?> values) {
        if (values.size() != inputs.size()) throw count(values);
        var given = new ArrayList<Given>();
        for (int i = 0; i < values.size(); i++)
            given.add(values.get(i) instanceof Shape shape ? given(i, shape) : Given.of(read(i, values.get(i))));
        return given;
    }

    /// The inputs' shapes, where their types tell them.
    Optional<List<?>> shapes() {
        if (!inputs.stream().allMatch(x -> x.type().isStatic())) return Optional.empty();
        return Optional.of(inputs.stream().map(x -> Shape.of(x.type().dims().stream().mapToInt(Integer::intValue).toArray())).toList());
    }

    private Given given(int i, Shape shape) {
        var type = inputs.get(i).type();
        if (type.rank() == shape.rank() && type.admits(shape)) return Given.of(shape);
        throw new ShapeError(wanted(i, "shape " + shape, "Pass a shape of that rank and those sizes, or a value."));
    }

    // what bound interfaces pass, without boxing

    NDArray ofDouble(int i, double value) {
        var dtype = inputs.get(i).type().dtype();
        return dtype == DType.FLOAT64 ? NDArray.of(value) : number(i, value, dtype);
    }

    NDArray ofLong(int i, long value) {
        return switch (inputs.get(i).type().dtype()) {
            case INT64 -> NDArray.of(value);
            case FLOAT64 -> NDArray.of((double) value);
            case BOOL, INT8, UINT8, INT16, INT32, FLOAT32 -> number(i, value, inputs.get(i).type().dtype());
        };
    }

    NDArray ofBoolean(int i, boolean value) { return NDArray.of(value).cast(inputs.get(i).type().dtype()); }

    /// A vector over the caller's own array, of the input's Java type.
    NDArray wrap(int i, @Nullable Object vector) {
        if (vector == null) return read(i, null);
        var array = NDArray.wrap(inputs.get(i).type().dtype(), Shape.of(Array.getLength(vector)), vector);
        return inputs.get(i).type().admits(array.shape()) ? array : read(i, array);
    }

    private ArgumentError count(List<?> values) {
        var all = inputs.stream().map(x -> x + ": " + x.type()).collect(Collectors.joining(", "));
        boolean spread = inputs.size() == 1 && inputs.getFirst().type().rank() > 0 && values.size() > 1;
        return new ArgumentError("""
            %s needs %d argument%s (%s), but got %d
            %s""".formatted(function, inputs.size(), inputs.size() == 1 ? "" : "s", all, values.size(),
            spread ? "An array is one argument: pass new double[] {…}." : "Pass one value per input, in that order."));
    }

    private String wanted(int i, String got, String advice) {
        var x = inputs.get(i);
        return "%s needs %s of type %s, but got %s\n%s".formatted(function, x, x.type(), got, advice);
    }

    private NDArray number(int i, Number number, DType wanted) {
        var own = NDArray.from(number);
        var cast = own.cast(wanted);
        if (wanted.isBool()) throw new TypeError(wanted(i, "the number " + number, "Pass true or false."));
        if (own.dtype().isFloating() && !wanted.isFloating()) throw new TypeError(wanted(i, "the number " + number,
            "A number with a fraction is not cut off silently: round it, or declare %s as float64.".formatted(inputs.get(i))));
        boolean fits = wanted.isFloating()
            ? Double.isFinite(cast.toDouble()) || !Double.isFinite(own.toDouble()) : cast.toLong() == own.toLong();
        if (fits) return cast;
        throw new TypeError(wanted(i, "the number "
            + number, "It is too large for %s: declare %s wider.".formatted(wanted, inputs.get(i))));
    }

    private NDArray array(int i, Object value) {
        try {
            return NDArray.from(value);
        } catch (ShapeError e) {
            throw new ShapeError(wanted(i, "a value that is no array", String.valueOf(e.reason())));
        } catch (TypeError e) {
            throw new TypeError(wanted(i, "a value that is no array", String.valueOf(e.reason())));
        }
    }

    private NDArray widen(int i, NDArray array, DType wanted) {
        if (DType.promote(array.dtype(), wanted) == wanted) return array.cast(wanted);
        throw new TypeError(wanted(i, typeOf(array), "Arrays widen but never narrow: cast it with cast(DType.%s), or declare %s as %s."
            .formatted(wanted.name(), inputs.get(i), array.dtype())));
    }

    private static String sizes(TensorType type, NDArray array) {
        for (int axis = 0; axis < type.rank(); axis++)
            if (type.isKnown(axis) && type.dim(axis) != array.shape().dim(axis))
                return "Its axis %d must have length %d.".formatted(axis, type.dim(axis));
        throw new IllegalArgumentException("nothing is wrong with " + array.shape());
    }

    private static String describe(@Nullable Object value, NDArray array) {
        return value instanceof Number || value instanceof Boolean ? "the number " + value : typeOf(array);
    }

    private static String typeOf(NDArray array) {
        return array.dtype() + Arrays.stream(array.shape().dims()).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
    }
}
