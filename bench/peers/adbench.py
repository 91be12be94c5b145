"""ADBench's objectives and their derivatives as users of PyTorch and JAX write them, one at a time, as bench/run adbench asks.

    python3 adbench.py torch|jax FOLDER
    in:  EXAMPLE METHOD FILE… MILLISECONDS      out: as of peers.py
"""

import functools
import itertools
import math
import pathlib
import sys

import numpy as np

import peers
import traced

FOLDER = pathlib.Path(sys.argv[2])


def numbers(file):
    """The numbers of a file one after the other: each call gives as many as a shape has."""
    words = iter((FOLDER / file).read_text().split())
    return lambda *shape: np.array([float(w) for w in itertools.islice(words, math.prod(shape))]).reshape(shape)


def counts(take, n):
    return [int(k) for k in take(n)]


def mixture(xp, nn, _, file):
    take = numbers(file)
    d, k, n = counts(take, 3)
    theta = take(k + k * d + k * d * (d + 1) // 2)
    x = np.tile(take(1, d), (n, 1)) if "2.5M" in file else take(n, d)
    gamma, m = take(2)
    below = np.zeros((d, d), int)  # where in a row of factors what is below the diagonal lies, column by column; 0: nowhere
    below[tuple(np.triu_indices(d, 1)[::-1])] = 1 + np.arange(d * (d - 1) // 2)
    below, eye, size = xp.asarray(below), xp.asarray(np.eye(d)), d + m + 1
    gammas = d * (d - 1) / 4 * math.log(math.pi) + sum(math.lgamma((size - j) / 2) for j in range(d))
    normalization = size * d * (math.log(gamma) - math.log(2) / 2) - gammas

    def likelihood(theta, x):
        alpha, mu, factors = theta[:k], theta[k : k + k * d].reshape(k, d), theta[k + k * d :].reshape(k, -1)
        q, l = factors[:, :d], factors[:, d:]
        padded = xp.concatenate([xp.zeros_like(q[:, :1]), l], 1)
        y = xp.einsum("kij,nkj->nki", padded[:, below] + xp.exp(q)[:, :, None] * eye, x[:, None] - mu)
        each = alpha + xp.sum(q, 1) - xp.sum(y**2, 2) / 2
        prior = gamma**2 / 2 * (xp.sum(xp.exp(q) ** 2) + xp.sum(l**2)) - m * xp.sum(q) - k * normalization
        return xp.sum(nn.logsumexp(each, 1) - nn.logsumexp(alpha, 0) - d / 2 * math.log(2 * math.pi)) + prior

    return likelihood, [theta, x]


def net(xp, nn, scan, file):
    take = numbers(file)
    layers, characters, bits = counts(take, 3)
    theta, state, text = take(8 * layers * bits + 3 * bits), take(2 * layers, bits), take(characters, bits)

    def loss(theta, state, text):
        gates, ends = theta[: -3 * bits].reshape(layers, 2, 4, bits), theta[-3 * bits :].reshape(3, bits)

        def step(before, character):
            x, after = character * ends[0], []
            for k in range(layers):
                (w, b), h, cell = gates[k], before[2 * k], before[2 * k + 1]
                cell = cell * nn.sigmoid(x * w[0] + b[0]) + nn.sigmoid(h * w[1] + b[1]) * xp.tanh(h * w[3] + b[3])
                x = nn.sigmoid(x * w[2] + b[2]) * xp.tanh(cell)
                after += [x, cell]
            return after, x

        said = scan(step, list(state), text[:-1]) * ends[1] + ends[2]
        return -xp.mean(text[1:] * (said - xp.log(xp.sum(xp.exp(said), 1, keepdims=True) + 2)))

    return loss, [theta, state, text]


def bundle(xp, func, file):
    take = numbers(file)
    n, m, p = counts(take, 3)
    camera, point, weight, feature = take(11), take(3), take(1), take(2)
    each = np.arange(p)
    values = [np.tile(camera, (n, 1)), np.tile(point, (m, 1)), np.tile(weight, p), np.tile(feature, (p, 1)), each % n, each % m]

    def cross(a, b):
        return xp.stack([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]])

    def error(camera, point, weight, feature):
        r, x = camera[:3], point - camera[3:6]
        square = xp.sum(r**2)
        angle = xp.sqrt(square)
        axis = r / angle
        exact = x * xp.cos(angle) + cross(axis, x) * xp.sin(angle) + axis * (axis @ x) * (1 - xp.cos(angle))
        x = xp.where(square != 0, exact, x + cross(r, x))
        u = x[:2] / x[2]
        s = xp.sum(u**2)
        return weight * (u * (1 + camera[9] * s + camera[10] * s**2) * camera[6] + camera[7:9] - feature)

    def block(*at):
        by_camera, by_point, by_weight = func.jacrev(error, (0, 1, 2))(*at)
        return xp.concatenate([by_camera, by_point, by_weight[:, None]], 1)

    def every(f):
        return lambda cameras, points, weights, features, by, of: func.vmap(f)(cameras[by], points[of], weights, features)

    return {"errors": every(error), "blocks": every(block), "weights": lambda c, p, weights, f, by, of: -2 * weights}, values


def hand(xp, func, model, file):
    lines = [[line.split(":") for line in (FOLDER / model / name).read_text().split()] for name in ("bones.txt", "vertices.txt")]
    bones, skin = lines
    parents = [int(bone[1]) for bone in bones]
    relative = xp.asarray(np.array([bone[2:18] for bone in bones], float).reshape(-1, 4, 4))
    inverse = xp.asarray(np.array([bone[18:34] for bone in bones], float).reshape(-1, 4, 4))
    rest = xp.asarray(np.array([[*v[:3], 1] for v in skin], float))
    weights = np.zeros((len(skin), len(bones)))
    for row, v in zip(weights, skin):
        row[[int(b) for b in v[9::2]]] = [float(w) for w in v[10::2]]
    weights, eye = xp.asarray(weights), xp.asarray(np.eye(3))
    words = (FOLDER / file).read_text().split()
    take, n = numbers(file), int(words[0])
    counts(take, 2)
    of, points = np.split(take(n, 4), [1], 1)
    us = take(n, 2) if len(words) == 2 + 6 * n + 26 else None
    of = of[:, 0].astype(int)
    if us is not None:
        of = np.loadtxt(FOLDER / model / "triangles.txt", int, delimiter=":")[of].T
    theta = take(26)

    def matrix(rows):
        return xp.stack([xp.stack(row, -1) for row in rows], -2)

    def rotation(r):
        angle = xp.sqrt(xp.sum(r**2))
        x, y, z = r / angle
        o = xp.zeros_like(x)
        cross, axis = matrix([[o, -z, y], [z, o, -x], [-y, x, o]]), xp.stack([x, y, z])
        turned = eye * xp.cos(angle) + cross * xp.sin(angle) + axis[:, None] * axis * (1 - xp.cos(angle))
        return xp.where(angle < 1e-4, eye, turned)

    def skinned(theta):
        fingers, o = theta[6:].reshape(5, 4), xp.zeros_like(theta[:2])
        f0 = xp.zeros_like(fingers[:, 0])
        bends = xp.concatenate([o, xp.stack([fingers[:, 0], fingers[:, 2], fingers[:, 3], f0], 1).reshape(-1)])
        spreads = xp.concatenate([o, xp.stack([fingers[:, 1], f0, f0, f0], 1).reshape(-1)])
        s, c, t, d = xp.sin(bends), xp.cos(bends), xp.sin(spreads), xp.cos(spreads)
        o, i = xp.zeros_like(s), xp.ones_like(s)
        about_z = matrix([[d, -t, o, o], [t, d, o, o], [o, o, i, o], [o, o, o, i]])
        about_x = matrix([[i, o, o, o], [o, c, -s, o], [o, s, c, o], [o, o, o, i]])
        moved, places = relative @ (about_z @ about_x), []
        for b, parent in enumerate(parents):
            places.append(moved[b] if parent < 0 else places[parent] @ moved[b])
        turned = xp.einsum("bij,vj->bvi", (xp.stack(places) @ inverse)[:, :3], rest)
        return xp.einsum("vb,bvi->vi", weights, turned) @ rotation(theta[:3]).T + theta[3:6]

    def errors(theta, points, of, us=None):
        p = skinned(theta)
        if us is None:
            return (points - p[of]).reshape(-1)
        u, v = us[:, :1], us[:, 1:]
        return (points - (u * p[of[0]] + v * p[of[1]] + (1 - u - v) * p[of[2]])).reshape(-1)

    def jacobian(theta, points, of, us=None):
        angles = func.jacfwd(errors)(theta, points, of, us)
        if us is None:
            return angles
        seeds = xp.stack([xp.ones_like(us) * xp.asarray(row) for row in np.eye(2)])  # an error depends on its own place only
        places = [func.jvp(lambda us: errors(theta, points, of, us), (us,), (seed,))[1] for seed in seeds]
        return xp.concatenate([xp.stack(places, 1), angles], 1)

    return {"errors": errors, "jacobian": jacobian}, [theta, points, of] + ([] if us is None else [us])


def objective(xp, nn, func, grad, scan, example, files):
    """The methods of an example, and their arguments."""
    if example == "BundleAdjustment":
        return bundle(xp, func, *files)
    if example == "HandTracking":
        return hand(xp, func, *files)
    f, values = (mixture if example == "GaussianMixture" else net)(xp, nn, scan, *files)

    def product(theta, *data):
        v = xp.cos(xp.arange(len(theta), dtype=theta.dtype) + 1)
        return func.jvp(lambda theta: func.grad(f)(theta, *data), (theta,), (v,))[1]

    return {"likelihood": f, "loss": f, "gradient": grad(f), "product": product, "curvature": func.hessian(f)}, values


def torch():
    import torch
    from torch import func

    torch.set_num_threads(1)
    grad, _ = traced.taped(torch.autograd)

    def scan(step, state, xs):
        said = []
        for x in xs:
            state, y = step(state, x)
            said.append(y)
        return torch.stack(said)

    def prepare(example, method, *files):
        methods, values = objective(torch, torch, func, grad, scan, example, files)
        return (functools.partial(methods[method], *map(torch.asarray, values)),)

    return torch.__version__, prepare


def jax():
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)

    def prepare(example, method, *files):
        methods, values = objective(jnp, jax.nn, jax, jax.grad, lambda step, state, xs: jax.lax.scan(step, state, xs)[1], example, files)
        work, args = jax.jit(methods[method]), [jax.device_put(x) for x in values]
        return (lambda: jax.block_until_ready(work(*args)),)

    return jax.__version__, prepare


if __name__ == "__main__":
    peers.serve(sys.argv[1], *{"torch": torch, "jax": jax}[sys.argv[1]]())
