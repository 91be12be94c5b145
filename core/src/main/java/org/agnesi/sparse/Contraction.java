package org.agnesi.sparse;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Lowering.Contract;
import org.jspecify.annotations.Nullable;

/// A sum of products of two tensors, one of which depends on something: its sets are united over the labels that are summed.
final class Contraction {
    /// Terms above which the zeros of a constant factor are not looked at.
    private static final long MOST_TERMS = 1 << 26;

    /// Unites the sets that go to each of some targets.
    interface Grouping {
        int[] grouped(int[] targets, int[] sets, int count);
    }

    private final Contract contract;
    private final List<Integer> labels;
    private final int[] sizes;
    private final Grouping grouping;

    Contraction(Contract contract, int[] a, int[] b, Grouping grouping) {
        this.contract = contract;
        this.grouping = grouping;
        labels = Stream.of(contract.out(), contract.a(), contract.b()).flatMap(List::stream).distinct().toList();
        sizes = new int[labels.size()];
        for (int axis = 0; axis < a.length; axis++) sizes[labels.indexOf(contract.a().get(axis))] = a[axis];
        for (int axis = 0; axis < b.length; axis++) sizes[labels.indexOf(contract.b().get(axis))] = b[axis];
    }

    /// What the result depends on through factor `k`, which has these sets.
    ///
    /// @param other the other factor where it is a constant: products with its zeros are none
    int[] of(int k, int[] sets, @Nullable NDArray other) {
        var own = k == 0 ? contract.a() : contract.b();
        long terms = 1;
        for (int size : sizes) terms = Math.min(MOST_TERMS + 1, terms * size);
        return other != null && terms <= MOST_TERMS ? term(own, sets, k == 0 ? contract.b() : contract.a(), other) : all(own, sets);
    }

    /// Summed over what the result lacks, then repeated over what the factor lacks.
    private int[] all(List<Integer> own, int[] sets) {
        var kept = new ArrayList<>(contract.out());
        kept.retainAll(own);
        var summed = grouping.grouped(places(own, kept), sets, shape(kept).size());
        var places = places(contract.out(), kept);
        for (int i = 0; i < places.length; i++) places[i] = summed[places[i]];
        return places;
    }

    private int[] term(List<Integer> own, int[] sets, List<Integer> others, NDArray other) {
        int[] from = places(labels, own), factor = places(labels, others), to = places(labels, contract.out());
        for (int i = 0; i < to.length; i++) {
            if (other.doubleAt(factor[i]) == 0) to[i] = -1;
            from[i] = sets[from[i]];
        }
        return grouping.grouped(to, from, shape(contract.out()).size());
    }

    private Shape shape(List<Integer> some) { return Shape.of(some.stream().mapToInt(label -> sizes[labels.indexOf(label)]).toArray()); }

    /// Per point along `space`, its place in a tensor that has the labels `of`.
    private int[] places(List<Integer> space, List<Integer> of) {
        var strides = shape(of).strides();
        var weights = space.stream().mapToInt(label -> of.contains(label) ? strides[of.indexOf(label)] : 0).toArray();
        return Tensor.linear(shape(space), weights);
    }
}
