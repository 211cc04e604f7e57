"""Makes values/estimates.xlsx: mid-year estimates as they are published in a workbook, with invented figures.

Needs openpyxl 3.1. A cover, sheets of persons, females and males with titles above the header, and a hidden sheet with other figures.
"""

import pathlib

from openpyxl import Workbook

AREAS = [
    ("E92000001", "ENGLAND", "Country", 300),
    ("E08000024", "Sunderland", "Metropolitan District", 1),
    ("E10000030", "Surrey", "County", 5),
    ("E08001002", "Town 2", "Metropolitan District", 10),
]
AGES = list(range(91))


def count(age, sex, size):
    persons = size * (2500 - 3 * age)
    females = round(0.49 * persons)
    return {"Persons": persons, "Females": females, "Males": persons - females}[sex]


def sheet(book, name, title, figure):
    page = book.create_sheet(name)
    page["A1"] = title
    page["A2"] = "This worksheet contains one table, and 'notes' in columns, with commas"
    page["A4"] = "Source: invented"
    page.append([])
    page.append([])
    page.append(["Code", "Name", "Geography", "All ages"] + AGES[:-1] + ["90+"])
    for code, area, kind, size in AREAS:
        figures = [figure(age, size) for age in AGES]
        page.append([code, area, kind, sum(figures)] + figures)


book = Workbook()
book.active.title = "Cover"
book.active["A1"] = "Estimates of the population"
for sex in ["Persons", "Females", "Males"]:
    title = f"MYE2: Population estimates: {sex} by single year of age, mid-2024"
    sheet(book, f"MYE2 - {sex}", title, lambda age, size: count(age, sex, size))
sheet(book, "Working", "Persons, mid-2024", lambda age, size: 1)
book["Working"].sheet_state = "hidden"
book.save(pathlib.Path(__file__).parent.parent / "values" / "estimates.xlsx")
