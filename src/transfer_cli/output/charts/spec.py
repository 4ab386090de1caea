"""A chart as a Vega-Lite specification: a dictionary that any Vega editor opens.

Colours are those of Okabe and Ito (2008), which the colour-blind can distinguish. Bars begin at
zero, open ends are arrows, and the picture contains footnotes and source.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

from transfer_cli.errors import RefusedError
from transfer_cli.messages import _
from transfer_cli.model.labels import MISSING
from transfer_cli.output import terminal
from transfer_cli.output.charts.chart import LINES, Chart, Mark, Panel
from transfer_cli.output.charts.coverage import Coverage
from transfer_cli.output.charts.screen import CLOSED, OPEN

Spec = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#8C6D31")
BAR, WHOLE, INK, FAINT = "#0072B2", "#D9E2EC", "#222222", "#666666"
FONTS = (
    "Helvetica Neue, Helvetica, Arial, DejaVu Sans, Liberation Sans, Noto Sans CJK SC,"
    " Noto Sans SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, WenQuanYi Zen Hei, sans-serif"
)
"""DejaVu Sans has all raised digits; Liberation Sans, often the substitute of Arial, has not."""
WIDTH = 560
STEP = 26
"""Height of a bar with the room around it."""
LINE_HEIGHT = 14
MAX_LABELS = 320
"""Room for the labels of bars; longer ones are cut."""
MAX_PANELS = 12
"""Groups of different figures that one picture holds."""
MAX_MARKS = 60
"""Bars that one picture holds."""


def specification(chart: Chart) -> Spec:
    """Return a chart as a Vega-Lite specification.

    Raises RefusedError, with the way out, for more groups, bars or lines than one picture holds.
    """
    _check_size(chart)
    headings = {panel.heading for panel in chart.panels}
    shared = len(headings) == 1
    draw = _lines if chart.kind == LINES else _bars
    labels = _label_width(chart)
    parts = []
    for panel in chart.panels:
        title = panel.title if shared else " — ".join(filter(None, [panel.heading, panel.title]))
        lines = [title, panel.unprinted] if panel.unprinted else [title]
        part = draw(chart, panel, labels)
        if any(lines):
            part["title"] = {"text": lines, "fontSize": 12, "anchor": "start", "color": INK,
                             "fontWeight": "normal"}  # fmt: skip
        parts.append(part)
    subtitle = next(iter(headings)) if shared and chart.panels else ""
    return picture(chart.title, subtitle, parts, chart.footer, labels)


def _label_width(chart: Chart) -> int:
    """Return the room for labels at the left, the same for all panels: their titles line up."""
    from rich.cells import cell_len

    if chart.kind == LINES:
        return 48
    longest = max(
        (cell_len(mark.label) for panel in chart.panels for mark in panel.marks), default=0
    )
    return min(MAX_LABELS, 8 * longest + 16)


def picture(
    title: str, subtitle: str, parts: Sequence[Spec], footer: Sequence[str], labels: int
) -> Spec:
    """Return a specification of parts below each other, with a title above and lines below.

    ``labels`` is the room at the left of the parts, in points.
    """
    spec: Spec = {
        "$schema": SCHEMA,
        "background": "white",
        "padding": 16,
        "title": {"text": title, "anchor": "start", "fontSize": 18, "color": INK, "offset": 12},
        "vconcat": [*parts, *_footer(footer, labels)],
        "config": {
            "font": FONTS,
            "view": {"stroke": None},
            "axis": {"labelFontSize": 12,  "labelColor": INK,
                     "gridColor": "#E5E5E5", "domainColor": FAINT, "tickColor": FAINT,
                     "titleFontWeight": "normal"},
            "text": {"fontSize": 12, "color": INK},
        },
    }  # fmt: skip
    if subtitle:
        spec["title"] |= {"subtitle": subtitle, "subtitleFontSize": 13, "subtitleColor": FAINT}
    return spec


def _check_size(chart: Chart) -> None:
    panels = len(chart.panels)
    marks = sum(len(panel.marks) for panel in chart.panels)
    if panels <= MAX_PANELS and marks <= MAX_MARKS:
        return
    message = (
        _("{count} groups of different figures share no axis, and a picture holds {most}",
          count=panels, most=MAX_PANELS)
        if panels > MAX_PANELS
        else _("a picture holds {most} figures, not {count}", count=marks, most=MAX_MARKS)
    )  # fmt: skip
    hint = _("choose: name one indicator, or add --status, --scope, --period or --province")
    raise RefusedError(message, hint)


def _footer(lines: Iterable[str], labels: int) -> list[Spec]:
    room = (WIDTH + labels) // 6
    wrapped = terminal.wrap_all(lines, "", room)
    if not wrapped:
        return []
    mark = {"type": "text", "text": wrapped, "align": "left", "baseline": "top", "x": -labels,
            "y": 0, "fontSize": 10, "lineHeight": LINE_HEIGHT, "fill": FAINT}  # fmt: skip
    return [{"data": {"values": [{}]}, "mark": mark, "width": WIDTH,
             "height": LINE_HEIGHT * len(wrapped)}]  # fmt: skip


def _bars(chart: Chart, panel: Panel, labels: int) -> Spec:
    """Return a panel of horizontal bars; a part is drawn inside the bar of its whole."""
    rows = [_row(place, mark) for place, mark in enumerate(panel.marks)]
    names = {str(row["row"]): row["label"] for row in rows}
    y = {
        "field": "row", "type": "ordinal", "title": None,
        "scale": {"domain": [row["row"] for row in rows]},
        "axis": {"minExtent": labels, "labelLimit": MAX_LABELS,
                 "labelExpr": f"{json.dumps(names, ensure_ascii=False)}[datum.value]",
                 "ticks": False, "domain": False, "labelPadding": 8},
    }  # fmt: skip
    low, high = (float(end) for end in chart.extent(panel))
    x = {"field": "value", "type": "quantitative", "title": None, "axis": {"tickCount": 5},
         "scale": {"domain": _domain(low, high), "zero": True, "nice": False}}  # fmt: skip
    bars = [row for row in rows if "value" in row]
    layers: list[Spec] = []
    wholes = [row for row in bars if "whole" in row]
    if wholes:
        layers.append(_layer(wholes, {"type": "bar", "color": WHOLE},
                             x={**x, "field": "whole"}, y=y))  # fmt: skip
    layers.append(_layer(bars, {"type": "bar", "color": BAR, "height": {"band": 0.7}}, x=x, y=y))
    layers += _ends(bars, x, y)
    text = {"type": "text", "align": "left", "baseline": "middle"}
    arrows = [row for row in rows if "arrow" in row and row["sign"] > 0]
    behind = [row for row in rows if row not in arrows]
    layers.append(_layer(behind, {**text, "dx": 6}, x={**x, "field": "end"}, y=y,
                         text={"field": "text", "type": "nominal"}))  # fmt: skip
    if arrows:
        layers.append(_layer(arrows, {**text, "dx": 18}, x={**x, "field": "end"}, y=y,
                             text={"field": "text", "type": "nominal"}))  # fmt: skip
    return {"width": WIDTH, "height": STEP * len(rows), "layer": layers}


def _ends(bars: Sequence[Spec], x: Spec, y: Spec) -> list[Spec]:
    """Return the layers that draw bounds: arrows at open ends, and spans between two ends."""
    layers = []
    for arrow, sign in product(("right", "left"), (1, -1)):
        rows = [row for row in bars if row.get("arrow") == arrow and row["sign"] == sign]
        if rows:
            mark = {"type": "point", "shape": f"triangle-{arrow}", "filled": True, "size": 90,
                    "opacity": 1, "color": BAR, "xOffset": 7 * sign}  # fmt: skip
            layers.append(_layer(rows, mark, x=x, y=y))
    spans = [row for row in bars if "low" in row]
    if spans:
        layers.append(_layer(spans, {"type": "rule", "color": INK, "strokeWidth": 1.5},
                             x={**x, "field": "low"}, x2={"field": "high"}, y=y))  # fmt: skip
    return layers


def _row(place: int, mark: Mark) -> Spec:
    """Return a mark as a row of data, without keys for what it lacks."""
    row: Spec = {"row": place, "label": mark.label, "text": mark.text, "end": 0}
    if not mark.figure:
        return row
    value = float(mark.value)
    row |= {"value": value, "end": max(value, 0.0), "bound": mark.bound}
    row["sign"] = -1 if value < 0 else 1
    if mark.bound in OPEN:
        row["arrow"] = "right"
    if mark.bound in CLOSED:
        row["arrow"] = "left"
    if mark.whole:
        row["whole"] = float(mark.whole.quantity.interval.value)
        row["end"] = max(row["end"], row["whole"])
    low, high = mark.figure.quantity.interval.ends
    if mark.bound == "unknown" and low is not None and high is not None:
        row |= {"low": float(low), "high": float(high)}
    return row


def _domain(low: float, high: float) -> list[float]:
    """Return the ends of an axis: zero is on it, and there is room for numbers behind the bars."""
    return [low * 1.18, (high or (0 if low else 1)) * 1.18]


def _layer(rows: Sequence[Spec], mark: Spec, **encoding: Spec) -> Spec:
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": encoding}


def _lines(chart: Chart, panel: Panel, room: int) -> Spec:
    """Return a panel of lines by period; a line breaks where nothing is printed."""
    series = list(dict.fromkeys(mark.series for mark in panel.marks))
    if len(series) > len(COLORS):
        message = _("a picture tells {most} lines apart, not {count}",
                    most=len(COLORS), count=len(series))  # fmt: skip
        raise RefusedError(message, _("choose: add --province or --indicator"))
    labels = list(dict.fromkeys(mark.label for mark in panel.marks))
    rows: list[Spec] = []
    piece = 0
    for mark in panel.marks:
        piece += not mark.joined
        row = _row(labels.index(mark.label), mark)
        rows.append({**row, "period": mark.label, "series": mark.series, "piece": piece})
    points = [row for row in rows if "value" in row]
    low, high = (float(end) for end in chart.extent(panel))
    x = {"field": "period", "type": "ordinal", "sort": labels, "title": None,
         "scale": {"domain": labels},
         "axis": {"labelAngle": 0 if len(labels) <= 8 else -40}}  # fmt: skip
    y = {"field": "value", "type": "quantitative", "title": None,
         "axis": {"tickCount": 5, "minExtent": room},
         "scale": {"domain": _domain(low, high), "nice": False}}  # fmt: skip
    color = {"field": "series", "type": "nominal", "title": None,
             "legend": {"orient": "top", "labelLimit": 500} if len(series) > 1 else None,
             "scale": {"domain": series, "range": list(COLORS[: len(series)])}}  # fmt: skip
    shape = {"field": "shape", "type": "nominal", "scale": None, "legend": None}
    shapes = {"right": "triangle-up", "left": "triangle-down"}
    for row in points:
        row["shape"] = shapes.get(row.get("arrow", ""), "circle")
    layers = [
        _layer(points, {"type": "line", "strokeWidth": 2}, x=x, y=y, color=color,
               detail={"field": "piece", "type": "nominal"}),
        _layer(points, {"type": "point", "filled": True, "size": 70, "opacity": 1}, x=x, y=y,
               color=color, shape=shape),
        _layer(points, {"type": "text", "dy": -12}, x=x, y=y,
               text={"field": "text", "type": "nominal"}),
    ]  # fmt: skip
    unprinted = [row for row in rows if "value" not in row]
    if unprinted:
        layers.append(_layer(unprinted, {"type": "text", "dy": -8}, x=x, y={**y, "field": "end"},
                             color=color, text={"field": "text", "type": "nominal"}))  # fmt: skip
    return {"width": WIDTH, "height": 240, "layer": layers}


def of_coverage(coverage: Coverage) -> Spec:
    """Return a heat map: the more figures a province prints of a category, the darker."""
    rows: list[Spec] = [
        {"row": row, "column": column, "text": str(count or MISSING), "count": count}
        for row, counts in zip(coverage.rows, coverage.figures, strict=True)
        for column, count in zip(coverage.columns, counts, strict=True)
    ]
    x = {"field": "column", "type": "ordinal", "sort": list(coverage.columns), "title": None,
         "axis": {"orient": "top", "labelAngle": 0, "ticks": False, "domain": False}}  # fmt: skip
    y = {"field": "row", "type": "ordinal", "sort": list(coverage.rows), "title": None,
         "axis": {"ticks": False, "domain": False, "minExtent": 96, "labelPadding": 8}}  # fmt: skip
    fill = {"condition": {"test": "datum.count === 0", "value": "white"}, "field": "count",
            "type": "quantitative", "scale": {"scheme": "blues", "domain": [0, coverage.most]},
            "legend": None}  # fmt: skip
    ink = {"condition": {"test": f"datum.count > {0.6 * coverage.most}", "value": "white"},
           "value": INK}  # fmt: skip
    layers = [
        _layer(rows, {"type": "rect", "stroke": "#CCCCCC"}, x=x, y=y, color=fill),
        _layer(rows, {"type": "text"}, x=x, y=y, color=ink,
               text={"field": "text", "type": "nominal"}),
    ]  # fmt: skip
    size = {"width": 96 * len(coverage.columns), "height": STEP * len(coverage.rows)}
    return picture(coverage.title, "", [{**size, "layer": layers}], coverage.footer, 96)
