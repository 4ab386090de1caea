"""A condition selects the same rows as a pandas mask and as SQL in DuckDB."""

import pandas as pd
from hypothesis import assume, event, given
from hypothesis import strategies as st

from query_rows import Rows
from transfer_cli.errors import UsageError
from transfer_cli.model.numbers import decimal
from transfer_cli.model.schema import recognise
from transfer_cli.query.options import condition
from transfer_cli.query.where import parse

NUMBERS = [
    "0", "-0", "1", "1.0", "01", "9", "10", "-3.1", "\u22123.1", "+10.2", "10.20", "1,000", "1000",
    "1e3", "１０", " 9", "9\u3000", ".5", "0.5", "12.5%", "12.5", "12.50000000000000000001",
    "110101199003070017", "110101199003070018", "110101199003070017.0", "1.1e17",
    "9007199254740993", "9007199254740992", "-9007199254740993", "123456789012345678901234567890",
]  # fmt: skip
TEXTS = [
    "NA", "1_000", "0x10", "inf", "nan", "1e400", "1e-400", "12亿元", "O'Brien", 'say "hi"', "a`b",
    "甘肃", "云南省", "ＧＤＰ", "GDP", "ς", "İx", "%", "1,00", "\\", "new\nline", "signed", "签约",
]  # fmt: skip
CODES = {
    "province": ["Yunnan", "云南", "云　南", "YN", "Gansu", "甘肃省", "x", ""],
    "indicator": ["tax", "gdp", "signed_investment", "new_jobs", "capacity", "x", ""],
    "status": ["signed", "Signed", "签约", "actual", "target", ""],
    "period": ["2023", "2024-Q1", "2024/01", "202401", "2021/2023", "2024.0", "soon", ""],
    "place": ["天津", "天　津", "天津市", "Tianjin", "Wenshan", "文山州", ""],
    "unit": ["亿元", "万元", "元", "吨", "万吨/年", "个", "%", ""],
    "bound": ["exact", "over", "nearly", "under", "about", ""],
}
FREE = [
    "n",
    "m",
    "a b",
    "class",
    "2023年",
    "产值（亿元）",
    "ＧＤＰ",
    "GDP",
    "GDP, 2023",
    "第Ⅱ产业",
    "in",
    "7",
]
FIGURES = ["province", "indicator", "status", "period", "value", "unit", "bound", "place"]

LONG = ["110101199003070017", "110101199003070018", "9007199254740992", "9007199254740993"]
cells = st.one_of(
    st.sampled_from(NUMBERS),
    st.sampled_from(NUMBERS),
    st.sampled_from(LONG),
    st.sampled_from(TEXTS),
    st.just(""),
    st.integers(-(10**20), 10**20).map(str),
    st.decimals(-1000, 1000, places=2).map(str),
    st.text("09.-+e,_ 亿%'\"", max_size=6),
)


@st.composite
def tables(draw):
    """A table of figures or of free columns, or of both."""
    named = draw(st.sampled_from([[], FIGURES, [*FIGURES], ["province", "value"]]))
    columns = [*named, *draw(st.lists(st.sampled_from(FREE), min_size=1, max_size=4, unique=True))]
    pool = draw(st.lists(cells, min_size=2, max_size=8))
    rows = [
        [draw(st.sampled_from(CODES.get(column, pool))) for column in columns]
        for _ in range(draw(st.integers(0, 8)))
    ]
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    return Rows(frame, recognise(columns))


def quoted(text):
    if text.count("'") % 2:
        return '"' + text.replace("\\", "\\\\").replace('"', '""').replace("\n", "\\n") + '"'
    return "'" + text.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n") + "'"


@st.composite
def arithmetic(draw, rows, near, depth=2):
    """The text of arithmetic on columns and numbers."""
    if depth == 0 or draw(st.booleans()):
        column = st.sampled_from([f"`{name}`" for name in rows.columns])
        return draw(st.one_of(column, column, st.sampled_from([*near, "2", "0.1", "1e3", "-3"])))
    one, other = (draw(arithmetic(rows, near, depth - 1)) for _ in range(2))
    return f"({one} {draw(st.sampled_from('+-*/'))} {other})"


