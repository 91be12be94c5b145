package org.agnesi.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.agnesi.array.DType;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.At;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Index;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmts;
import org.agnesi.kernel.Storage;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Builds one program: its buffers, and its scalars out of those over slots.
///
/// While it builds, inputs are buffers 0, 1, …, outputs and scratch have numbers far above; [#task] renumbers.
final class ProgramBuilder {
    private static final int OUTPUT = 1 << 20;
    private static final int SCRATCH = 1 << 21;

    private final Inliner inliner;
    private final Terms terms;
    private final Slots slots;
    private final Map<Integer, Integer> inputs = new LinkedHashMap<>();
    private final Map<Integer, Integer> outputs = new LinkedHashMap<>();
    private final List<Storage> scratch = new ArrayList<>();
    private final Map<Local, Integer> depths = new HashMap<>();
    private final List<Task.Site> sites = new ArrayList<>();
    private final Names names = new Names();
    private final Map<Integer, Scalar> found = new HashMap<>();
    private int locals;

    ProgramBuilder(Inliner inliner, Slots slots) {
        this.inliner = inliner;
        this.terms = inliner.terms();
        this.slots = slots;
    }

    /// Says what sizes are, by their terms' numbers.
    ProgramBuilder where(Map<Integer, Const> sizes) {
        sizes.forEach((id, size) -> found.put(id, terms.term(size)));
        return this;
    }

    /// Says what a size is.
    void let(Scalar size, Scalar value) { found.put(terms.id(inliner.representative(size)), value); }

    Terms terms() { return terms; }

    int input(int slot) {
        inputs.putIfAbsent(slot, inputs.size());
        return inputs.get(slot);
    }

    int output(int slot) {
        outputs.putIfAbsent(slot, OUTPUT + outputs.size());
        return outputs.get(slot);
    }

    int scratch(int slot, Scalar length) {
        var e = slots.expr(slot);
        scratch.add(Storage.scratch(names.of(e), e.type().dtype(), length));
        return SCRATCH + scratch.size() - 1;
    }

    int scratch(String name, DType dtype, Scalar length) {
        scratch.add(Storage.scratch(names.fresh(name), dtype, length));
        return SCRATCH + scratch.size() - 1;
    }

    /// Makes scratch so many times as long.
    void widen(int buffer, Scalar times) {
        var s = scratch.get(buffer - SCRATCH);
        scratch.set(buffer - SCRATCH, Storage.scratch(s.name(), s.dtype(), terms.mul(Objects.requireNonNull(s.length()), times)));
    }

    /// Whether the program itself fills a buffer.
    boolean fills(int buffer) { return buffer >= OUTPUT; }

    /// The number by which a check in this program names the op that fills a slot.
    int site(int slot) { return site(slots.expr(slot).node()); }

    int site(Node node) {
        sites.add(new Task.Site(node, inliner.loaded(inliner.dims(node.arg(0)))));
        return sites.size() - 1;
    }

    Local local(DType dtype) { return (Local) terms.term(new Local(locals++, dtype)); }

    /// Says that a local keeps its value inside `depth` loops.
    void depth(Local local, int depth) { depths.put(local, depth); }

    /// The index of a loop along an axis: along a size of 1 there is nothing to loop over.
    Scalar index(Scalar size) { return size instanceof Const c && c.bits() == 1 ? terms.term(Const.of(0L)) : local(DType.INT64); }

    /// A size as this program sees it: a constant, a dimension of one of its buffers, or computed from those.
    ///
    /// One size is one scalar, whatever buffers come later: so it is seen that a loop runs along an axis.
    Scalar size(Scalar dim) {
        var size = inliner.representative(dim);
        if (size instanceof Const) return size;
        var known = found.get(terms.id(size));
        if (known != null) return known;
        var own = own(size);
        found.put(terms.id(size), own);
        return own;
    }

    private Scalar own(Scalar size) {
        for (var own : List.of(inputs, outputs)) for (var entry : own.entrySet()) {
            var dims = terms.ids(inliner.dims(slots.expr(entry.getKey())));
            int axis = dims.indexOf(terms.id(size));
            if (axis >= 0) return terms.term(new Size(entry.getValue(), axis));
        }
        if (size instanceof Size(var slot, var axis)) return terms.term(new Size(input(slot), axis));
        return resolve(size, List.of(), (_, _) -> null);
    }

