package org.agnesi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.emit.OutsideException;
import org.agnesi.run.Ready;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// A bound call that puts its arguments to where programs look for them, where such [arrays are in place][Ready]; else another way.
///
/// ```
/// method(p₀ … pₙ) = (r = take()) is there, and after r.put(p₀) … r.put(pₙ) all fits ? result(r.run()) : other(p₀ … pₙ)
/// ```
///
/// All of it is one method handle, which HotSpot compiles together with its caller: nothing is allocated.
final class ReadyCall {
    private final Compiled function;
    private final BoundResults results;
    private final MethodType from;
    private final int inputs;
    private final int returned;
    private final boolean isNew;
    private final MethodHandle other;

    /// @param from  of a method whose outputs are numbers, and then arrays that may be written directly; or whose only one is a new array
    /// @param other the other way
    ReadyCall(Compiled function, BoundResults results, MethodType from, MethodHandle other) {
        this.function = function;
        this.results = results;
        this.from = from;
        this.other = other;
        inputs = function.inputs().size();
        isNew = from.returnType().isArray();
        returned = function.results().size() - from.parameterCount() + inputs;
    }

    /// The method; the other one where a parameter must be converted, or more than numbers or one array is returned.
    MethodHandle method() {
        boolean plain = (isNew || isNumbers(from.returnType()))
            && IntStream.range(0, inputs).allMatch(k -> isPlain(from.parameterType(k), function.inputs().get(k).type()));
        if (!plain) return other;
        var instead = MethodHandles.dropArguments(other, 0, Ready.class);
        var put = MethodHandles.guardWithTest(Handles.of(Ready.class, "fits", boolean.class), done(), instead);
        for (int k = from.parameterCount() - 1; k >= 0; k--)
            put = MethodHandles.foldArguments(put, MethodHandles.dropArguments(put(k), 1, from.parameterList().subList(0, k)));
        var there = MethodHandles.guardWithTest(ours("isThere", boolean.class, Ready.class), put, instead);
        var take = MethodHandles.insertArguments(ours(isNew ? "takeNew" : "take", Ready.class, Writing.class, int.class, int.class), 0,
            function.writing(), inputs, returned);
        return MethodHandles.catchException(MethodHandles.foldArguments(there, take), OutsideException.class,
            MethodHandles.dropArguments(other, 0, OutsideException.class));
    }

    private static boolean isNumbers(Class<?> type) {
        if (type.isRecord()) return Arrays.stream(type.getRecordComponents()).allMatch(one -> one.getType().isPrimitive());
        return type.isPrimitive();
    }

    private static boolean isPlain(Class<?> parameter, TensorType type) {
        if (parameter == NDArray.class) return true;
        if (parameter == byte.class) return false;   // of which some are unsigned
        return type.rank() < 2 && (type.rank() == 0 ? parameter : parameter.componentType()) == type.dtype().carrier();
    }

    /// `(ready, p₀ … pₙ) → result`, after which it is given back.
    private MethodHandle done() {
        var run = isNew ? MethodHandles.insertArguments(ours("runNew", Object.class, Ready.class, int.class), 1, inputs)
            .asType(MethodType.methodType(from.returnType(), Ready.class))
            : MethodHandles.filterReturnValue(Handles.of(Ready.class, "run", List.class), results.returning(from.returnType()));
        var give = Handles.of(Writing.class, "give", void.class, Ready.class).bindTo(function.writing());
        boolean isVoid = from.returnType() == void.class;
        var result = isVoid ? give : MethodHandles.foldArguments(MethodHandles.dropArguments(
            MethodHandles.identity(from.returnType()), 1, Ready.class), 1, give);
        return MethodHandles.dropArguments(MethodHandles.foldArguments(result, run), 1, from.parameterList());
    }

    /// `(ready, pₖ)`, which puts it.
    private MethodHandle put(int k) {
        var type = from.parameterType(k);
        int argument = k < inputs ? k : k + returned;
        var put = Handles.of(Ready.class, "put", void.class, int.class, type == NDArray.class ? NDArray.class : Object.class);
        if (!type.isPrimitive()) return MethodHandles.insertArguments(put, 1, argument)
            .asType(MethodType.methodType(void.class, Ready.class, type));
        var array = type.arrayType();
        var own = MethodHandles.insertArguments(Handles.of(Ready.class, "own", Object.class, int.class), 1, argument);
        var write = MethodHandles.insertArguments(MethodHandles.arrayElementSetter(array), 1, 0);
        return MethodHandles.filterArguments(write, 0, own.asType(MethodType.methodType(array, Ready.class)));
    }

    /// Arrays in place whose own are those of the numbers that are returned.
    static @Nullable Ready take(Writing writing, int inputs, int returned) {
        var ready = writing.take();
        if (ready != null) for (int k = 0; k < returned; k++) ready.own(inputs + k);
        return ready;
    }

    static @Nullable Ready takeNew(Writing writing, int inputs, int returned) {
        var ready = writing.take();
        if (ready != null) for (int k = 0; k < returned; k++) ready.putNew(inputs + k);
        return ready;
    }

    static Object runNew(Ready ready, int inputs) {
        ready.run();
        return ready.seated(inputs);
    }

    static boolean isThere(@Nullable Ready ready) { return ready != null; }

    private static MethodHandle ours(String name, Class<?> result, Class<?>... parameters) {
        return Handles.ofStatic(ReadyCall.class, name, result, parameters);
    }
}
