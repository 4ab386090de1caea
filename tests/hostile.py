"""Random input for every reader of the user's text, each case from a seed, and how it is judged."""

import io
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CODES = (0, 1, 2, 3)
"""Exit codes of a run that ended in good order."""
TABLES = (
    "id,province,indicator,value,unit,period,status,bound,part_of\n"
    "a,云南,tax,15.5,亿元,2024,actual,over,\nb,甘肃,tax,3,亿元,2023-Q1,,about,a\n",
    "地区;年份;工业增加值(亿元)\n贵州;2023年;1,234.5\n四川;2024年;-\n",
    '[{"id": "a", "value": 1.5, "period": "2024"}, {"id": "b", "value": null}]',
    '{"id": "a", "value": "1e3"}\n{"id": "b"}\n',
)
PACKAGE = json.dumps({
    "resources": [{"name": "mine", "path": "mine.csv", "schema": {
        "fields": [{"name": "id"}, {"name": "value", "type": "number"}], "primaryKey": "id"}}]
})  # fmt: skip
LOOKUP = "code,name,name_zh,kind,adds_across,better\nfdi,FDI,外资,flow,place;period,more\n"
REPORTS = (
    "2024年，云南省新增税收15.5亿元，同比增长5%；带动就业1.2万人。\n",
    "2024年一至三季度，贵州签约项目一百二十个，总投资约3000亿元，占全省的三分之一。\n",
    "# 一、工业\n（一）一、二季度增长5.6—7.2%，较2023年和2022年提高1.5个百分点，翻了两番。\n",
    "| 指标 | 2024年 | 比上年增长(%) |\n|---|---|---|\n| 地区生产总值(亿元) | 1,234.5 | -3.2 |\n",
    "<html><body><p>全市有３５家企业，居全省第2位。</p><table><tr><td>税收</td><td>8</table>",
)
EXPRESSIONS = (
    "nm_started_projects / nm_signed_projects",
    "growth(yn_wenshan_aluminium_tax_2020, yn_wenshan_aluminium_tax_2023)",
    "sum(nm_signed_investment, 3亿元) * 2 ** 3 - -1",
)
CONDITIONS = (
    "value > 100 and unit == '亿元'",
    "province in ['云南', 'Sichuan'] or not period >= '2023-Q1'",
    "`value` / 2 < 1e3 and contains(note, 'x')",
)
_OPTIONS = ("--min", "--max", "--period", "--province", "--category", "--columns", "--sort",
            "--limit", "--search", "--unit", "--status", "--data", "--map", "--encoding",
            "--delimiter", "--where", "--format", "--lang", "--color")  # fmt: skip
WORDS = ("100亿元", "2024-Q1/..", "云南", "tax", "value,-id", "-value", "10", "%", "万人",
          "signed", "省份=province", "gb18030", "2023..2024", "近3年", "1e400",
          "9" * 40)  # fmt: skip
PIECES = ("", "\0", "\ufeff", "\ud800", "\x1b[31m", "'", '"', '"""', "(", ")" * 9, "[", "{", "\\",
           "\n", "\r", "\t", ",", ";", "=", "＝1+1", "-", "--", "%", "{0}", "%s", "亿", "百" * 30,
           "１２", "1e999", "-0", "nan", "∞", "²", "½", "①", "2024年", "/", "..", "~", "*", "?",
           "`", "9" * 60, "true", "null", "__import__", "\u202e", "\U0001f600",
           "a" * 300)  # fmt: skip


class Case(NamedTuple):
    """A command line, the files it reads, and the environment."""

    args: list[str]
    files: dict[str, bytes]
    environment: dict[str, str]


def cases(seed: int) -> Iterator[Case]:
    """Yield cases without end, the same for a seed."""
    random_ = random.Random(seed)  # noqa: S311
    makers = (_table, _package, _lookup, _report, _calc, _where, _option, _environment)
    while True:
        yield random_.choice(makers)(random_)


