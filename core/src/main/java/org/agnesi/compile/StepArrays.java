package org.agnesi.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Storage;
import org.agnesi.symbolic.Node;

/// Where a [StepProgram] keeps each slot of the loop's body: in an argument, in a result, in scratch.
final class StepArrays {
    /// Elements of a buffer from `start` on.
    record Place(int buffer, Scalar start, List<Scalar> dims) {}

    private final Schedule body;
    private final Names names = new Names();
    private final Terms terms = new Terms();
    private final List<Storage> inputs = new ArrayList<>();
    private final List<Storage> outputs = new ArrayList<>();
    private final List<Storage> scratch = new ArrayList<>();
    private final List<NDArray> constants = new ArrayList<>();
    private final Map<Integer, Place> places = new HashMap<>();
    private final Set<Integer> changing = new HashSet<>();
    private boolean fits = true;

    StepArrays(Node node, Schedule body) {
        this.body = body;
        for (var arg : node.args()) inputs.add(Storage.input(names.of(arg), arg.type().dtype(), arg.type().rank()));
        for (int slot = 0; slot < body.slots().size(); slot++) {
            var value = body.slots().get(slot).constant();
            if (value == null) continue;
            var dims = new ArrayList<Scalar>();
            for (int size : value.shape().dims()) dims.add(terms.term(Const.of((long) size)));
            places.put(slot, new Place(inputs.size(), zero(), dims));
            inputs.add(Storage.input(names.of(body.slots().get(slot).value()), value.dtype(), value.shape().rank()));
            constants.add(value);
        }
        for (var result : node.results()) outputs.add(Storage.output(names.of(result), result.type().dtype(), result.type().rank()));
    }

    Terms terms() { return terms; }

    Scalar zero() { return terms.term(Const.of(0L)); }

    /// Whether all that was asked for could be told before the first step.
    boolean fits() { return fits; }

    List<NDArray> constants() { return constants; }

    List<Storage> buffers() { return Stream.of(inputs, outputs, scratch).flatMap(List::stream).toList(); }

    int output(int r) { return inputs.size() + r; }

    Storage buffer(int number) { return buffers().get(number); }

    int scratch(String name, DType dtype, Scalar length) {
        scratch.add(Storage.scratch(name, dtype, length));
        return inputs.size() + outputs.size() + scratch.size() - 1;
    }

    String name(int slot) { return names.of(body.slots().get(slot).value()); }

    /// Says where a slot is whose elements change from step to step.
    void put(int slot, Place place) {
        places.put(slot, place);
        changing.add(slot);
    }

    /// Says that a slot is an argument as it is.
    void same(int slot, int argument, List<Scalar> dims) { places.put(slot, new Place(argument, zero(), dims)); }

    /// Where a slot is: in scratch, if it has no place yet.
    Place place(int slot) {
        var known = places.get(slot);
        if (known != null) return known;
        var dims = dims(slot);
        var place = new Place(scratch(name(slot), body.slots().get(slot).dtype(), terms.product(dims)), zero(), dims);
        put(slot, place);
        return place;
    }

    /// The sizes of a slot over the program's arguments.
    List<Scalar> dims(int slot) {
        var known = places.get(slot);
        return known != null ? known.dims() : body.slots().get(slot).dims().stream().map(dim -> over(dim, slot)).toList();
    }

    /// A scalar over the slots of the body as one over the program's arguments.
    Scalar over(Scalar x) { return over(x, body.slots().size()); }

    /// @param before the slot that must be told by those before it
    private Scalar over(Scalar x, int before) {
        return Scalars.map(x, part -> switch (part) {
            case Size(var slot, var axis) -> slot == before ? unfit() : dims(slot).get(axis);
            case Load(var slot, var dtype, var index) -> element(slot, dtype, index);
            case Const _, Scalar.Input _, Scalar.At _, Scalar.Index _, Scalar.Unary _, Scalar.Binary _, Scalar.Compare _,
                Scalar.Select _, Scalar.Cast _, Scalar.Local _, Scalar.Fma _, Scalar.Bits _, Scalar.Rare _ -> terms.term(part);
        });
    }

    private Scalar element(int slot, DType dtype, Scalar index) {
        var place = places.get(slot);
        if (place == null || changing.contains(slot)) return unfit();
        var constant = body.slots().get(slot).constant();
        if (constant == null) return terms.term(new Load(place.buffer(), dtype, index));
        return index instanceof Const c && c.bits() >= 0 && c.bits() < constant.size()
            ? terms.term(Const.element(constant, (int) c.bits())) : unfit();
    }

    private Scalar unfit() {
        refuse();
        return zero();
    }

    /// Says that the loop goes step by step.
    void refuse() { fits = false; }

    /// The slot of the surroundings that a buffer of the program is.
    static Scalar outside(Scalar x, List<Integer> in) {
        return Scalars.map(x, part -> switch (part) {
            case Size(var buffer, var axis) -> new Size(in.get(buffer), axis);
            case Load(var buffer, var dtype, var index) -> new Load(in.get(buffer), dtype, index);
            case Const _, Scalar.Input _, Scalar.At _, Scalar.Index _, Scalar.Unary _, Scalar.Binary _, Scalar.Compare _,
                Scalar.Select _, Scalar.Cast _, Scalar.Local _, Scalar.Fma _, Scalar.Bits _, Scalar.Rare _ -> part;
        });
    }

    /// The number of elements that a place has.
    Scalar count(Place place) { return terms.product(Objects.requireNonNull(place).dims()); }
}
