#!/usr/bin/env python3
"""Adds up results of many areas run by run: total.py RESULTS ... > totals.csv

Run r of every area has the same draws of what areas share, so the sum's interval is right. Every folder needs
draws.csv.gz (`--draws`), with the same seed and as many runs.
"""
import collections
import csv
import gzip
import json
import math
import pathlib
import sys


def quantile(ordered, share):
    """The smallest value that at least that share does not exceed, as Sendcast's own tables have it."""
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]


def main():
    totals = collections.defaultdict(lambda: collections.defaultdict(float))
    counted, seen = collections.Counter(), set()
    for folder in map(pathlib.Path, sys.argv[1:]):
        made = json.loads((folder / "manifest.json").read_text())
        seen.add((made["request"]["seed"], tuple(made["runs"])))
        if len(seen) > 1:
            sys.exit(f"{folder}: another seed or other runs than the folders before, so runs cannot be added up")
        with gzip.open(folder / "draws.csv.gz", "rt", newline="") as file:
            keys = set()
            for row in csv.DictReader(file):
                key = row["scenario"], row["measure"], row["period"]
                totals[key][int(row["run"])] += float(row["value"])
                keys.add(key)
            counted.update(keys)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["scenario", "measure", "period", "areas", "mean", "q10", "median", "q90"])
    for key, runs in totals.items():
        ordered = sorted(runs.values())
        figures = [sum(ordered) / len(ordered), *(quantile(ordered, share) for share in (0.1, 0.5, 0.9))]
        out.writerow([*key, counted[key], *(f"{figure:.2f}" for figure in figures)])


if __name__ == "__main__":
    main()