def failure(case: Case) -> str:
    """Run a case in the working directory; return what went wrong, or nothing."""
    from transfer_cli.cli import app

    for name, data in case.files.items():
        Path(name).write_bytes(data)
    streams = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = (
        io.TextIOWrapper(io.BytesIO(), "utf-8", errors="backslashreplace") for _ in range(3)
    )
    try:
        app(case.args, prog_name="transfer-cli")
        code: object = 0
    except SystemExit as stop:
        code = stop.code
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    finally:
        written = sys.stderr
        sys.stdin, sys.stdout, sys.stderr = streams
    written.flush()
    messages = written.buffer.getvalue().decode()  # type: ignore[attr-defined]
    if code not in CODES:
        return f"exit code {code}"
    if "should not have happened" in messages or "Traceback" in messages:
        return messages.strip()
    return "" if code == 0 or messages or "check" in case.args else f"exit code {code}, no message"


def mutated(text: str, random_: random.Random) -> str:
    """Return text with a few random changes."""
    for _ in range(random_.choice((1, 1, 2, 5))):
        start = random_.randint(0, len(text))
        end = min(len(text), start + random_.choice((0, 0, 1, 3, 20)))
        other = random_.choice((text[end : end + 9], chr(random_.randrange(0x110000))))
        piece = random_.choice((*PIECES, other, other))
        text = text[:start] + piece + text[end:]
    return text


def encoded(text: str, random_: random.Random) -> bytes:
    data = text.encode(random_.choice(("utf-8", "utf-8", "gb18030", "utf-16")), "replace")
    if random_.random() < 0.1:
        place = random_.randint(0, len(data))
        data = data[:place] + random_.randbytes(3) + data[place:]
    return data


def _table(random_: random.Random) -> Case:
    text = mutated(random_.choice(TABLES), random_)
    args = random_.choice((
        ["filter"], ["describe"], ["check"], ["values", "id"], ["tidy"],
        ["aggregate", "--stat", "sum,mean,median,min"], ["compare"], ["filter", "-f", "table"],
        ["filter", "--sort", "-value", "-f", "json"], ["filter", "-f", "markdown"],
    ))  # fmt: skip
    name = random_.choice(("t.csv", "t.tsv", "t.json", "t.jsonl", "t.xlsx"))
    command, *options = args
    first = [options.pop(0)] if command == "values" else []
    return Case([command, *first, name, *options], {name: encoded(text, random_)}, {})


def _package(random_: random.Random) -> Case:
    files = {
        "datapackage.json": encoded(mutated(PACKAGE, random_), random_),
        "mine.csv": b"id,value\na,1\n",
    }
    args = random_.choice((["filter", "mine", "--data", "."], ["check", "."]))
    return Case(args, files, {})


def _lookup(random_: random.Random) -> Case:
    files = {
        "indicators.csv": encoded(mutated(LOOKUP, random_), random_),
        "own.csv": b"id,indicator,value\na,fdi,1\n",
    }
    args = random_.choice((["aggregate", "own.csv", "--stat", "sum"], ["check", "own.csv"]))
    return Case(args, files, {})


def _report(random_: random.Random) -> Case:
    text = mutated(random_.choice(REPORTS), random_)
    return Case(["extract", "report.txt"], {"report.txt": encoded(text, random_)}, {})


def _calc(random_: random.Random) -> Case:
    return Case(["calc", argument(mutated(random_.choice(EXPRESSIONS), random_))], {}, {})


def _where(random_: random.Random) -> Case:
    where = argument(mutated(random_.choice(CONDITIONS), random_))
    return Case(["filter", "--where", where], {}, {})


def _option(random_: random.Random) -> Case:
    option, word = random_.choice(_OPTIONS), random_.choice(WORDS)
    command = random_.choice(("filter", "aggregate", "compare", "values", "describe"))
    return Case([command, option, argument(mutated(word, random_))], {}, {})


def _environment(random_: random.Random) -> Case:
    name = random_.choice(("TRANSFER_DATA", "TRANSFER_LARGE", "TRANSFER_LANG", "COLUMNS", "TERM",
                           "LANG", "TZ"))  # fmt: skip
    value = argument(mutated(random_.choice(WORDS), random_))
    return Case(["filter", "-f", "table"], {}, {name: value.replace("\0", "")})


def argument(text: str) -> str:
    """Return text as a shell could pass it: no NUL, no half of a surrogate pair."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
