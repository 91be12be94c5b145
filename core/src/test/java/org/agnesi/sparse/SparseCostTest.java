package org.agnesi.sparse;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.hessianSparse;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.jacobianSparse;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.concatenate;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.lvector;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.take;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.upTo;
import static org.agnesi.sparse.Stencils.arrow;
import static org.agnesi.sparse.Stencils.differences;
import static org.agnesi.sparse.Stencils.neighbours;
import static org.agnesi.sparse.Stencils.parts;
import static org.agnesi.sparse.Stencils.random;
import static org.agnesi.sparse.Stencils.sweeps;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sparse Jacobians: by how many sweeps, in how much memory, how often their pattern is found, and when they warn.
class SparseCostTest {
    private final Expr x = dvector("x");

    // rows instead of columns

    @Test void aRowOfAllTakesAReverseSweep() {
        var y = concatenate(sin(x), sum(sqr(x)).reshape(1));
        assertThat(sweeps(y, x, random(50))).isEqualTo(2);
    }

    @Test void aColumnInAllTakesAForwardSweep() {
        assertThat(sweeps(mul(x, x.get(0)), x, random(50))).isEqualTo(2);
    }

    // both directions

    @ParameterizedTest(name = "n = {0}")
    @ValueSource(ints = {40, 400, 4000})
    void aLongRowAndALongColumnTakeASweepEach(int n) {
        assertThat(sweeps(arrow(x), x, random(n))).isEqualTo(1 + 1 + 3);
        assertThat(sweeps(mul(sin(x), add(sum(x.get(upTo(2))), 1)), x, random(n))).as("two long columns").isEqualTo(3);
        var rows = concatenate(sin(x), sum(sqr(x)).reshape(1), sum(exp(x)).reshape(1), mul(x.get(from(5)), x.get(4)));
        assertThat(sweeps(rows, x, random(n))).as("two long rows and a long column").isEqualTo(2 + 2);
    }

    @Test void bothDirectionsAgreeWithTheDenseJacobianAtAnySize() {
        var j = jacobianSparse(arrow(x), x);
        var f = function(inputs(x), outputs(j.toDense(), List.of(jacobian(arrow(x), x))));
        for (int n : new int[] {3, 4, 17, 90, 9}) {
            var found = f.callAll(random(n));
            assertThat(found.get(0).allClose(differences(arrow(x), x, random(n)), 1e-5, 1e-7)).as("n = %d", n).isTrue();
            assertThat(found.get(0).allClose(found.get(1), 1e-13, 1e-15)).isTrue();
        }
        var reference = function().inputs(x).outputs(j.toDense()).mode(Mode.REFERENCE).compile().call(random(17));
        assertThat(reference.allClose(f.callAll(random(17)).getFirst(), 1e-13, 1e-15)).isTrue();
    }

    @Test void bothDirectionsOfATallMatrixAndAWideOne() {
        var tall = concatenate(mul(sin(x), x.get(0)), mul(exp(x), x.get(0)), sum(sqr(x)).reshape(1));
        var wide = concatenate(mul(x.get(from(7)), x.get(0)), sum(sqr(x)).reshape(1));
        for (var y : List.of(tall, wide)) {
            assertThat(sweeps(y, x, random(60))).isEqualTo(3);
            var dense = function(x, jacobianSparse(y, x).toDense()).call(random(60));
            assertThat(dense.allClose(differences(y, x, random(60)), 1e-5, 1e-7)).isTrue();
        }
    }

    @Test void anArrowTakesMemoryByTheEntriesAndFlopsByTheSweeps() {
        var f = function(x, jacobianSparse(arrow(x), x).values());
        for (int n : new int[] {10_000, 1_000_000}) {
            var cost = f.cost(Shape.of(n));
            assertThat(cost.unknown()).isEmpty();
            assertThat(cost.peakBytes()).isLessThanOrEqualTo(208L * n);
            assertThat(cost.flops()).isLessThanOrEqualTo(139L * n);
        }
    }

    @Test void theDenseJacobianOfAnArrowIsCompressed() {
        int n = 500;
        var f = function(x, jacobian(arrow(x), x));
        assertThat(f.cost(Shape.of(n)).flops()).isLessThan(145L * n);
        assertThat(f.call(random(40)).allClose(differences(arrow(x), x, random(40)), 1e-5, 1e-7)).isTrue();
    }

    @Test void bothDirectionsHaveDerivatives() {
        var cost = sum(sqr(jacobianSparse(arrow(x), x).values()));
        var dense = sum(sqr(jacobian(arrow(x), x)));
        assertThat(function(x, grad(cost, x)).call(random(30)).allClose(function(x, grad(dense, x)).call(random(30)), 1e-12, 1e-13)).isTrue();
    }

    // size