@st.composite
def comparisons(draw, rows):
    """The text of a comparison: with a number, with text, with another column, of a list."""
    names = rows.columns + [name for name, base in
                            (("category", "indicator"), ("region", "province"))
                            if base in rows.columns]  # fmt: skip
    name = draw(st.sampled_from(names))
    present = [cell for column in rows.columns for cell in rows.frame[column]]
    written = f"`{name}`" if name in ("in", "7") or draw(st.booleans()) else name
    own = rows.frame[name] if name in rows.columns else present
    near = [f"{number + step:f}" for number in map(decimal, own) if number is not None
            for step in (0, 1, -1)]  # fmt: skip
    number = draw(
        st.one_of(
            st.sampled_from(near or LONG),
            st.sampled_from(near or LONG),
            st.sampled_from(["0", "9", "-3.1", "10.2", "1e3", "12.5", "110101199003070017", "0x10",
                             "1_000", "9007199254740993", "-9007199254740992", "0.1"]),
            st.integers(-(10**20), 10**20).map(str),
        )
    )  # fmt: skip
    text = quoted(draw(st.sampled_from([*present, *TEXTS, "tax", "云南", "西部"])))
    other = draw(st.sampled_from([f"`{column}`" for column in names]))
    operator = draw(st.sampled_from(["==", "!=", "<", "<=", ">", ">="]))
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return f"{written} {operator} {number}"
    if kind == 1:
        return f"{written} {operator} {text}"
    if kind == 2:
        return f"{written} {operator} {other}"
    if kind == 3:
        return f"{written} {draw(st.sampled_from(['in', 'not in']))} ({number}, {text}, 9)"
    if kind == 4:
        return f"{written} is {draw(st.sampled_from(['', 'not ']))}None"
    if kind == 5:
        return f"{number} {operator} {written}"
    if kind == 6:
        function = draw(st.sampled_from(["contains", "startswith"]))
        part = draw(st.sampled_from(["", "1", "T", "云", "'", "\\", "İ", *present]))
        return f"{function}({written}, {quoted(part[: draw(st.integers(0, 3))])})"
    if kind in (7, 8):
        left = f"(`{draw(st.sampled_from(rows.columns))}` + {draw(arithmetic(rows, near))})"
        return f"{left} {operator} {draw(arithmetic(rows, near))}"
    return f"{written} in ({text},)"


@st.composite
def wheres(draw, rows, depth=2):
    """The text of a condition."""
    if depth == 0 or draw(st.booleans()):
        return draw(comparisons(rows))
    one, other = draw(wheres(rows, depth - 1)), draw(wheres(rows, depth - 1))
    form = draw(st.sampled_from(["{} and {}", "{} or {}", "not ({})", "({}) or not ({})"]))
    return form.format(one, other)


@st.composite
def options(draw, rows):
    """Words of the filter options."""
    given = {}
    words = {}
    codes = {
        "province": ["Yunnan", "甘肃"], "indicator": ["tax", "gdp"], "status": ["签约", "signed"],
        "category": ["投资", "tax"],
    }  # fmt: skip
    if draw(st.booleans()):
        column = draw(st.sampled_from([*codes]))
        words[column] = draw(st.lists(st.sampled_from(codes[column]), max_size=2))
    if draw(st.booleans()):
        words["place"] = [draw(st.sampled_from(["天津", "文山", "tianjin", "Wenshan"]))]
    if draw(st.booleans()):
        words["period"] = [draw(st.sampled_from(["2023", "2024", "2024Q1", "2021/2023,2024-01"]))]
    if draw(st.booleans()):
        given["search"] = draw(st.sampled_from(["t", "云", "İ", "Σ", "'", "1", "tax", "%", "\\"]))
    for name in ("min", "max"):
        if draw(st.booleans()):
            given[name] = draw(st.sampled_from(["9", "10亿元", "1,000", "-3.1", "10万吨", "12.5%",
                                                "110101199003070017", "3 元"]))  # fmt: skip
    if draw(st.booleans()):
        given["where"] = draw(wheres(rows))
    return {"words": words, **given}


@given(st.data())
def test_where(data):
    rows = data.draw(tables())
    text = data.draw(wheres(rows))
    stated = parse(text, rows.columns, rows.vocabulary)
    selected = rows.in_pandas(stated)
    event("some rows" if selected else "no rows")
    assert rows.in_duckdb(stated) == selected


@given(st.data())
def test_options(data):
    rows = data.draw(tables())
    words = data.draw(options(rows))
    try:
        stated = condition(rows, **words)
    except UsageError:
        # A column or a name that this table does not have.
        assume(False)
    selected = rows.in_pandas(stated)
    event("some rows" if selected else "no rows")
    assert rows.in_duckdb(stated) == selected
