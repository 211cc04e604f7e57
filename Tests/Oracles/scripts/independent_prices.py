"""The price of independent places as published spend and one authority's payments have it, beside last value and Sendcast's index.

Run: python3 Tests/Oracles/scripts/independent_prices.py DATA, where DATA holds the department's releases of 2022 and 2025 (dfe-ehcp),
Devon's payments (ledgers) and, from the repository, the embedded outturn of 2021-22 and 2023-24. It prints what Accuracy quotes.
"""
import collections
import csv
import glob
import gzip
import io
import math
import re
import sys
import zipfile

DATA = sys.argv[1]
INDEX = 1.044  # England's mean of 2020-21 to 2024-25, as `new` writes it


def rows(archive, ending):
    with zipfile.ZipFile(f"{DATA}/dfe-ehcp/{archive}") as z:
        name = next(n for n in z.namelist() if n.endswith(ending))
        yield from csv.DictReader(io.TextIOWrapper(z.open(name), "utf-8-sig"))


def number(text):
    try:
        return float(text)
    except ValueError:
        return math.nan


def plans():
    """Plans in independent and non-maintained special schools, and in those and independent mainstream ones, by authority and January."""
    special, every = collections.defaultdict(dict), collections.defaultdict(lambda: collections.defaultdict(float))
    for row in rows("ehcp_2022.zip", "sen2_estab_caseload.csv"):
        if row["old_la_code"] and row["establishment_type"] in ("Special - Independent", "Special - Non-maintained"):
            counts = special[row["old_la_code"]]
            counts[int(row["time_period"])] = counts.get(int(row["time_period"]), 0) + number(row["Total_all"])
    for row in rows("ehcp_2025.zip", "caseload.csv"):
        if row["geographic_level"] == "Local authority" and row["breakdown"].lower().startswith("all"):
            january = 2000 + int(row["time_period"][4:])
            count = number(row["special_independent"]) + number(row["special_non_maintained"])
            special[row["old_la_code"]][january] = count
            every[row["old_la_code"]][january] = count + number(row["mainstream_independent"])
    return special, every


def of_year(counts, year):
    return (5 * counts.get(year, math.nan) + 7 * counts.get(year + 1, math.nan)) / 12


def errors(pairs):
    """Mean absolute and mean error of (forecast, outcome), in per cent."""
    ratios = [forecast / outcome - 1 for forecast, outcome in pairs]
    return f"{100 * sum(map(abs, ratios)) / len(ratios):.1f}", f"{100 * sum(ratios) / len(ratios):+.1f}"


def devon(special):
    paid = collections.defaultdict(float)
    with gzip.open(glob.glob(f"{DATA}/ledgers/devon*")[0], "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if re.match("independent (special )?sch", row["expense_type"], re.IGNORECASE):
                day = row["payment_date"] or row["file_month"] + "-15"
                paid[int(day[:4]) - (int(day[5:7]) < 4)] += float(row["amount"])
    price = {year: paid[year] / of_year(special["878"], year) for year in range(2011, 2025)}
    print("Devon, pounds paid a child of the year:", {f"{y}-{y % 100 + 1}": round(p) for y, p in price.items()})
    print("Devon, children of 2011-12 and 2024-25:", round(of_year(special["878"], 2011)), round(of_year(special["878"], 2024)))
    print(f"Devon, fees paid in 2023-24: {paid[2023] / 1e6:.1f}m")
    for years in (1, 2, 3):
        origins = range(2016, 2025 - years)
        print(years, "years ahead: last value", *errors([(price[o], price[o + years]) for o in origins]),
              "index", *errors([(price[o] * INDEX**years, price[o + years]) for o in origins]))


def embedded(name):
    with open(f"Sources/Intake/Finance/{name}.csv", encoding="utf-8") as file:
        next(file)
        return {row["old_la_code"]: row for row in csv.DictReader(file)}


def line_1_2_3(every):
    before = {a: sum(number(r[c] or "0") for c in r if c.startswith("independent_")) for a, r in embedded("outturn-2021-22").items()}
    after = {a: number(r["independent"] or "0") for a, r in embedded("outturn-2023-24").items()}
    pairs = []
    for area in sorted(before.keys() & after.keys()):
        then, now = of_year(every[area], 2021), of_year(every[area], 2023)
        if min(before[area], after[area]) > 1e6 and then > 0 and now > 0:
            pairs.append((before[area] / then, after[area] / now))
    print(f"Line 1.2.3, 2021-22 to 2023-24, {len(pairs)} authorities: last value", *errors(pairs),
          "index", *errors([(p * INDEX**2, q) for p, q in pairs]))
    ratios = sorted(math.log(q / p) for p, q in pairs)
    low, high = (math.exp(ratios[round(s * (len(ratios) - 1))]) - 1 for s in (0.1, 0.9))
    print(f"the middle four fifths changed by {100 * low:.0f} to {100 * high:+.0f} % in two years")


special, every = plans()
devon(special)
line_1_2_3(every)
