"""JAX and PyTorch, which run the same formulas: one table for both."""

import functools
import os


def works(xp, nn, func, scan, grad, value_and_grad):
    """The works over a module of functions, one of neural functions, one of transforms; a loop, and gradients."""

    def rosenbrock(x):
        return xp.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)

    def norm(x):
        centred = x - xp.mean(x, 1, keepdims=True)
        return centred / xp.sqrt(xp.mean(centred**2, 1, keepdims=True) + 1e-5)

    def loss(scores, t):
        return -xp.mean(xp.sum(t * nn.log_softmax(scores, 1), 1))

    def rnn(w, x, h):
        return scan(lambda s, e: xp.tanh(w @ s + e), x, h)

    def f(a, x):
        return xp.tanh(a @ x)

    def cost(a, x):
        return xp.sum(xp.tanh(a @ x) ** 2)

    def example(row, x):
        return xp.sum(xp.tanh(row * x))

    jacobian, hessian = func.jacrev(f, 1), func.hessian(cost, 1)
    return {
        "call": lambda x: 2 * x,
        "bind": lambda x: 2 * x,
        "logistic": grad(lambda x: xp.sum(nn.sigmoid(x))),
        "squares": lambda x: xp.sum(x * x),
        "axpy": lambda a, b, c, d: a * b + c - d / 2,
        "rosenbrock": grad(rosenbrock),
        "softmax": lambda x: nn.softmax(x, 1),
        "logsumexp": lambda x: nn.logsumexp(x, 1),
        "layernorm": norm,
        "layernorm_grad": grad(lambda x: xp.sum(xp.sin(norm(x)))),
        "gemm": lambda a, b: a @ b,
        "gemv": lambda a, x: a @ x,
        "mlp": value_and_grad(lambda x, t, w, b, v, c: loss(xp.tanh(x @ w + b) @ v + c, t), (2, 3, 4, 5)),
        "regression": value_and_grad(lambda x, t, w, b: loss(x @ w + b, t), (2, 3)),
        "rnn": rnn,
        "rnn_grad": grad(lambda w, x, h: xp.sum(rnn(w, x, h)), (0, 1, 2)),
        "jv": lambda a, x, v: jacobian(a, x) @ v,
        "uj": lambda a, x, v: v @ jacobian(a, x),
        "jtjv": lambda a, x, v: (lambda j: (j.T @ j) @ v)(jacobian(a, x)),
        "gauss_newton": lambda a, x, v: (lambda j: j.T @ (x * (j @ v)))(jacobian(a, x)),
        "hv": lambda a, x, v: hessian(a, x) @ v,
        "vhv": lambda a, x, v: v @ (hessian(a, x) @ v),
        "diagonal": lambda a, x, v: xp.diagonal(jacobian(a, x)),
        "laplacian": lambda a, x, v: xp.trace(hessian(a, x)),
        "jacobian": lambda a, x, v: jacobian(a, x),
        "hessian": lambda a, x, v: hessian(a, x),
        "examples": lambda a, x, v: func.vmap(func.grad(example), (0, None))(a, x),
        "banded": func.jacrev(lambda x: x[1:] * x[:-1]),
        "rosenbrock_hessian": func.hessian(rosenbrock),
    }


# Without sparse results: the largest n whose matrix is worth a look.
DENSE = {"banded": 1000, "rosenbrock_hessian": 1000}

# Compiling takes PyTorch seconds, and for long loops minutes: one size of what gains by it.
COMPILED = {("logistic", 100_000), ("axpy", 100_000), ("logistic", 1_000_000), ("axpy", 1_000_000), ("softmax", 1024),
            ("layernorm_grad", 1024), ("mlp", 0), ("regression", 0), ("jv", 400), ("hv", 400), ("gauss_newton", 400), ("hessian", 400),
            ("examples", 400)}


def jax():
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    known = works(jnp, jax.nn, jax, lambda step, x, h: jax.lax.scan(lambda s, e: (step(s, e), None), h, x)[0], jax.grad, jax.value_and_grad)

    def prepare(name, n, arrays):
        if name not in known or n > DENSE.get(name, n):
            return None
        f = known[name]
        work, args, ready = jax.jit(lambda *x: f(*x)), [jax.device_put(x) for x in arrays], jax.block_until_ready
        return (lambda: ready(work(*args)),)

    return jax.__version__, prepare


def taped(autograd):
    """PyTorch's gradients as they are called where nothing is compiled: by its tape, which is faster than its transforms."""

    def value_and_grad(f, argnums=(0,)):
        def call(*args):
            args = [x.detach().requires_grad_() if k in argnums else x for k, x in enumerate(args)]
            y = f(*args)
            return y.detach(), autograd.grad(y, [args[k] for k in argnums])

        return call

    def grad(f, argnums=(0,)):
        both = value_and_grad(f, argnums)
        return lambda *args: both(*args)[1]

    return grad, value_and_grad


def torch(compiled=False):
    import torch
    from torch import func

    torch.set_num_threads(int(os.environ.get("AGNESI_THREADS", "1")))
    gradients = (func.grad, func.grad_and_value) if compiled else taped(torch.autograd)
    known = works(torch, torch, func, functools.reduce, *gradients)

    def prepare(name, n, arrays):
        if name not in known or n > DENSE.get(name, n) or compiled and (name, n) not in COMPILED:
            return None
        if compiled:
            torch.compiler.reset()  # nothing is known from before
        work = torch.compile(known[name], dynamic=False) if compiled else known[name]
        return (functools.partial(work, *[torch.from_numpy(x) for x in arrays]),)

    return torch.__version__, prepare


def torch_compile():
    return torch(compiled=True)
