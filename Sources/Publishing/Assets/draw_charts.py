"""Draws every Vega-Lite specification of a folder as SVG and PNG."""
import pathlib
import sys

import vl_convert

for path in sorted(pathlib.Path(sys.argv[1]).glob("*.vl.json")):
    name = path.name.removesuffix(".vl.json")
    chart = path.read_text(encoding="utf-8")
    svg = vl_convert.vegalite_to_svg(chart, vl_version="6.4", format_locale="en-GB")
    path.with_name(name + ".svg").write_text(svg, encoding="utf-8")
    png = vl_convert.vegalite_to_png(chart, vl_version="6.4", scale=2, format_locale="en-GB")
    path.with_name(name + ".png").write_bytes(png)