    /// Axes of these sizes, of which some may be two.
    ///
    /// @param scalars all that is computed at their points
    SplitAxes split(List<Scalar> sizes, List<Scalar> scalars) { return new SplitAxes(this, sizes, scalars, inliner::factors); }

    List<Scalar> sizes(int slot) { return inliner.dims(slots.expr(slot)).stream().map(this::size).toList(); }

    /// A scalar over slots as one of this program: the point is where `indices` are; `inside` may know an element itself.
    Scalar resolve(Scalar x, List<Scalar> indices, BiFunction<Integer, List<Scalar>, @Nullable Scalar> inside) {
        return Scalars.map(x, part -> switch (part) {
            case Index(var axis) -> indices.get(axis);
            case Size _ -> size(part);
            case At(var slot, var dtype, var index) -> {
                var own = inside.apply(slot, index);
                yield own != null ? own : isEmpty(slot) ? terms.term(Const.of(dtype, 0))
                    : terms.term(new Load(input(slot), dtype, terms.linear(index, sizes(slot))));
            }
            case Load(var slot, var dtype, var place) ->
                terms.term(isEmpty(slot) ? Const.of(dtype, 0) : new Load(input(slot), dtype, place));
            case Scalar.Const _, Scalar.Input _, Scalar.Unary _, Scalar.Binary _, Scalar.Compare _, Scalar.Select _,
                Scalar.Cast _, Scalar.Local _, Scalar.Fma _, Scalar.Bits _, Scalar.Rare _ -> terms.term(part);
        });
    }

    /// Whether it is known to have no elements: nothing is read then, though a position that is the same at all points, such as `i % 0`,
    /// would be read before the loop that makes no step.
    private boolean isEmpty(int slot) {
        return inliner.dims(slots.expr(slot)).stream()
            .anyMatch(dim -> inliner.representative(dim) instanceof Const(var _, var n) && n == 0);
    }

    /// An expression's element at a point.
    Scalar element(Expr e, List<Scalar> point) { return resolve(inliner.element(e, terms.here(point.size())), point, (_, _) -> null); }

    /// What an op's loop computes at a point.
    Scalar body(Scalar body, Node node, List<Scalar> point) {
        return resolve(inliner.at(body, node, terms.here(point.size())), point, (_, _) -> null);
    }

    /// The finished program and the slots it works on.
    Task.Run task(Stmt body) {
        var placed = new Placement(depths, locals).place(new ShortFolds(terms).of(body));
        var buffers = new ArrayList<Storage>();
        inputs.keySet()
            .forEach(slot -> buffers.add(Storage.input(name(slot), slots.expr(slot).type().dtype(), slots.expr(slot).type().rank())));
        outputs.keySet()
            .forEach(slot -> buffers.add(Storage.output(name(slot), slots.expr(slot).type().dtype(), slots.expr(slot).type().rank())));
        for (var s : scratch)
            buffers.add(Storage.scratch(s.name(), s.dtype(), Scalars.map(Objects.requireNonNull(s.length()), this::renumbered)));
        var program = new Program(buffers, Stmts.map(placed, x -> Scalars.map(x, this::renumbered), this::renumbered));
        return new Task.Run(program, sites, List.copyOf(inputs.keySet()), List.copyOf(outputs.keySet()), List.of());
    }

    private String name(int slot) { return names.of(slots.expr(slot)); }

    private Scalar renumbered(Scalar x) {
        return switch (x) {
            case Load(var buffer, var dtype, var index) -> new Load(renumbered(buffer), dtype, index);
            case Size(var buffer, var axis) -> new Size(renumbered(buffer), axis);
            case At _, Index _, Scalar.Const _, Scalar.Input _, Scalar.Unary _, Scalar.Binary _, Scalar.Compare _, Scalar.Select _,
                Scalar.Cast _, Scalar.Local _, Scalar.Fma _, Scalar.Bits _, Scalar.Rare _ -> x;
        };
    }

    private int renumbered(int buffer) {
        if (buffer >= SCRATCH) return inputs.size() + outputs.size() + buffer - SCRATCH;
        return buffer >= OUTPUT ? inputs.size() + buffer - OUTPUT : buffer;
    }
}
