"""Non-negative least squares by SciPy.

Run: python3 Tests/Oracles/scripts/nnls.py > Tests/Oracles/values/nnls.csv
"""
import numpy as np
from scipy.optimize import nnls

rng = np.random.default_rng(7)
print("problem,kind,value")
for problem, (rows, columns) in enumerate([(4, 2), (12, 5), (30, 12), (26, 26), (8, 15)]):
    a = rng.normal(size=(rows, columns))
    b = a @ np.maximum(rng.normal(size=columns), 0) + 0.1 * rng.normal(size=rows)
    if columns > rows:  # keep the solution unique
        a[:, rows:] = -np.abs(a[:, rows:]); b = np.abs(b); a[:, :rows] = np.abs(a[:, :rows])
    x, _ = nnls(a, b, maxiter=10000)
    for kind, values in [("a", a.ravel(order="F")), ("b", b), ("x", x)]:
        for value in values:
            print(f"{problem},{kind},{float(value)!r}")
