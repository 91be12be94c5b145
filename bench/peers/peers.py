"""Runs the benchmarks' works in one other system, one at a time, as bench/run compare asks on the standard input.

    python3 peers.py jax|numpy|numba|torch|torch.compile|casadi float64|float32
    in:  NAME N MILLISECONDS      out: MEDIAN BEST FIRST CHECKSUM   (nanoseconds), or "none", or "failed" and why

Each side is a function of a module beside this one. It gives its version and `prepare(name, n, arrays)`, which gives a call
without arguments and, where that does not return them, what holds its results; None where the side has no such work.
"""

import importlib
import math
import os
import sys
import time

import numpy as np

SIDES = {"jax": "traced", "torch": "traced", "torch.compile": "traced", "numpy": "plain", "numba": "plain", "casadi": "symbols"}
if os.environ.get("AGNESI_THREADS") == "1":  # before JAX is loaded
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

# Element i of input k is sin(a * i + b), as on the other sides.
WAVES = [(0.7, 0.1), (0.3, 0.2), (0.9, 0.3), (0.2, 0.4), (0.1, 0.5)]


def wave(k, *shape, scale=1.0):
    a, b = WAVES[k]
    return scale * np.sin(a * np.arange(math.prod(shape), dtype=np.float64) + b).reshape(shape)


def digits():
    return np.eye(10)[np.arange(60) % 10]


def point(n):
    return [wave(0, n, n, scale=1 / math.sqrt(n)), wave(1, n), wave(2, n)]


INPUTS = {
    ("call", "bind"): lambda n: [wave(0)],
    ("logistic", "squares", "rosenbrock", "banded", "rosenbrock_hessian"): lambda n: [wave(0, n)],
    ("axpy",): lambda n: [wave(k, n) for k in range(4)],
    ("softmax", "logsumexp", "layernorm", "layernorm_grad"): lambda n: [wave(0, n, n)],
    ("gemm",): lambda n: [wave(0, n, n), wave(1, n, n)],
    ("gemv",): lambda n: [wave(0, n, n), wave(1, n)],
    ("mlp",): lambda n: [wave(0, 60, 784), digits(), wave(1, 784, 500, scale=0.05), wave(2, 500, scale=0.05),
                         wave(3, 500, 10, scale=0.05), wave(4, 10, scale=0.05)],
    ("regression",): lambda n: [wave(0, 60, 784), digits(), wave(1, 784, 10, scale=0.05), wave(2, 10, scale=0.05)],
    ("rnn", "rnn_grad"): lambda n: [wave(0, n, n, scale=1 / math.sqrt(n)), wave(1, 1000, n), wave(2, n)],
    ("jv", "uj", "jtjv", "gauss_newton", "hv", "vhv", "diagonal", "laplacian", "jacobian", "hessian", "examples"): point,
}


def inputs(name, n, dtype):
    return next([np.asarray(x, dtype) for x in make(n)] for names, make in INPUTS.items() if name in names)


def leaves(y):
    return [leaf for part in y for leaf in leaves(part)] if isinstance(y, (tuple, list)) else [y]


def checksum(y):
    return float(sum(np.abs(np.asarray(leaf, np.float64)).sum() for leaf in leaves(y)))


class Measured:
    """A call that was made once, in `first` ns; what it returns or, where it returns nothing, `kept` is its result."""

    def __init__(self, start, call, kept=None):
        y = call()
        self.first = time.perf_counter_ns() - start
        self.call, self.checksum = call, checksum(y if kept is None else kept)
        start, calls = time.perf_counter_ns(), 0
        while calls < 1 or time.perf_counter_ns() - start < 20_000_000:
            call()
            calls += 1
        self.batch = max(1, int(20_000 * calls / (time.perf_counter_ns() - start)))

    def measure(self, milliseconds):
        call, batch, clock = self.call, self.batch, time.perf_counter_ns
        times, begun = [], clock()
        while not times or clock() - begun < milliseconds * 1_000_000:
            start = clock()
            for _ in range(batch):
                call()
            times.append((clock() - start) / batch)
        times.sort()
        return f"{times[len(times) // 2]:.1f} {times[0]:.1f} {self.first} {self.checksum!r}"


def begun(prepare, read, what):
    """What measures the work, or the answer that tells why not; its arrays are there before the clock runs."""
    try:
        given = read(*what)
        start = time.perf_counter_ns()
        call = prepare(*given)
        return Measured(start, *call).measure if call else lambda milliseconds: "none"
    except Exception as e:  # such as: there is no compiler
        reason = f"failed {type(e).__name__} {e}".split("\n")[0]
        return lambda milliseconds: reason


def serve(side, version, prepare, read=lambda *what: what):
    """Answers line by line; keeps what it measured last, which is asked for again. `read` makes what is to be prepared."""
    print(side, version, flush=True)
    last, measure = None, None
    for line in sys.stdin:
        *what, milliseconds = line.split()
        if last != what:
            measure = None  # frees the old arrays
            last, measure = what, begun(prepare, read, what)
        print(measure(int(milliseconds)), flush=True)


def main(side, dtype):
    version, prepare = getattr(importlib.import_module(SIDES[side]), side.replace(".", "_"))()
    serve(side, version, prepare, lambda name, n: (name, int(n), inputs(name, int(n), dtype)))


if __name__ == "__main__":
    main(*sys.argv[1:])
