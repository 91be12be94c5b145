package org.agnesi.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.agnesi.array.DType;
import org.agnesi.network.Factor.Dense;
import org.agnesi.op.Add;
import org.agnesi.op.IfElse;
import org.agnesi.op.Logical;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Finds what a [Network] costs and how it is computed without building a Jacobian, if it can be.
///
/// | [Effort] | what may be done                                                                    |
/// |----------|-------------------------------------------------------------------------------------|
/// | `SWEEPS` | one sweep per Jacobian                                                              |
/// | `ALL`    | sweeps with several vectors at once, the Jacobian taken apart, columns in chunks    |
public final class Planner {
    /// How much work may be done before the matrix is built instead.
    public enum Effort { SWEEPS, ALL }

    /// A way to compute an expression, and its name in explanations.
    ///
    /// @param cost  multiplications, about
    /// @param when  whether it is one, if the call tells; null where it surely is
    /// @param plain what there is where it is none; null where that is only what was written
    public record Planned(String name, Expr value, double cost, @Nullable Expr when, @Nullable Expr plain) {
        /// The value, or else another.
        public Expr orElse(Supplier<Expr> other) {
            return when == null ? value : IfElse.ifElse(when, value, plain == null ? other.get() : plain);
        }
    }

    /// @param assuming whether sizes that may be equal are taken to be
    /// @param bound    what the params of a body stand for
    private record Wanted(DType dtype, Effort effort, boolean assuming, Map<Expr, Expr> bound) {
        boolean all() { return effort == Effort.ALL; }
    }

    /// A term: its value, or the chunks that make it.
    ///
    /// @param made by it, and by those before it
    private record Part(String name, double cost, double memory, @Nullable Expr value, @Nullable Chunks chunks, Made made,
        @Nullable Expr when) {
        Part(Order order, Made made) {
            this("jacobian-product", order.cost(), order.memory(), order.value(), null, made.with(order), null);
        }

        Part(Chunks chunks, Made made) { this("jacobian-in-chunks", chunks.cost(), 0, null, chunks, made.with(chunks), null); }

        Part when(Expr condition) { return new Part(name, cost, memory, value, chunks, made, condition); }
    }

    /// What saves less changes nothing.
    private static final double LESS = 0.99;

    /// What terms may cost more where they start alike, and so may share sweeps, which their costs do not tell.
    private static final double WORTH = 1.05;

    /// How often what holds more vectors than a chunk counts; chunks of a chain of three make two products for one.
    private static final double MANY = 2.5;

    private final Labels labels = new Labels();
    private final Reader reader;
    private final Structure structure;
    private final UnaryOperator<List<Expr>> finish;
    private final @Nullable Set<Expr> supposed;

    /// @param isReadOnce whether a node has one reader, so that nothing is lost when it is not computed itself
    /// @param simplify   brings a graph to its normal form
    /// @param finish     makes a graph what a loop computes: nobody looks into its steps again
    /// @param supposed   takes the conditions that are supposed to hold, of what is planned as if they did; null where the call chooses
    public Planner(Predicate<Node> isReadOnce, UnaryOperator<List<Expr>> simplify, UnaryOperator<List<Expr>> finish,
            @Nullable Set<Expr> supposed) {
        this.supposed = supposed;
        this.reader = new Reader(labels, isReadOnce);
        this.structure = new Structure(reader, labels, simplify);
        this.finish = finish;
    }

    /// The node's only result as a network; null where it is none.
    public @Nullable Network read(Node node, Function<Expr, Network> of) { return reader.read(node, of); }

    /// The node's only result in the ways in which it can be made; null where it is no sum of products.
    ///
    /// @param known what args are that are not computed yet; null of all else
    public @Nullable Reading reading(Node node, Function<Expr, @Nullable Reading> known) {
        var args = node.args().stream().map(known).filter(Objects::nonNull).toList();
        var whole = args.stream().allMatch(arg -> arg.whole() != null)
            ? read(node, arg -> known.apply(arg) instanceof Reading r ? r.network() : atom(arg)) : null;
        if (args.isEmpty() || whole != null && isShort(whole)) return Reading.of(whole, null);
        boolean isLinear = args.size() == 1 && args.getFirst().inTurn() != null;   // of one product, which stays
        var inTurn = isLinear ? null : InTurn.of(node, known, this, labels);
        if (inTurn == null && args.stream().anyMatch(arg -> arg.inTurn() != null))
            inTurn = read(node, arg -> known.apply(arg) instanceof Reading r ? r.shortest() : atom(arg));
        return Reading.of(whole, inTurn);
    }

