"""Writes numpy-prints.txt: arrays and what NumPy prints for them. Run with NumPy 2.4: python numpy_prints.py"""
import numpy as np

FLOATS = {
    "one": [1.0], "tutorial": [[0.25, 0.19661193324148185], [0.19661193324148185, 0.10499358540350662]],
    "mixed": [1, 2.5], "negative": [-1, 2.5, -10.125], "zeros": [0, 0], "signed zeros": [0.0, -0.0], "thirds": [1 / 3, 2 / 3, 1],
    "small": [1e-5, 1], "at the small limit": [1e-4, 0.01], "wide": [0.001, 1.5], "just wide": [0.001, 1], "large": [1e8, 1],
    "below large": [99999999.0, 1e6], "float32 large": [1e6, 1e5], "below float32 large": [999999.0, 1e5],
    "nan": [np.nan, 1], "inf": [np.inf, -1.5], "minus inf": [-np.inf, 1], "all nan": [np.nan, np.nan], "all special": [np.nan, -np.inf],
    "infinities": [np.inf, np.inf], "nan in scientific": [np.nan, 1e-10, 3], "inf in scientific": [-np.inf, 1e-10, 3],
    "tiny": [5e-324, 1], "tiny alone": [5e-324], "tiny and digits": [5e-324, 1.23456789012], "subnormals": [2e-323, 1.5e-310],
    "huge": [1.7976931348623157e308, 1], "three-digit exponent": [1e-100, 1e100], "mixed exponents": [1e-5, 1e-100, -1e200],
    "half to even": [0.123456785, 0.5], "half to even, exact": [0.001953125, 0.0009765625], "nine digits": [1.000000001, 1], "rounds up": [0.999999999, 10],
    "tenths": [0.1, 0.2, 0.3], "sum of tenths": [0.1 + 0.2], "float32 tenth beside digits": [0.1, 1.2345678e-6, 3],
    "integers": [1, 20, 300], "negative integers": [-1, -20, 3], "pi": [np.pi, np.e, -np.pi], "column": [[1], [22.5], [-3]],
    "empty": [], "empty rows": [[], []], "cube": np.arange(8).reshape(2, 2, 2) / 4, "hyper": np.arange(16).reshape(2, 2, 2, 2) - 3.5,
    "wrap": np.arange(30) / 7, "wrap in rows": np.arange(60).reshape(2, 30) / 7, "wrap in blocks": np.arange(120).reshape(2, 2, 30) / 3,
    "thousand": np.arange(1000) / 8, "thousand and one": np.arange(1001) / 8, "long rows": np.arange(2000).reshape(2, 1000) * 0.5,
    "many rows": np.arange(2000).reshape(1000, 2) * 0.25, "big square": np.arange(1600).reshape(40, 40) / 16,
    "big cube": np.arange(1728).reshape(12, 12, 12) / 64, "thin cube": np.arange(1200).reshape(2, 600, 1) * 1.5,
    "hidden extremes": np.concatenate([np.ones(500), [1e-9, 1e12], np.ones(600)]), "scientific wraps": 10.0 ** np.arange(-12, 12),
}
SCALARS = [8.0, 0.0, -0.0, 0.1, 1 / 3, 1e16, 1e15, 123456789.0, 999999.0, 1e6, 9999999999999998.0, 1e-4, 9.9e-5, 1.5e-7, -2.5, 1e100, 5e-324, np.nan, np.inf, -np.inf, 188.4]
INTS = {
    "one": [1], "aligned": [1, 20, -3], "matrix": [[1, 0], [0, 1]], "extremes": [127, -128, 0], "empty": [], "wrap": np.arange(60) % 100,
    "cube": np.arange(12).reshape(2, 3, 2), "summary": np.arange(1200).reshape(30, 40) % 100, "long": np.arange(1234) % 100, "zero axes": np.zeros((0, 3)),
}
BOOLS = {
    "one": [True], "pair": [True, False], "all": [True, True], "matrix": [[False, True], [True, True]], "empty": [], "wrap": np.arange(40) % 3 == 0,
    "summary": np.arange(1100) % 2 == 0, "block": np.zeros((2, 1, 2)) > 0,
}

def cases():
    rng = np.random.default_rng(42)
    for dtype in ("float64", "float32"):
        for name, values in FLOATS.items():
            if dtype == "float32" and np.size(values) > 200: continue
            with np.errstate(over="ignore"): yield name, np.array(values, dtype)
        for value in SCALARS:
            with np.errstate(over="ignore"): yield "scalar", np.array(value, dtype)
        for k in range(10):
            yield "random", (rng.standard_normal((1 + k % 3, 2 + k)) * 10.0 ** rng.integers(-3, 4)).astype(dtype)
            yield "random bits", rng.integers(1, 2 ** 15, 5).astype(dtype) * dtype_scale(rng, dtype)
    for dtype in ("int8", "uint8", "int16", "int32", "int64"):
        for name, values in INTS.items():
            if dtype == "int64" or np.size(values) < 200: yield name, np.array(values).astype(dtype)
        yield "limits", np.array([np.iinfo(dtype).min, np.iinfo(dtype).max, 7], dtype)
        yield "scalar", np.array(np.iinfo(dtype).min, dtype)
    for name, values in BOOLS.items(): yield name, np.array(values, bool)
    yield "scalar", np.array(True)
    yield "scalar", np.array(False)

def dtype_scale(rng, dtype): return np.array(rng.random() * 10.0 ** rng.integers(-30, 30), dtype)

def bits(a):
    """Elements as integers, floats by their bits, so that the reader needs no parser of floats."""
    if a.dtype.kind == "f": a = a.view("int64" if a.dtype.itemsize == 8 else "int32")
    return " ".join(str(int(v)) for v in a.ravel())

with open("numpy-prints.txt", "w") as out:
    for name, a in cases():
        a = np.ascontiguousarray(a).reshape(a.shape)
        out.write(f"# {name}\n{a.dtype} {' '.join(map(str, a.shape))}\n{bits(a)}\n{str(a)}\n====\n")
