"""Writes the .npy files in npy/ that NpyFileTest reads. Run with NumPy 2.4: python numpy_files.py"""
import os
import numpy as np

os.makedirs("npy", exist_ok=True)
def save(name, a): np.save(f"npy/{name}.npy", a)
def save_version(name, a, version):
    with open(f"npy/{name}.npy", "wb") as f: np.lib.format.write_array(f, a, version=version)

for dtype in ("bool", "int8", "uint8", "int16", "int32", "int64", "float32", "float64"):
    save(dtype, np.array([[0, 1, 2], [-3, 100, 5]]).astype(dtype))
save("scalar", np.array(8.0))
save("vector", np.array([0.1, np.nan, -np.inf, -0.0, 5e-324]))
save("empty", np.zeros((0, 3), "int32"))
save("fortran", np.asfortranarray(np.arange(24, dtype="int16").reshape(2, 3, 4)))
save("big-endian", np.array([[0.1, -2], [3, 1e300]], ">f8"))
save("big-endian-fortran", np.asfortranarray(np.array([[1, 2, 3], [4, 5, 6]], ">i4")))
save_version("version-2", np.array([1.5, 2.5]), (2, 0))
save_version("version-3", np.array([1.5, 2.5]), (3, 0))
save("objects", np.array([1, "a", None], dtype=object))
save("complex", np.array([1 + 2j]))
save("structure", np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")]))
