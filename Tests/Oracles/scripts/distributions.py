"""Probabilities of intervals under distributions, by SciPy, for chi-square tests of samplers.

Run: python3 Tests/Oracles/scripts/distributions.py > Tests/Oracles/values/distributions.csv
Each row: distribution, its parameters, the upper end of an interval (included) and the probability of the interval; the
lower end is the upper end of the row before. About twelve intervals a distribution, none below 0.4 %.
"""
import numpy as np
from scipy import stats

print("distribution,a,b,c,upper,probability")


def continuous(name, a, b, dist):
    shares = np.linspace(0, 1, 13)
    for upper in dist.ppf(shares[1:]):
        print(f"{name},{a!r},{b!r},0,{float(upper)!r},{1 / 12!r}")


def discrete(name, a, b, c, dist):
    last, k = 0.0, None
    for share in np.linspace(0, 1, 13)[1:-1]:
        upper = dist.ppf(share)
        mass = dist.cdf(upper) - last
        if mass >= 0.004 and 1 - dist.cdf(upper) >= 0.004:
            print(f"{name},{a!r},{b!r},{c!r},{int(upper)},{float(mass)!r}")
            last = dist.cdf(upper)
    print(f"{name},{a!r},{b!r},{c!r},inf,{float(1 - last)!r}")


continuous("uniform", 0, 0, stats.uniform())
continuous("normal", 0, 0, stats.norm())
for location, scale in [(0.0, 0.3), (2.0, 1.5)]:
    continuous("logNormal", location, scale, stats.lognorm(s=scale, scale=np.exp(location)))
for shape in [0.02, 0.3, 1.0, 1.01, 4.5, 60.0, 5000.0]:
    continuous("gamma", shape, 2.5, stats.gamma(shape, scale=2.5))
for a, b in [(0.05, 0.08), (0.4, 2.0), (1.0, 1.0), (3.0, 70.0), (400.0, 300.0)]:
    continuous("beta", a, b, stats.beta(a, b))
for n, p in [(1, 0.3), (5, 0.5), (24, 0.02), (25, 0.6), (40, 0.99), (1000, 0.001), (5000, 0.37), (1000000, 0.5), (10**9, 3e-9)]:
    discrete("binomial", n, p, 0, stats.binom(n, p))
for mean in [0.01, 0.9, 15.9, 16.1, 33.0, 700.0, 1e6]:
    discrete("poisson", mean, 0, 0, stats.poisson(mean))
# The first of four counts of a multinomial is binomial.
discrete("multinomial", 300, 0.2, 0, stats.binom(300, 0.2))
