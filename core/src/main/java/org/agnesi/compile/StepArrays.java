package org.agnesi.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.agnesi.array.DType;
import org.agnesi.kernel.Lowering.Pointwise;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Storage;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.TensorType;

/// Where a [StepProgram] keeps each slot of the loop's body: in an argument, in a result, in scratch.
///
/// A side of a branch has arrays of its own in the same buffers; what it is given lies where it lies outside.
final class StepArrays {
    /// Elements of a buffer from `start` on.
    record Place(int buffer, Scalar start, List<Scalar> dims) {}

    /// A slot as those on the other side of a branch's border know it.
    private record Beyond(StepArrays arrays, int slot) {}

    private final Schedule body;
    private final StepBuffers buffers;
    private final Map<Expr, Integer> numbers = new IdentityHashMap<>();
    private final Map<Integer, Place> places = new HashMap<>();
    private final Set<Integer> changing = new HashSet<>();
    private final Map<Integer, Beyond> given = new HashMap<>();
    private final Map<Integer, Beyond> chosen = new HashMap<>();
    private final Map<Task.Choose, List<StepArrays>> sides = new IdentityHashMap<>();

    StepArrays(Schedule body, StepBuffers buffers) {
        this.body = body;
        this.buffers = buffers;
        for (int slot = 0; slot < body.slots().size(); slot++) {
            var value = body.slots().get(slot).constant();
            numbers.putIfAbsent(body.slots().get(slot).value(), slot);
            if (value == null) continue;
            var dims = new ArrayList<Scalar>();
            for (int size : value.shape().dims()) dims.add(buffers.number(size));
            places.put(slot, new Place(buffers.constant(body.slots().get(slot).value(), value), zero(), dims));
        }
        for (var task : body.tasks()) if (task instanceof Task.Choose choose) branch(choose);
    }

    private void branch(Task.Choose choose) {
        var both = List.of(new StepArrays(choose.then(), buffers), new StepArrays(choose.otherwise(), buffers));
        sides.put(choose, both);
        for (var side : both) for (int k = 0; k < side.body.inputs().size(); k++)
            side.given.put(side.body.inputs().get(k), new Beyond(this, choose.in().get(k + 1)));
        for (int r = 0; r < choose.out().size(); r++)
            chosen.put(choose.out().get(r), new Beyond(both.getFirst(), choose.then().outputs().get(r)));
    }

    /// The arrays of a branch's sides, the one that is taken where the condition is true first.
    List<StepArrays> sides(Task.Choose choose) { return Objects.requireNonNull(sides.get(choose)); }

    List<Task> tasks() { return body.tasks(); }

    List<Integer> outputs() { return body.outputs(); }

    TensorType type(int slot) { return body.slots().get(slot).value().type(); }

    Terms terms() { return buffers.terms(); }

    Scalar zero() { return buffers.number(0); }

    Storage buffer(int number) { return buffers.all().get(number); }

    int scratch(String name, DType dtype, Scalar length) { return buffers.scratch(name, dtype, length); }

    String name(int slot) { return buffers.name(body.slots().get(slot).value()); }

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
        var outside = given.get(slot);
        if (outside != null) return outside.arrays.place(outside.slot);
        var dims = dims(slot);
        var place = new Place(scratch(name(slot), body.slots().get(slot).dtype(), terms().product(dims)), zero(), dims);
        put(slot, place);
        return place;
    }

    /// The sizes of a slot over the program's arguments.
    List<Scalar> dims(int slot) {
        var known = places.get(slot);
        var beyond = given.getOrDefault(slot, chosen.get(slot));
        if (known == null && beyond != null) return beyond.arrays.dims(beyond.slot);
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
                Scalar.Select _, Scalar.Cast _, Scalar.Local _, Scalar.Fma _, Scalar.Bits _, Scalar.Rare _ -> terms().term(part);
        });
    }

    private Scalar element(int slot, DType dtype, Scalar index) {
        var outside = given.get(slot);
        if (outside != null) return outside.arrays.element(outside.slot, dtype, index);
        var place = places.get(slot);
        if (place == null || changing.contains(slot)) return size(body.slots().get(slot).value());
        var constant = body.slots().get(slot).constant();
        if (constant == null) return terms().term(new Load(place.buffer(), dtype, index));
        return index instanceof Const c && c.bits() >= 0 && c.bits() < constant.size()
            ? terms().term(Const.element(constant, (int) c.bits())) : unfit();
    }

    /// What is computed at a step from sizes alone.
    private Scalar size(Expr e) {
        if (e.constantLong().isPresent()) return buffers.number(e.constantLong().getAsLong());
        if (e.type().rank() != 0 || !(e.node().lowering() instanceof Pointwise(var computed))) return unfit();
        return Scalars.map(computed, part -> switch (part) {
            case Size(var k, var axis) -> numbers.containsKey(e.node().arg(k)) ? dims(numbers.get(e.node().arg(k))).get(axis) : unfit();
            case Scalar.Input(var k, var dtype) -> numbers.containsKey(e.node().arg(k))
                ? element(numbers.get(e.node().arg(k)), dtype, zero()) : size(e.node().arg(k));
            case Load _, Scalar.At _, Scalar.Index _, Scalar.Local _, Scalar.Rare _ -> unfit();
            case Const _, Scalar.Unary _, Scalar.Binary _, Scalar.Compare _, Scalar.Select _, Scalar.Cast _, Scalar.Fma _,
                Scalar.Bits _ -> terms().term(part);
        });
    }

    private Scalar unfit() {
        refuse();
        return zero();
    }

    void refuse() { buffers.refuse(); }

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
    Scalar count(Place place) { return terms().product(Objects.requireNonNull(place).dims()); }
}
