"""Makes values/inputs-openpyxl.xlsx and values/inputs-libreoffice.xlsx: the same tables, saved by two programs.

Needs openpyxl 3.1 and LibreOffice 7.4 (`soffice`). A table of prices under a merged title, with shares shown as percentages, days, a
formula with its value, an error, a hidden sheet, and numbers of 17 digits; LibreOffice works the formulas out and saves what openpyxl wrote.
"""

import datetime
import pathlib
import subprocess
import tempfile

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

VALUES = pathlib.Path(__file__).parent.parent / "values"


def fill(book):
    prices = book.active
    prices.title = "Prices"
    prices["A1"] = "Prices of placements, for testing"
    prices.merge_cells("A1:E2")
    prices.append([])
    prices.append(["line", "setting", "cost", "uncertainty", "source"])
    prices["C3"].comment = Comment("Pounds, each unit", "test")
    prices.append(["Special school places", "SS", 10000, 0.05, "ledger, \"2025-26\""])
    prices.append(["Independent fees", "IS", "=C4*6+1/3", 0.1, "ledger"])
    prices.append(["Colleges", "FE", 0.1 + 0.2, None, "with, comma"])
    for row in range(4, 7):
        prices.cell(row, 3).number_format = "£#,##0.00"
        prices.cell(row, 4).number_format = "0.0%"
        prices.cell(row, 3).font = Font(bold=True)
    payments = book.create_sheet("Payments")
    payments.append(["plan", "from", "to", "paid"])
    payments.append(["P1", datetime.date(2025, 9, 1), datetime.datetime(2026, 1, 15, 9, 30), True])
    payments.append(["P2", datetime.date(2024, 2, 29), None, False])
    for row in (2, 3):
        payments.cell(row, 2).number_format = "dd/mm/yyyy"
        payments.cell(row, 3).number_format = "dd/mm/yyyy hh:mm"
    faults = book.create_sheet("Faults")
    faults.append(["line", "setting", "cost"])
    faults.append(["One", "SS", "=1/0"])
    faults.append(["Two", "=NA()", 5])
    faults.append(["Three", "IS", 6])
    faults.append(["Four", None, 7])
    faults.merge_cells("B4:B5")
    hidden = book.create_sheet("Hidden")
    hidden.append(["line", "setting", "cost"])
    hidden.append(["One", "SS", 1])
    hidden.sheet_state = "hidden"


book = Workbook()
fill(book)
book.save(VALUES / "inputs-openpyxl.xlsx")
with tempfile.TemporaryDirectory() as scratch:
    source = pathlib.Path(scratch) / "source"
    source.mkdir()
    book.save(source / "inputs-libreoffice.xlsx")
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{scratch}/user", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
         "--outdir", str(VALUES), str(source / "inputs-libreoffice.xlsx")],
        check=True, stdout=subprocess.DEVNULL)
