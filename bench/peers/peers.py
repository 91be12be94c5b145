"""Runs the benchmarks' works in JAX, NumPy or Numba, one at a time, as bench/run compare asks on the standard input.

    python3 peers.py jax|numpy|numba
    in:  NAME N MILLISECONDS      out: MEDIAN BEST FIRST CHECKSUM   (nanoseconds), or "none"

Inputs are those of the other sides: element i is sin(a * i + b) for the a, b of each input.
"""

import math
import os
import sys
import time

import numpy as np


def vector(n, a, b):
    return np.sin(a * np.arange(n, dtype=np.float64) + b)


def matrix(m, n, a, b):
    return vector(m * n, a, b).reshape(m, n)


def inputs(name, n):
    if name in ("logistic", "squares", "rosenbrock"):
        return [vector(n, 0.7, 0.1)]
    if name == "axpy":
        return [vector(n, 0.7, 0.1), vector(n, 0.3, 0.2), vector(n, 0.9, 0.3), vector(n, 0.2, 0.4)]
    if name in ("softmax", "logsumexp", "layernorm", "layernorm_grad"):
        return [matrix(n, n, 0.7, 0.1)]
    if name == "gemm":
        return [matrix(n, n, 0.7, 0.1), matrix(n, n, 0.3, 0.2)]
    if name == "gemv":
        return [matrix(n, n, 0.7, 0.1), vector(n, 0.3, 0.2)]
    if name == "mlp":
        return [matrix(60, 784, 0.7, 0.1), np.eye(10)[np.arange(60) % 10], 0.05 * matrix(784, 500, 0.3, 0.2), vector(500, 0.9, 0.3) * 0.05,
                0.05 * matrix(500, 10, 0.2, 0.4), vector(10, 0.1, 0.5) * 0.05]
    if name == "regression":
        return [matrix(60, 784, 0.7, 0.1), np.eye(10)[np.arange(60) % 10], 0.05 * matrix(784, 10, 0.3, 0.2), vector(10, 0.9, 0.3) * 0.05]
    if name in ("rnn", "rnn_grad"):
        return [matrix(n, n, 0.7, 0.1) / math.sqrt(n), matrix(1000, n, 0.3, 0.2), vector(n, 0.9, 0.3)]
    if name in ("jv", "uj", "hv", "jacobian", "hessian", "examples"):
        return [matrix(n, n, 0.7, 0.1) / math.sqrt(n), vector(n, 0.3, 0.2), vector(n, 0.9, 0.3)]
    return None


def jax_works():
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)

    def rosenbrock(x):
        return jnp.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)

    def norm(x):
        return (x - x.mean(1, keepdims=True)) / jnp.sqrt(x.var(1, keepdims=True) + 1e-5)

    def mlp(x, t, w1, b1, w2, b2):
        return -jnp.mean(jnp.sum(t * jax.nn.log_softmax(jnp.tanh(x @ w1 + b1) @ w2 + b2), 1))

    def regression(x, t, w, b):
        return -jnp.mean(jnp.sum(t * jax.nn.log_softmax(x @ w + b), 1))

    def rnn(w, x, h):
        return jax.lax.scan(lambda s, e: (jnp.tanh(w @ s + e), None), h, x)[0]

    def f(a, x):
        return jnp.tanh(a @ x)

    def cost(a, x):
        return jnp.sum(jnp.tanh(a @ x) ** 2)

    works = {
        "logistic": jax.grad(lambda x: jnp.sum(jax.nn.sigmoid(x))),
        "squares": lambda x: jnp.sum(x * x),
        "axpy": lambda a, b, c, d: a * b + c - d / 2,
        "rosenbrock": jax.grad(rosenbrock),
        "softmax": lambda x: jax.nn.softmax(x, 1),
        "logsumexp": lambda x: jax.nn.logsumexp(x, 1),
        "layernorm": norm,
        "layernorm_grad": jax.grad(lambda x: jnp.sum(jnp.sin(norm(x)))),
        "gemm": lambda a, b: a @ b,
        "gemv": lambda a, x: a @ x,
        "mlp": jax.value_and_grad(mlp, (2, 3, 4, 5)),
        "regression": jax.value_and_grad(regression, (2, 3)),
        "rnn": rnn,
        "rnn_grad": jax.grad(lambda w, x, h: jnp.sum(rnn(w, x, h)), (0, 1, 2)),
        "jv": lambda a, x, v: jax.jacrev(f, 1)(a, x) @ v,
        "uj": lambda a, x, v: v @ jax.jacrev(f, 1)(a, x),
        "hv": lambda a, x, v: jax.hessian(cost, 1)(a, x) @ v,
        "jacobian": lambda a, x, v: jax.jacrev(f, 1)(a, x),
        "hessian": lambda a, x, v: jax.hessian(cost, 1)(a, x),
        "examples": lambda a, x, v: jax.vmap(jax.grad(lambda r: jnp.sum(jnp.tanh(r * x))))(a),
    }
    jitted = {name: jax.jit(work) for name, work in works.items()}
    return jitted, lambda x: jax.device_put(x), lambda y: jax.block_until_ready(y)


