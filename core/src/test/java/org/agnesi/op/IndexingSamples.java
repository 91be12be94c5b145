package org.agnesi.op;

import static org.agnesi.Tensors.ellipsis;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.newAxis;
import static org.agnesi.Tensors.range;
import static org.agnesi.Tensors.upTo;
import static org.agnesi.array.DType.BOOL;
import static org.agnesi.array.DType.FLOAT64;
import static org.agnesi.array.DType.INT32;
import static org.agnesi.array.DType.INT64;
import static org.agnesi.op.Sample.of;
import static org.agnesi.op.Sample.unary;

import java.util.List;
import java.util.stream.Stream;
import org.agnesi.Tensors;

/// Samples of get, at.set, at.add.
final class IndexingSamples {
    private IndexingSamples() {}

    static List<Sample> all() { return Stream.of(slices(), symbolic(), picks(), masks(), writes(), scatters()).flatMap(List::stream).toList(); }

    private static List<Sample> slices() {
        return List.of(
            unary("get", x -> x.get(1), Input.of(3)).and(INT32, BOOL),
            unary("get the last row", x -> x.get(-1), Input.of(3, 2)),
            unary("get an element", x -> x.get(0, -1), Input.of(3, 2)),
            unary("get a span", x -> x.get(range(1, 3)), Input.of(4, 2)).and(INT32),
            unary("get a span to beyond the end", x -> x.get(range(2, 9)), Input.of(4)),
            unary("get a span from the end", x -> x.get(range(-3, -1)), Input.of(5)),
            unary("get an empty span", x -> x.get(range(3, 1)), Input.of(4, 2)),
            unary("get every second", x -> x.get(range(1, 9, 2)), Input.of(6)),
            unary("get backwards", x -> x.get(Tensors.all().by(-1)), Input.of(5)),
            unary("get backwards by two", x -> x.get(range(4, 0, -2)), Input.of(6)),
            unary("get backwards from beyond the end", x -> x.get(range(9, -5, -2)), Input.of(4)),
            unary("get from and up to", x -> x.get(from(1), upTo(-1)), Input.of(3, 4)),
            unary("get a column", x -> x.get(Tensors.all(), 0), Input.of(3, 4)),
            unary("get with a new axis", x -> x.get(newAxis(), from(-2), newAxis()), Input.of(3)),
            unary("get with an ellipsis", x -> x.get(0, ellipsis(), from(1)), Input.of(2, 3, 4)),
            unary("get of nothing", x -> x.get(from(1)), Input.of(0, 2)));
    }

    private static List<Sample> symbolic() {
        var i = Input.indices(3).shaped();
        return List.of(
            of("get at an expression", in -> in.get(0).get(in.get(1)), Input.of(4, 2), i),
            of("get at two expressions", in -> in.get(0).get(in.get(1), Tensors.all(), in.get(2)), Input.of(3, 2, 3), i, i),
            of("get a column at an expression", in -> in.get(0).get(from(1), in.get(1)), Input.of(3, 4), i),
            of("get at a negative expression", in -> in.get(0).get(in.get(1)), Input.of(4), Input.values(-2).shaped().as(INT64)),
            of("get a span of expressions", in -> in.get(0).get(range(in.get(1), in.get(2))), Input.of(6), Input.values(-5).shaped().as(INT64), Input.values(4).shaped().as(INT64)),
            of("get a span of expressions backwards", in -> in.get(0).get(range(in.get(1), in.get(2), -2)), Input.of(6), Input.values(8).shaped().as(INT64), Input.values(0).shaped().as(INT64)));
    }

    private static List<Sample> picks() {
        return List.of(
            of("take rows", in -> in.get(0).get(in.get(1)), Input.of(5, 2), Input.indices(5, 3)).and(INT32, BOOL),
            of("take a table of rows", in -> in.get(0).get(in.get(1)), Input.of(4, 2), Input.of(2, 3).as(INT64).between(-4, 3)),
            of("take columns", in -> Tensors.take(in.get(0), in.get(1), 1), Input.of(2, 4), Input.indices(4, 3)),
            of("take pairs", in -> in.get(0).get(in.get(1), in.get(2)), Input.of(3, 4, 2), Input.indices(3, 5), Input.indices(4, 5)),
            of("take with broadcast positions", in -> in.get(0).get(in.get(1).get(Tensors.all(), newAxis()), in.get(2)), Input.of(3, 4), Input.indices(3, 2), Input.indices(4, 3)),
            of("take behind a span", in -> in.get(0).get(Tensors.all(), in.get(1), in.get(2)), Input.of(2, 3, 4), Input.indices(3, 2), Input.indices(4, 2)),
            of("take apart", in -> in.get(0).get(in.get(1), Tensors.all(), in.get(2)), Input.of(3, 2, 4), Input.indices(3, 2), Input.indices(4, 2)),
            of("take beside a position", in -> in.get(0).get(Tensors.all(), 1, in.get(1)), Input.of(2, 3, 4), Input.indices(4, 2)),
            of("take apart from a position", in -> in.get(0).get(1, from(1), in.get(1)), Input.of(2, 3, 4), Input.indices(4, 2)),
            of("take beside a new axis", in -> in.get(0).get(in.get(1), newAxis(), range(0, 2)), Input.of(3, 4), Input.indices(3, 2)),
            unary("take known rows", x -> x.get(new int[] {2, 0, -1}), Input.of(4, 2)),
            unary("take nothing", x -> x.get(new int[0]), Input.of(4, 2)));
    }

