package org.agnesi.network;

import static org.agnesi.Agnesi.dependsOn;
import static org.agnesi.Agnesi.fixedPoint;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.hessianSparse;
import static org.agnesi.Agnesi.ignoreDisconnected;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.jacobianSparse;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Agnesi.taylor;
import static org.agnesi.Agnesi.vectorize;
import static org.agnesi.Tensors.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Small formulas in which derivatives are taken of loops, and in them, of moved and chosen elements, integers, solutions and other
/// derivatives: what they come to is what their definition does. Their sizes may be known, and be 1.
class LoopsFuzzTest {
    private static final int FORMULAS = 250, MOST_PARTS = 18, DEEPEST = 3;
    private static final List<Integer> SIZES = List.of(3, 3, 4, 2, 1);

    private static final class Drawn implements DrawnFormula {
        private final Random random;
        private final int size;
        private final Expr x, u, A, B, s, k;
        private final List<Expr> scalars, vectors, matrices;
        private int left = MOST_PARTS;

        Drawn(int seed) {
            random = new Random(seed);
            size = SIZES.get(random.nextInt(SIZES.size()));
            int n = random.nextBoolean() ? size : -1;
            x = dvector("x", n);
            u = dvector("u", n);
            A = dmatrix("A", n, n);
            B = dmatrix("B", n, n);
            s = dscalar("s");
            k = tensor("k", DType.INT64, n);
            scalars = new ArrayList<>(List.of(s));
            vectors = new ArrayList<>(List.of(x, u));
            matrices = List.of(A, B);
        }

        @Override public List<Expr> inputs() { return List.of(x, u, A, B, s, k); }

        @Override public List<NDArray> at() {
            var positions = NDArray.wrap(LongStream.range(0, size).map(i -> (i * i + 1) % size).toArray(), size);
            return List.of(numbers(1, size), numbers(2, size), numbers(3, size, size), numbers(4, size, size), NDArray.of(0.37), positions);
        }

        @Override public Expr formula() {
            return switch (random.nextInt(4)) {
                case 0 -> scalar(DEEPEST);
                case 1 -> vector(DEEPEST);
                case 2 -> matrix(DEEPEST);
                default -> grad(scalar(DEEPEST), any(vectors), ignoreDisconnected());
            };
        }

        private Expr any(List<Expr> of) { return of.get(random.nextInt(of.size())); }
        private boolean isLeaf(int depth) { return depth <= 0 || --left < 0; }

        /// What is drawn where there is one more.
        private Expr with(List<Expr> all, Expr more, Supplier<Expr> drawn) {
            all.add(more);
            var e = drawn.get();
            all.removeLast();
            return e;
        }

        private Expr smooth(Expr e) {
            return switch (random.nextInt(4)) {
                case 0 -> tanh(e);
                case 1 -> sqr(sin(e));
                case 2 -> exp(sin(e));
                default -> e.div(sqr(e).plus(1));
            };
        }

        private Expr positions() { return List.of(k, k.get(all().by(-1)), k.plus(1).rem(x.length()), k.get(k)).get(random.nextInt(4)); }

        /// The same, dependent on a vector.
        private Expr of(Expr x, Expr y) { return dependsOn(y, x) ? y : y.plus(y.type().rank() == 0 ? sum(smooth(x)) : smooth(x)); }

        private Expr scalar(int depth) {
            if (isLeaf(depth)) return random.nextBoolean() ? any(scalars) : sum(any(vectors));
            int d = depth - 1;
            return switch (random.nextInt(12)) {
                case 0 -> sum(smooth(vector(d)));
                case 1 -> dot(vector(d), vector(d));
                case 2 -> sum(matrix(d));
                case 3 -> mean(sqr(matrix(d)));
                case 4 -> scalar(d).times(scalar(d));
                case 5 -> trace(matrix(d));
                case 6 -> max(vector(d));
                case 7 -> scan(vector(d), scalar(d), (e, h) -> with(scalars, h, () -> tanh(scalar(d).plus(h.times(e))))).get(-1);
                case 8 -> ifElse(gt(scalar(d), 0.1), scalar(d), scalar(d));
                case 9 -> sum(matrix(d).times(vector(d)));
                case 10 -> until(vector(d), scalar(0), d);
                default -> vector(d).get(-1);
            };
        }

        private Expr until(Expr over, Expr first, int depth) {
            var loop = scan();
            var e = loop.over(over);
            var state = loop.state(first);
            state.next(with(scalars, e, () -> tanh(state.previous().plus(scalar(depth)))));
            loop.until(gt(state.previous(), 0.9));
            return state.last();
        }