    /// Whether it is one product, of few enough factors that what meets it has an order with it.
    private static boolean isShort(Network network) {
        return network.terms().size() < 2 && network.terms().stream().allMatch(term -> 2 * term.factors().size() < Reader.MOST_FACTORS);
    }

    /// What is computed as it is.
    public Network atom(Expr e) { return reader.atom(e); }

    /// What is computed as it is, whatever it is made of.
    public Reading whole(Expr e) { return new Reading(Network.of(e, labels), null); }

    /// A sum of values that are planned already, sweeps of one Jacobian made once; null where it is as written.
    public static @Nullable Expr together(Node sum) { return Together.swept(sum); }

    /// Whether it is a sweep, or a number times one.
    public static boolean isSweep(Expr e) { return Together.isSweep(Together.Scaled.read(e).of().node()); }

    /// The product of two tensors of one shape, summed over all axes.
    public Network inner(Network a, Network b) {
        var first = a.fresh(labels);
        return Network.product(first, b.at(first.out(), labels), List.of());
    }

    /// The cheapest value within an effort; null where there is none.
    public @Nullable Planned plan(Network network, DType dtype, Effort effort) { return plan(network, dtype, effort, Map.of()); }

    /// The cheaper of what a reading can be.
    public @Nullable Planned plan(Reading reading, DType dtype, Effort effort) {
        var whole = reading.whole() == null ? null : plan(reading.whole(), dtype, effort);
        var inTurn = reading.inTurn() == null ? null : plan(reading.inTurn(), dtype, effort);
        if (whole == null || inTurn == null) return whole == null ? inTurn : whole;
        return (inTurn.when == null) == (whole.when == null) && inTurn.cost < LESS * whole.cost ? inTurn : whole;
    }

    /// The same in a body.
    ///
    /// @param bound what its params stand for: products with these may be there already
    public @Nullable Planned plan(Network network, DType dtype, Effort effort, Map<Expr, Expr> bound) {
        var planned = plan(network, new Wanted(dtype, effort, true, bound));
        if (planned == null || planned.when == null) return planned;
        if (supposed != null) {
            supposed.add(Graph.replace(List.of(planned.when), bound).getFirst());
            return new Planned(planned.name, planned.value, planned.cost, null, null);
        }
        var plain = plan(network, new Wanted(dtype, effort, false, bound));
        return plain == null ? planned : new Planned(planned.name, planned.value, planned.cost, planned.when, plain.value);
    }

    private @Nullable Planned plan(Network network, Wanted wanted) {
        var best = parts(network, wanted);
        if (best == null || wanted.all()) return best == null ? null : planned(best, network.out(), null);
        Common common = null;
        double most = WORTH * cost(best);
        for (var c : Common.of(network, labels)) {
            var parts = parts(c.rest(), wanted);
            if (parts == null || cost(parts) + c.cost(labels) > most) continue;
            most = cost(parts) + c.cost(labels);
            best = parts;
            common = c;
        }
        return planned(best, network.out(), common);
    }

    private @Nullable List<Part> parts(Network network, Wanted wanted) {
        var parts = new ArrayList<Part>();
        var made = Made.nothing(wanted.bound);
        for (var term : network.terms()) {
            var part = part(term, network.out(), wanted, made);
            if (part == null) return null;
            parts.add(part);
            if (wanted.all()) made = part.made;   // single sweeps are not told where to start: what they go through last may be shared too
        }
        return parts.isEmpty() ? null : parts;
    }

    private static double cost(List<Part> parts) { return parts.stream().mapToDouble(Part::cost).sum(); }

    /// The sum of the parts, which adds them too.
    private Planned planned(List<Part> parts, List<Integer> out, @Nullable Common common) {
        var name = parts.stream().map(Part::name).distinct().reduce((a, b) -> "jacobian-products").orElseThrow();
        var when = parts.stream().map(Part::when).filter(Objects::nonNull).distinct().reduce(Logical::and).orElse(null);
        var sum = Together.sum(values(parts));
        if (common == null) return new Planned(name, sum, cost(parts) + (parts.size() - 1) * labels.estimate(out), when, null);
        return new Planned(name, Emission.product(common.tensor(), new Dense(sum, common.rest().out()), Set.of(), labels).value(),
            cost(parts) + common.cost(labels), when, null);
    }

    /// The parts' values; chunks alike are one.
    private List<Expr> values(List<Part> parts) {
        var values = new ArrayList<Expr>();
        var loops = new ArrayList<List<Chunks>>();
        for (var part : parts) {
            var chunks = part.chunks;
            if (part.value != null) values.add(part.value);
            if (chunks == null) continue;
            var like = loops.stream().filter(loop -> loop.getFirst().isLike(chunks)).findFirst();
            if (like.isPresent()) like.get().add(chunks);
            else loops.add(new ArrayList<>(List.of(chunks)));
        }
        for (var loop : loops) values.add(Chunks.value(loop, finish));
        return values;
    }