    private static List<Sample> masks() {
        return List.of(
            of("mask", in -> in.get(0).get(in.get(1)), Input.of(5), Input.values(1, 0, 1, 1, 0).as(BOOL)).and(INT32),
            of("mask of a matrix", in -> in.get(0).get(in.get(1)), Input.of(2, 3, 2), Input.values(1, 0, 1, 0, 0, 1).shaped(2, 3).as(BOOL)),
            of("mask of an axis", in -> in.get(0).get(Tensors.all(), in.get(1)), Input.of(2, 3), Input.values(0, 1, 1).as(BOOL)),
            unary("known mask", x -> x.get(new boolean[] {true, false, true}), Input.of(3, 2)),
            of("set under a mask", in -> in.get(0).at(in.get(1)).set(7), Input.of(5, 2), Input.bools(5)).and(INT64),
            of("add a scalar under a mask", in -> in.get(0).at(in.get(1)).add(in.get(2)), Input.of(2, 3), Input.bools(2, 3), Input.of()),
            of("set values under a mask", in -> in.get(0).at(in.get(1)).set(in.get(2)), Input.of(4), Input.values(1, 0, 1, 0).as(BOOL), Input.of(2)),
            Sample.all("nonzero", in -> Tensors.nonzero(in.getFirst()), Input.values(0, 1, 2, 0, 0, 3).shaped(2, 3).as(INT64)).in(FLOAT64));
    }

    private static List<Sample> writes() {
        var i = Input.indices(3).shaped();
        return List.of(
            of("set an element", in -> in.get(0).at(1).set(in.get(1)), Input.of(3), Input.of()).and(INT32),
            of("set a row", in -> in.get(0).at(-1).set(in.get(1)), Input.of(3, 2), Input.of(2)),
            of("set rows to one row", in -> in.get(0).at(from(1)).set(in.get(1)), Input.of(3, 2), Input.of(2)),
            of("add to a span", in -> in.get(0).at(range(3, 0, -2)).add(in.get(1)), Input.of(5), Input.of(2)).and(INT32),
            of("add a scalar to a column", in -> in.get(0).at(Tensors.all(), 0).add(in.get(1)), Input.of(3, 2), Input.of()),
            of("set with a new axis", in -> in.get(0).at(range(0, 2), newAxis()).set(in.get(1)), Input.of(3, 2), Input.of(2, 1, 2)),
            of("set at an expression", in -> in.get(0).at(in.get(2)).set(in.get(1)), Input.of(3, 2), Input.of(2), i),
            of("add at an expression beside a span", in -> in.get(0).at(range(0, 2), in.get(2)).add(in.get(1)), Input.of(3, 4), Input.of(2), i),
            of("set all", in -> in.get(0).at(Tensors.all()).set(in.get(1)), Input.of(3), Input.of(3)),
            of("set nothing", in -> in.get(0).at(range(2, 2)).set(in.get(1)), Input.of(3, 2), Input.of(0, 2)));
    }

    private static List<Sample> scatters() {
        return List.of(
            of("add at repeated rows", in -> in.get(0).at(in.get(1)).add(in.get(2)), Input.of(3, 2), Input.values(1, 0, 1, -2).as(INT64), Input.of(4, 2)).and(INT32),
            of("set at repeated rows", in -> in.get(0).at(in.get(1)).set(in.get(2)), Input.of(3, 2), Input.values(1, 0, 1, -2).as(INT64), Input.of(4, 2)).and(INT32),
            of("add at pairs", in -> in.get(0).at(in.get(1), in.get(2)).add(in.get(3)), Input.of(3, 4), Input.indices(3, 5), Input.indices(4, 5), Input.of(5)),
            of("set apart", in -> in.get(0).at(in.get(1), Tensors.all(), in.get(2)).set(in.get(3)), Input.of(3, 2, 4), Input.values(0, 2).as(INT64), Input.values(3, 1).as(INT64), Input.of(2, 2)),
            of("add behind a span", in -> in.get(0).at(Tensors.all(), in.get(1)).add(in.get(2)), Input.of(2, 3), Input.indices(3, 4), Input.of(2, 4)),
            of("add a scalar at rows of a span", in -> in.get(0).at(from(1), in.get(1)).add(in.get(2)), Input.of(3, 4), Input.indices(4, 2), Input.of()),
            of("set beside a position", in -> in.get(0).at(1, in.get(1)).set(in.get(2)), Input.of(3, 4), Input.values(2, 0).as(INT64), Input.of(2)));
    }
}
