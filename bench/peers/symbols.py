"""CasADi: its expressions, compiled by itself, called through its buffers on arrays that are kept."""

import functools

# As graphs of numbers, whose matrices are sparse; the others as graphs of matrices.
NUMBERS = ("call", "bind", "banded", "rosenbrock_hessian")

# Above, building or a call takes too long to be waited for.
LARGEST = {"gemm": 256, "jtjv": 400, "hv": 100, "vhv": 100, "laplacian": 100, "hessian": 100}


def works(ca):
    """The works, each from symbols to results."""

    def spread(column, n):
        return ca.repmat(column, 1, n)

    def rosenbrock(x):
        return ca.sumsqr(10 * (x[1:] - x[:-1] ** 2)) + ca.sumsqr(1 - x[:-1])

    def softmax(x):
        e = ca.exp(x)
        return e / spread(ca.sum2(e), x.shape[1])

    def norm(x):
        n = x.shape[1]
        centred = x - spread(ca.sum2(x) / n, n)
        return centred / spread(ca.sqrt(ca.sum2(centred**2) / n + 1e-5), n)

    def affine(x, w, b):
        return x @ w + ca.repmat(b.T, x.shape[0], 1)

    def trained(scores, t, *weights):
        loss = ca.sum1(ca.sum2(t * (spread(ca.log(ca.sum2(ca.exp(scores))), 10) - scores))) / 60
        return [loss, *(ca.gradient(loss, w) for w in weights)]

    def rnn(w, x, h):
        return functools.reduce(lambda s, k: ca.tanh(w @ s + x[k, :].T), range(x.shape[0]), h)

    def sums(y, *inputs):
        return [ca.gradient(ca.sum1(ca.sum2(y)), x) for x in inputs]

    def jacobian(a, x):
        return ca.jacobian(ca.tanh(a @ x), x)

    def hessian(a, x):
        return ca.hessian(ca.sumsqr(ca.tanh(a @ x)), x)[0]

    return {
        "call": lambda x: 2 * x,
        "bind": lambda x: 2 * x,
        "logistic": lambda x: sums(1 / (1 + ca.exp(-x)), x),
        "squares": ca.sumsqr,
        "axpy": lambda a, b, c, d: a * b + c - d / 2,
        "rosenbrock": lambda x: sums(rosenbrock(x), x),
        "softmax": softmax,
        "logsumexp": lambda x: ca.log(ca.sum2(ca.exp(x))),
        "layernorm": norm,
        "layernorm_grad": lambda x: sums(ca.sin(norm(x)), x),
        "gemm": ca.mtimes,
        "gemv": ca.mtimes,
        "mlp": lambda x, t, w, b, v, c: trained(affine(ca.tanh(affine(x, w, b)), v, c), t, w, b, v, c),
        "regression": lambda x, t, w, b: trained(affine(x, w, b), t, w, b),
        "rnn": rnn,
        "rnn_grad": lambda w, x, h: sums(rnn(w, x, h), w, x, h),
        "jv": lambda a, x, v: jacobian(a, x) @ v,
        "uj": lambda a, x, v: v.T @ jacobian(a, x),
        "jtjv": lambda a, x, v: (lambda j: (j.T @ j) @ v)(jacobian(a, x)),
        "gauss_newton": lambda a, x, v: (lambda j: j.T @ (x * (j @ v)))(jacobian(a, x)),
        "hv": lambda a, x, v: hessian(a, x) @ v,
        "vhv": lambda a, x, v: ca.dot(v, hessian(a, x) @ v),
        "diagonal": lambda a, x, v: ca.diag(jacobian(a, x)),
        "laplacian": lambda a, x, v: ca.trace(hessian(a, x)),
        "jacobian": lambda a, x, v: jacobian(a, x),
        "hessian": lambda a, x, v: hessian(a, x),
        "banded": lambda x: ca.jacobian(x[1:] * x[:-1], x),
        "rosenbrock_hessian": lambda x: ca.hessian(rosenbrock(x), x)[0],
    }


def casadi():
    import casadi as ca
    import numpy as np

    known = works(ca)

    def prepare(name, n, arrays):
        if name not in known or n > LARGEST.get(name, n) or arrays[0].dtype != np.float64:
            return None
        symbol = ca.SX.sym if name in NUMBERS else ca.MX.sym
        symbols = [symbol(f"x{k}", *x.shape) for k, x in enumerate(arrays)]
        y = known[name](*symbols)
        f = ca.Function("f", symbols, y if isinstance(y, list) else [y])
        buffers, call = f.buffer()
        outs = [np.zeros(f.nnz_out(k)) for k in range(f.n_out())]
        args = [x.ravel("F") for x in arrays]  # it stores columns
        for k, x in enumerate(args):
            buffers.set_arg(k, memoryview(x))
        for k, out in enumerate(outs):
            buffers.set_res(k, memoryview(out))
        call.keeps = buffers, args, outs  # it points into them
        return call, outs

    return ca.__version__, prepare