    private @Nullable Part part(Product term, List<Integer> out, Wanted wanted, Made made) {
        var dtype = wanted.dtype;
        var merged = Normal.of(term, out, dtype, labels);
        var whole = wanted.all() ? withDiagonals(merged, wanted) : merged;
        var assumed = wanted.assuming ? assumed(whole, out, wanted, made) : null;
        if (assumed != null) return assumed;
        var normal = Shortened.of(whole, out, labels);
        if (normal.factors().size() > Reader.MOST_FACTORS) return null;
        var order = new Order(normal, out, dtype, labels, made);
        if (order.exists() && order.batch() <= 1) return new Part(order, made);
        return wanted.all() ? cheapest(normal, order, out, dtype, made) : null;
    }

    /// The product with the diagonals in it computed, each by itself, where there are other Jacobians that may be swept then.
    private Product withDiagonals(Product product, Wanted wanted) {
        if (product.factors().stream().filter(Factor.Derived.class::isInstance).count() < 2) return product;
        return new Product(product.scale(), product.factors().stream().map(f -> {
            var own = f.labels().stream().distinct().toList();
            if (!(f instanceof Factor.Derived) || own.size() == f.labels().size()) return f;
            var parts = parts(new Network(List.of(Product.of(f)), own), wanted);
            return parts == null ? f : new Dense(planned(parts, own, null).value(), own);
        }).toList());
    }

    /// The same where sizes are equal that may be, unless all of a Jacobian is wanted anyway.
    private @Nullable Part assumed(Product product, List<Integer> out, Wanted wanted, Made made) {
        if (product.derives() && labels.estimate(out) >= Chunks.largest(product, labels)) return null;
        var assumed = Assumed.of(product, out, labels, supposed != null);
        if (assumed == null) return null;
        var part = part(assumed.product(), assumed.out(), wanted, made);
        return part == null ? null : part.when(assumed.when());
    }

    /// A product in which a Jacobian meets no single vector; many at once count as [#MANY], for the memory.
    private @Nullable Part cheapest(Product product, Order order, List<Integer> out, DType dtype, Made made) {
        double together = order.exists() ? order.cost() * (order.batch() > Chunks.SIZE ? MANY : 1) : Double.POSITIVE_INFINITY;
        var apart = apart(product, out, dtype, made);
        var chunks = Chunks.of(product, out, dtype, labels, made);
        double alone = chunks == null ? Double.POSITIVE_INFINITY : chunks.cost();
        boolean large = apart != null && chunks != null && apart.memory >= Chunks.largest(product, labels);
        if (apart != null && !large && apart.cost <= Math.min(together, alone)) return apart;
        if (moves(product, order, out)) return null;
        if (chunks != null && alone < together) return new Part(chunks, made);
        return order.exists() ? new Part(order, made) : null;
    }

    /// Whether this is one Jacobian with its entries moved, which is built by fewer sweeps than the places they are moved to.
    private boolean moves(Product product, Order order, List<Integer> out) {
        var derived = product.factors().stream().filter(Factor.Derived.class::isInstance).map(Factor.Derived.class::cast).toList();
        boolean whole = derived.size() == 1 && labels.estimate(out) >= Chunks.largest(product, labels);
        return whole && order.batch() > Math.min(labels.estimate(derived.getFirst().x()), labels.estimate(derived.getFirst().y()));
    }

    private @Nullable Part apart(Product product, List<Integer> out, DType dtype, Made made) {
        double cost = 0, memory = 0;
        Expr sum = null;
        var own = made;
        var parts = structure.of(product, out, dtype);
        boolean itself = product.factors().size() == 1 && out.size() == product.factors().getFirst().labels().size();
        if (itself && parts.size() > 1) return null;   // several matrices for one
        for (var part : parts) {
            var normal = Normal.of(out.size() < 2 ? part : part.scaledLeast(), out, dtype, labels);
            if (normal.factors().size() > Reader.MOST_FACTORS) return null;
            var order = new Order(normal, out, dtype, labels, own);
            if (!order.exists()) return null;
            own = own.with(order);
            cost += order.cost();
            memory = Math.max(memory, order.memory());
            sum = sum == null ? order.value() : Add.add(sum, order.value());
        }
        return sum == null ? null : new Part("jacobian-apart", cost, memory, structure.finished(sum), null, own, null);
    }
}