def numpy_works():
    def norm(x):
        return (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 1e-5)

    def softmax(x):
        e = np.exp(x - x.max(1, keepdims=True))
        return e / e.sum(1, keepdims=True)

    def logistic(x):
        s = 1 / (1 + np.exp(-x))
        return s * (1 - s)

    def rosenbrock(x):
        t = x[1:] - x[:-1] ** 2
        g = np.zeros_like(x)
        g[:-1] = -400 * x[:-1] * t - 2 * (1 - x[:-1])
        g[1:] += 200 * t
        return g

    def rnn(w, x, h):
        for e in x:
            h = np.tanh(w @ h + e)
        return h

    def lse(x):
        m = x.max(1)
        return m + np.log(np.exp(x - m[:, None]).sum(1))

    works = {"logistic": logistic, "squares": lambda x: x @ x, "axpy": lambda a, b, c, d: a * b + c - d / 2, "rosenbrock": rosenbrock,
             "softmax": softmax, "logsumexp": lse, "layernorm": norm, "gemm": lambda a, b: a @ b, "gemv": lambda a, x: a @ x, "rnn": rnn}
    return works, lambda x: x, lambda y: y


def numba_works():
    import numba

    fast = numba.njit(fastmath=True)

    @fast
    def logistic(x):
        y = np.empty_like(x)
        for i in range(x.size):
            s = 1 / (1 + math.exp(-x[i]))
            y[i] = s * (1 - s)
        return y

    @fast
    def squares(x):
        s = 0.0
        for i in range(x.size):
            s += x[i] * x[i]
        return s

    @fast
    def axpy(a, b, c, d):
        y = np.empty_like(a)
        for i in range(a.size):
            y[i] = a[i] * b[i] + c[i] - d[i] / 2
        return y

    @fast
    def rosenbrock(x):
        g = np.empty_like(x)
        g[0] = 0
        for i in range(x.size - 1):
            t = x[i + 1] - x[i] * x[i]
            g[i] += -400 * x[i] * t - 2 * (1 - x[i])
            g[i + 1] = 200 * t
        return g

    @fast
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

    works = {"logistic": logistic, "squares": squares, "axpy": axpy, "rosenbrock": rosenbrock, "softmax": softmax}
    return works, lambda x: x, lambda y: y


def leaves(y):
    return [leaf for part in y for leaf in leaves(part)] if isinstance(y, (tuple, list)) else [y]


def checksum(y):
    return float(sum(np.abs(np.asarray(leaf)).sum() for leaf in leaves(y)))


def measure(work, args, ready, milliseconds):
    clock = time.perf_counter_ns
    start = clock()
    y = ready(work(*args))
    first = clock() - start
    start, calls = clock(), 0
    while clock() - start < 20_000_000 or calls < 3:
        ready(work(*args))
        calls += 1
    batch = max(1, int(20_000 * calls / (clock() - start)))
    times, begun = [], clock()
    while clock() - begun < milliseconds * 1_000_000 or len(times) < 5:
        start = clock()
        for _ in range(batch):
            ready(work(*args))
        times.append((clock() - start) / batch)
    times.sort()
    return f"{times[len(times) // 2]:.1f} {times[0]:.1f} {first} {checksum(y)!r}"


def main():
    side = sys.argv[1]
    works, put, ready = {"jax": jax_works, "numpy": numpy_works, "numba": numba_works}[side]()
    module = sys.modules[side]
    print(side, module.__version__, flush=True)
    kept = {}
    for line in sys.stdin:
        name, n, milliseconds = line.split()
        if name not in works:
            print("none", flush=True)
            continue
        if (name, n) not in kept:
            kept.clear()
            kept[name, n] = [put(x) for x in inputs(name, int(n))]
        print(measure(works[name], kept[name, n], ready, int(milliseconds)), flush=True)


if __name__ == "__main__":
    if os.environ.get("AGNESI_THREADS") == "1":
        os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
    main()