        private Expr vector(int depth) {
            if (isLeaf(depth)) return any(vectors);
            int d = depth - 1;
            return switch (random.nextInt(30)) {
                case 0 -> smooth(vector(d));
                case 1 -> vector(d).plus(scalar(d));
                case 2 -> vector(d).times(vector(d));
                case 3 -> dot(matrix(d), vector(d));
                case 4 -> sum(matrix(d), random.nextInt(2));
                case 5 -> matrix(d).get(all(), -1);
                case 6 -> vector(d).get(all().by(-1));
                case 7 -> vector(d).get(positions());
                case 8 -> vector(d).at(positions()).add(vector(d));
                case 9 -> vector(d).at(0).set(scalar(d));
                case 10 -> cumsum(vector(d));
                case 11 -> cumprod(smooth(vector(d)));
                case 12 -> where(gt(vector(d), 0.1), vector(d), vector(d));
                case 13 -> maximum(vector(d), vector(d));
                case 14 -> diagonal(matrix(d));
                case 15 -> grad(scalar(d), any(vectors), ignoreDisconnected());
                case 16 -> derived(any(vectors), d);
                case 17 -> steps(vector(d), d);
                case 18 -> scan(vector(d), e -> with(scalars, e, () -> scalar(d)));
                case 19 -> scan(matrix(d), vector(d), (e, h) -> with(vectors, h, () -> tanh(vector(d).plus(h.times(e))))).get(-1);
                case 20 -> checkpoint(vector(d), t -> with(vectors, t, () -> smooth(vector(d))));
                case 21 -> ifElse(gt(scalar(d), 0.2), vector(d), vector(d));
                case 22 -> concatenate(vector(d).get(upTo(1)), vector(d).get(from(1)));
                case 23 -> solution(vector(d));
                case 24 -> solve(eyeLike(A).times(4).plus(tanh(matrix(d))), vector(d));
                case 25 -> customGradient("c", List.of(vector(d)), a -> List.of(sin(a.get(0))),
                    (a, g) -> List.of(g.get(0).times(cos(a.get(0))))).get(0);
                case 26 -> arange(x.length()).times(0.3).plus(vector(d));
                case 27 -> matrix(d).reshape(-1).get(upTo(x.length()));
                default -> diagonal(derivative(depth));
            };
        }

        private Expr solution(Expr t) { return fixedPoint(y -> sin(y.times(0.3)).plus(t.times(0.1)), zerosLike(t)); }

        private Expr steps(Expr first, int depth) {
            var loop = scan().steps(3);
            if (random.nextBoolean()) loop.saveEvery(2);
            var state = loop.state(first);
            return state.next(with(vectors, state.previous(), () -> tanh(state.previous().plus(vector(depth))))).last();
        }

        private Expr derived(Expr by, int d) {
            return switch (random.nextInt(4)) {
                case 0 -> rop(of(by, vector(d)), by, vector(d));
                case 1 -> lop(of(by, vector(d)), by, vector(d));
                case 2 -> taylor(of(by, vector(d)), by, vector(d), 2).get(2);
                default -> dot(hessian(of(by, scalar(d)), by), vector(d));
            };
        }

        private Expr derivative(int depth) {
            int d = depth - 1;
            var by = any(vectors);
            return switch (random.nextInt(7)) {
                case 0 -> hessian(of(by, scalar(d)), by);
                case 1 -> jacobianSparse(of(by, vector(d)), by).toDense();
                case 2 -> hessianSparse(of(by, scalar(d)), by).toDense();
                case 3 -> sum(jacobian(of(by, matrix(d)), by), 0);
                case 4 -> jacobian(of(by, vector(d)), by).T();
                default -> jacobian(of(by, vector(d)), by);
            };
        }

        private Expr matrix(int depth) {
            if (isLeaf(depth)) return any(matrices);
            int d = depth - 1;
            return switch (random.nextInt(20)) {
                case 0 -> matrix(d).plus(vector(d));
                case 1 -> derivative(depth).plus(vector(d).dimshuffle(0, "x"));
                case 2 -> derivative(depth).minus(scalar(d));
                case 3 -> dot(derivative(depth).plus(2), matrix(d));
                case 4 -> matrix(d).times(matrix(d));
                case 5 -> derivative(depth).times(arange(x.length()).times(0.3).plus(1));
                case 6 -> matrix(d).get(positions());
                case 7 -> matrix(d).at(positions()).add(vector(d));
                case 8 -> matrix(d).at(all(), 0).set(vector(d));
                case 9 -> where(gt(matrix(d), vector(d)), matrix(d), scalar(d));
                case 10 -> matrix(d).reshape(-1).plus(1).reshape(x.length(), x.length());
                case 11 -> grad(scalar(d), any(matrices), ignoreDisconnected());
                case 12 -> vectorize(t -> with(vectors, t, () -> dot(jacobian(of(t, vector(d)), t), t))).apply(matrix(d));
                case 13 -> scan(matrix(d), vector(d), (e, h) -> with(vectors, h, () -> smooth(vector(d).plus(h.times(e)))));
                case 14 -> matrix(d).minus(mean(matrix(d), axes(random.nextInt(2)).keep()));
                default -> derivative(depth);
            };
        }
    }

    private static NDArray numbers(int k, int... dims) {
        int size = IntStream.of(dims).reduce(1, (a, b) -> a * b);
        return NDArray.wrap(DoubleStream.iterate(k, i -> i + 1.37).limit(size).map(i -> 0.7 * Math.sin(i)).toArray(), dims);
    }

    @TestFactory List<DynamicTest> formulasComeToWhatTheirDefinitionDoes() { return DrawnFormula.tests(FORMULAS, Drawn::new); }
}