    @Test void aMillionVariablesTakeMemoryByTheEntries() {
        int n = 1_000_000;
        var j = jacobianSparse(neighbours(x), x);
        var f = parts(x, j);
        var cost = f.cost(Shape.of(n));
        assertThat(cost.unknown()).isEmpty();
        assertThat(cost.peakBytes()).as("values, columns, rows, row pointers").isLessThanOrEqualTo((16L + 8 + 8 + 4 + 4) * n + 8);
        var at = random(n);
        var out = f.callAll(at);
        assertThat(out.get(0).size()).isEqualTo(2 * (n - 1));
        assertThat(out.get(3).toLong()).isEqualTo(2);
        for (int i = 0; i < n - 1; i += 997) {
            assertThat(out.get(0).doubleAt(2 * i)).isEqualTo(at.doubleAt(i + 1));
            assertThat(out.get(0).doubleAt(2 * i + 1)).isEqualTo(at.doubleAt(i));
        }
    }

    @Test void aHessianOfAMillionVariablesTakesMemoryByTheEntries() {
        var h = hessianSparse(sum(sin(neighbours(x))), x);
        for (int n : new int[] {10_000, 1_000_000}) {
            var cost = function(x, h.values()).cost(Shape.of(n));
            assertThat(cost.unknown()).isEmpty();
            assertThat(cost.peakBytes()).isLessThanOrEqualTo(136L * n);
        }
    }

    // dense results

    @Test void aDenseJacobianOfFewColoursIsCompressed() {
        int n = 500;
        var y = mul(neighbours(x), x.get(upTo(-1)));
        var f = function(x, jacobian(y, x));
        var cost = f.cost(Shape.of(n));
        assertThat(cost.unknown()).isEmpty();
        assertThat(cost.flops()).isLessThan(5L * n);
        assertThat(f.call(random(n)).allClose(differences(y, x, random(n)), 1e-5, 1e-8)).isTrue();
    }

    @Test void aDenseJacobianOfManyColoursIsNot() {
        var b = dmatrix("B");
        var f = function(inputs(b, x), jacobian(tanh(dot(b, sin(dot(b, x)))), x));
        assertThat(f.kernels()).doesNotContain("compression");
    }

    @Test void aDenseHessianOfFewColoursIsCompressed() {
        int n = 300;
        var cost = sum(sin(neighbours(x)));
        var f = function(x, hessian(cost, x));
        assertThat(f.cost(Shape.of(n)).flops()).isLessThan(81L * n);
        var g = grad(cost, x);
        assertThat(f.call(random(n)).allClose(differences(g, x, random(n)), 1e-5, 1e-8)).isTrue();
    }

    // how often the pattern is found

    @Test void aPatternIsFoundOncePerSizes() {
        var f = parts(x, jacobianSparse(arrow(x), x));
        assertThat(logged(SparsityPattern.class, Level.FINE, () -> {
            for (int n : new int[] {5, 5, 5, 8, 8}) f.callAll(random(n));
        })).containsExactly("found a sparsity pattern of 17 entries in 5 rows", "found a sparsity pattern of 32 entries in 8 rows");
    }

    @Test void aPatternIsFoundOncePerPositions() {
        var i = lvector("i");
        var f = function(inputs(x, i), jacobianSparse(sin(take(x, i, 0)), x).values());
        assertThat(logged(SparsityPattern.class, Level.FINE, () -> {
            f.call(random(4), new long[] {0, 3});
            f.call(NDArray.zeros(DType.FLOAT64, Shape.of(4)), new long[] {0, 3});
            f.call(random(4), new long[] {1, 3, 1});
            f.call(random(4), new long[] {1, 3, 1});
        })).containsExactly("found a sparsity pattern of 2 entries in 2 rows", "found a sparsity pattern of 3 entries in 3 rows");
    }

    // warnings

    private static List<String> warnings(Runnable calls) { return logged(Compression.class, Level.WARNING, calls); }

    private static List<String> logged(Class<?> from, Level least, Runnable calls) {
        var messages = new ArrayList<String>();
        var handler = new Handler() {
            @Override public void publish(LogRecord record) { messages.add(record.getMessage()); }
            @Override public void flush() {}
            @Override public void close() {}
        };
        var logger = Logger.getLogger(from.getName());
        var before = logger.getLevel();
        logger.setLevel(least);
        handler.setLevel(Level.ALL);
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            calls.run();
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(before);
            logger.setUseParentHandlers(true);
        }
        return messages;
    }

    @Test void aDenseMatrixIsWarnedOfOnce() {
        var a = dmatrix("A");
        var f = function(inputs(a, x), jacobianSparse(tanh(dot(a, x)), x).values());
        assertThat(warnings(() -> {
            f.call(random(20, 30), random(30));
            f.call(random(20, 30), random(30));
        })).containsExactly("""
            a sparse result was asked of a dense matrix: jacobian(tanh((A \\dot x)), x) has 600 of 600 entries that can be other than zero, and takes 20 sweeps
            Ask for the dense one, or for a product with it.""");
    }

    @Test void aSparseMatrixIsNotWarnedOf() {
        assertThat(warnings(() -> sweeps(neighbours(x), x, random(100)))).isEmpty();
    }
}
