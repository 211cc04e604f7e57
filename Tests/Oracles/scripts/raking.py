"""Iterative proportional fitting in numpy, written apart from Sendcast's: two-way and three-way tables."""
import csv
import numpy as np

rng = np.random.default_rng(7)


def rake(seed, margins, sweeps=5000):
    cube = seed.copy()
    for _ in range(sweeps):
        for axes, target in margins:
            other = tuple(a for a in range(cube.ndim) if a not in axes)
            now = cube.sum(axis=other, keepdims=True)
            shape = [cube.shape[a] if a in axes else 1 for a in range(cube.ndim)]
            cube *= np.divide(target.reshape(shape), now, out=np.zeros_like(now), where=now > 0)
    return cube


seed = rng.integers(1, 9, (4, 3, 5)).astype(float)
truth = rng.integers(1, 30, (4, 3, 5)).astype(float)
margins = [((0, 1), truth.sum(2)), ((0, 2), truth.sum(1)), ((1, 2), truth.sum(0))]
fitted = rake(seed, margins)
with open("../values/raking.csv", "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["i", "j", "k", "seed", "truth", "fitted"])
    for place in np.ndindex(seed.shape):
        out.writerow([*place, seed[place], truth[place], f"{fitted[place]:.9f}"])
