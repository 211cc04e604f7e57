"""Reads the tables as their dictionary says and draws plans of each model with 80 % intervals: python plot.py [picture.png]"""
import csv
import json
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

here = pathlib.Path(__file__).resolve().parents[2] / "notebooks-data"
package = json.loads((here / "datapackage.json").read_text(encoding="utf-8"))
read = {"integer": int, "number": float, "string": str}


def table(name):
    """The rows of a table, each field of its type; empty fields are None."""
    resource = next(one for one in package["resources"] if one["name"] == name)
    types = {field["name"]: read[field["type"]] for field in resource["schema"]["fields"]}
    with open(here / resource["path"], encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {key: types[key](text) if text else None for key, text in row.items()}


plans = [row for row in table("results-plans") if all(row[key] == "all" for key in ("age_band", "need", "setting"))]
models = [model for model in dict.fromkeys(row["model"] for row in plans) if model != "england"]
figure, axes = plt.subplots(1, len(models), figsize=(4 * len(models), 3.2), squeeze=False)
for axis, model in zip(axes[0], models):
    rows = [row for row in plans if row["model"] == model]
    years = [row["january"] for row in rows]
    axis.fill_between(years, [row["p10"] for row in rows], [row["p90"] for row in rows], alpha=0.25, color="#0072B2")
    axis.plot(years, [row["mean"] for row in rows], color="#0072B2")
    axis.set_title(model.capitalize())
    axis.set_ylim(bottom=0)
figure.tight_layout()
figure.savefig(sys.argv[1] if len(sys.argv) > 1 else "plans.png", dpi=120)
