package org.agnesi.bench;

/// A table of the page: works that belong together.
enum Table {
    FORMULAS("Formulas and their gradients", "Java by hand", """
        | work | is |
        |---|---|
        | call, bind | 2x of a number: through `callInto`, and bound to a `DoubleUnaryOperator` |
        | logistic | the gradient of Σ 1 / (1 + exp(−x)) |
        | squares, axpy | Σ x²; a·b + c − d/2; up to 1,000 numbers of float64 these and logistic are bound to interfaces of arrays |
        | rosenbrock | the gradient of Rosenbrock's function; NumPy's, Numba's and C's are written by hand |
        | softmax, logsumexp, layernorm | of the rows of an n × n matrix; layernorm_grad is the gradient of Σ sin of it |
        | gemm, gemv | a matrix times a matrix, times a vector |
        | mlp, regression | loss and gradients of a net 784-500-10, of a regression 784-10, batches of 60 |
        | rnn, rnn_grad | h ← tanh(W h + x), 1,000 steps, and its gradient by W, x and h |
        """),
    PRODUCTS("Products with Jacobians and Hessians, written with the matrix", "own sweeps", """
        J is the Jacobian of tanh(A x), H the Hessian of Σ tanh²(A x), both n × n; all sides write the formula below. *Own sweeps* is
        Agnesi too, with `rop` and `lop` by hand in place of the matrix.

        | work | is |
        |---|---|
        | jv, uj, hv | J v, u J, H v |
        | jtjv, gauss_newton | (Jᵀ J) v, Jᵀ (x ⊙ (J v)) |
        | vhv | v · (H v) |
        | diagonal, laplacian | the diagonal of J, the trace of H; the sweeps are one for each column |
        """),
    MATRICES("Whole Jacobians and Hessians", "by hand", """
        Jacobian and Hessian are those of the products; *examples* is one gradient for each row of a batch.
        """),
    SPARSE("Sparse Jacobians and Hessians", "by hand", """
        *banded* is the Jacobian of x[1:] · x[:-1], *rosenbrock_hessian* the Hessian of Rosenbrock's function. Agnesi and CasADi compute
        the entries that can be other than zero, the others have dense matrices only.
        """),
    ADBENCH("Objectives and their derivatives", "error", "by hand", """
        *error* is the largest difference of a result of Agnesi from independent values, divided by the largest of these. *blocks* are
        those of the sparse Jacobian. The formulas of all sides are as their users write them: `examples` and `bench/peers/adbench.py`.
        """);

    final String title;
    final String size;
    final String hand;
    final String about;

    Table(String title, String hand, String about) { this(title, "n", hand, about); }

    Table(String title, String size, String hand, String about) {
        this.title = title;
        this.size = size;
        this.hand = hand;
        this.about = about;
    }
}
