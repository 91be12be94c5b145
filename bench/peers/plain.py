"""NumPy, and loops as Numba's users write them: derivatives are by hand."""

import functools
import math


def numpy():
    import numpy as np

    def norm(x):
        return (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 1e-5)

    def softmax(x):
        e = np.exp(x - x.max(1, keepdims=True))
        return e / e.sum(1, keepdims=True)

    def logsumexp(x):
        m = x.max(1)
        return m + np.log(np.exp(x - m[:, None]).sum(1))

    def logistic(x):
        s = 1 / (1 + np.exp(-x))
        return s * (1 - s)

    def rosenbrock(x):
        t = x[1:] - x[:-1] ** 2
        g = np.zeros_like(x)
        g[:-1] = -400 * x[:-1] * t - 2 * (1 - x[:-1])
        g[1:] += 200 * t
        return g

    known = {"call": lambda x: 2 * x, "bind": lambda x: 2 * x, "logistic": logistic, "squares": lambda x: x @ x,
             "axpy": lambda a, b, c, d: a * b + c - d / 2, "rosenbrock": rosenbrock, "softmax": softmax, "logsumexp": logsumexp,
             "layernorm": norm, "gemm": np.matmul, "gemv": np.matmul,
             "rnn": lambda w, x, h: functools.reduce(lambda s, e: np.tanh(w @ s + e), x, h)}
    return np.__version__, lambda name, n, arrays: (functools.partial(known[name], *arrays),) if name in known else None


def numba():
    import numba
    import numpy as np

    def double(x):
        return 2 * x

    def logistic(x):
        y = np.empty_like(x)
        for i in range(x.size):
            s = 1 / (1 + math.exp(-x[i]))
            y[i] = s * (1 - s)
        return y

    def squares(x):
        s = 0.0
        for i in range(x.size):
            s += x[i] * x[i]
        return s

    def axpy(a, b, c, d):
        y = np.empty_like(a)
        for i in range(a.size):
            y[i] = a[i] * b[i] + c[i] - d[i] / 2
        return y

    def rosenbrock(x):
        g = np.empty_like(x)
        g[0] = 0
        for i in range(x.size - 1):
            t = x[i + 1] - x[i] * x[i]
            g[i] += -400 * x[i] * t - 2 * (1 - x[i])
            g[i + 1] = 200 * t
        return g

    def softmax(x):
        y = np.empty_like(x)
        for i in range(x.shape[0]):
            m = -np.inf
            for j in range(x.shape[1]):
                m = max(m, x[i, j])
            s = 0.0
            for j in range(x.shape[1]):
                y[i, j] = math.exp(x[i, j] - m)
                s += y[i, j]
            for j in range(x.shape[1]):
                y[i, j] /= s
        return y

    known = {"call": double, "bind": double, "logistic": logistic, "squares": squares, "axpy": axpy, "rosenbrock": rosenbrock,
             "softmax": softmax}

    def prepare(name, n, arrays):
        if name not in known or arrays[0].dtype != np.float64:  # its constants are float64, and so is what they touch
            return None
        work = numba.njit(fastmath=True)(known[name])  # compiled anew
        return (functools.partial(work, *[x.item() if x.ndim == 0 else x for x in arrays]),)

    return numba.__version__, prepare
