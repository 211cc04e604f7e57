"""Quantiles of binomial and Poisson counts, by SciPy, and the standard normal quantile.

Run: python3 Tests/Oracles/scripts/count_quantiles.py > Tests/Oracles/values/count_quantiles.csv
Each row: kind, count, probability (or mean), uniform, quantile, and how far the uniform lies from the nearest step of
the distribution function, so that a test can leave out what single precision cannot decide.
"""
import numpy as np
from scipy import stats

print("kind,count,probability,uniform,quantile,distance")
rng = np.random.default_rng(20261120)
uniforms = [1e-5, 0.001, 0.02, 0.1, 0.25, 0.5, 0.6, 0.75, 0.9, 0.97, 0.999, 0.99999]


def row(kind, n, p, u, dist):
    k = dist.ppf(u)
    distance = min(abs(dist.cdf(k) - u), abs(dist.cdf(k - 1) - u))
    print(f"{kind},{n},{p!r},{u!r},{int(k)},{distance:.3e}")


for n in [0, 1, 2, 7, 40, 100, 333, 1000, 20000]:
    for p in [0.0, 1e-6, 0.003, 0.04, 0.2, 0.5, 0.77, 0.99, 1.0]:
        for u in uniforms:
            row("binomial", n, p, u, stats.binom(n, p))
for mean in [0.0, 1e-5, 0.3, 2.0, 11.0, 59.0, 61.0, 150.0, 2000.0, 90000.0]:
    for u in uniforms:
        row("poisson", 0, mean, u, stats.poisson(mean))
for u in np.concatenate([rng.uniform(size=40), [1e-7, 1e-4, 0.5, 1 - 1e-4]]):
    z = stats.norm.ppf(u)
    print(f"normal,0,0,{float(u)!r},{float(z)!r},1")
