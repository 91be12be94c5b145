package org.agnesi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.BindError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.TensorType;

/// From a function's results to what a method returns, and what the arrays for the rest must be.
record BoundResults(List<Expr> outputs, Lookup lookup) {

    /// How many of the outputs a result of this Java type holds.
    int returned(Class<?> type) {
        if (type == void.class) return 0;
        return type.isRecord() ? type.getRecordComponents().length : type == List.class ? outputs.size() : 1;
    }

    /// A handle `(results) → result`.
    MethodHandle returning(Class<?> result) {
        if (result == void.class) return MethodHandles.empty(MethodType.methodType(void.class, List.class));
        if (result == List.class) return MethodHandles.identity(List.class);
        return result.isRecord() ? record(result) : picking(0, result);
    }

    private MethodHandle record(Class<?> type) {
        var components = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new);
        if (components.length > outputs.size()) throw new BindError("""
            bind needs a record of at most %d components, one per output, but %s has %d
            Leave out the last ones.""".formatted(outputs.size(), type.getSimpleName(), components.length));
        var pickers = new ArrayList<MethodHandle>();
        for (int i = 0; i < components.length; i++) pickers.add(picking(i, components[i]));
        try {
            var made = lookup.findConstructor(type, MethodType.methodType(void.class, components));
            var filtered = MethodHandles.filterArguments(made, 0, pickers.toArray(MethodHandle[]::new));
            return MethodHandles.permuteArguments(filtered, MethodType.methodType(type, List.class), new int[components.length]);
        } catch (ReflectiveOperationException e) {
            throw new BindError("""
                bind needs a record it can make, but the constructor of %s is not public
                Pass the right to call it: bind(…, MethodHandles.lookup()).""".formatted(type.getName()));
        }
    }

    /// A handle `(results) → result i as a Java value`.
    private MethodHandle picking(int i, Class<?> type) {
        var pick = MethodHandles.insertArguments(ours("pick", NDArray.class, List.class, int.class), 1, i);
        if (type.isAssignableFrom(NDArray.class)) return pick.asType(MethodType.methodType(type, List.class));
        var plain = MethodType.methodType(type).unwrap().returnType();
        var wanted = outputs.get(i).type();
        var leaf = BoundParameter.leaf(plain);
        boolean fits = leaf.isPrimitive() && BoundParameter.depth(plain) == wanted.rank() && holds(leaf, wanted.dtype());
        if (!fits) throw new BindError("""
            bind needs a Java type for the output %s of type %s, but got %s
            Return %s, NDArray, or a record with one component per output.""".formatted(outputs.get(i),
                wanted, type.getSimpleName(), BoundParameter.java(wanted)));
        var read = plain.isArray() ? MethodHandles.insertArguments(ours("array", Object.class, NDArray.class, Class.class), 1, plain)
            : number(plain);
        return MethodHandles.filterReturnValue(pick, MethodHandles.explicitCastArguments(read, MethodType.methodType(plain, NDArray.class)))
            .asType(MethodType.methodType(type, List.class));
    }

    private static MethodHandle number(Class<?> primitive) {
        if (primitive == boolean.class) return ours("toBoolean", boolean.class, NDArray.class);
        boolean floating = primitive == double.class || primitive == float.class;
        return floating ? ours("toDouble", double.class, NDArray.class) : ours("toLong", long.class, NDArray.class);
    }

    /// Whether a parameter of this Java type can take output `i`.
    void checkOut(int i, Class<?> out) {
        var wanted = outputs.get(i).type();
        var leaf = BoundParameter.leaf(out);
        boolean fits = out == NDArray.class || leaf.isPrimitive() && out.isArray()
            && BoundParameter.depth(out) == Math.max(1, wanted.rank()) && holds(leaf, wanted.dtype());
        if (!fits) throw new BindError("""
            bind needs an array to put %s of type %s into, but got a parameter of type %s
            Its Java type is %s, or NDArray.""".formatted(outputs.get(i), wanted, out.getSimpleName(),
            wanted.rank() == 0 ? wanted.dtype().carrier() + "[]" : BoundParameter.java(wanted)));
    }

    /// Whether outputs may be written directly: what the method returns are numbers, and the arrays are flat ones of the outputs' elements.
    ///
    /// @param method whose parameters are the inputs, and then the arrays
    boolean isDirect(MethodType method, int inputs) {
        int returned = outputs.size() - method.parameterCount() + inputs;
        for (int i = 0; i < outputs.size(); i++) {
            var type = outputs.get(i).type();
            if (i < returned ? type.rank() > 0 : !isFlat(method.parameterType(inputs + i - returned), type)) return false;
        }
        return true;
    }

    /// Whether the only output is a new flat array of its elements.
    boolean isNew(Class<?> result) {
        var type = outputs.getFirst().type();
        return outputs.size() == 1 && type.rank() == 1 && result.componentType() == type.dtype().carrier();
    }

    private static boolean isFlat(Class<?> out, TensorType type) {
        return out == NDArray.class || type.rank() < 2 && out.componentType() == type.dtype().carrier();
    }

    private static boolean holds(Class<?> primitive, DType dtype) {
        return primitive == dtype.carrier() || DType.promote(dtype, BoundParameter.dtype(primitive)) == BoundParameter.dtype(primitive);
    }

    // what the handles find by name

    private static MethodHandle ours(String name, Class<?> result, Class<?>... parameters) {
        return Handles.ofStatic(BoundResults.class, name, result, parameters);
    }

    static NDArray pick(List<NDArray> results, int i) { return results.get(i); }
    static double toDouble(NDArray a) { return a.doubleAt(0); }
    static long toLong(NDArray a) { return a.longAt(0); }
    static boolean toBoolean(NDArray a) { return a.booleanAt(0); }
    static Object array(NDArray a, Class<?> type) { return Rows.of(a, type); }
}
