"""What transfer-cli does alone: rows out, and the time per row of a table ten times as large.

python benchmarks/throughput.py [--rows 1000000] [--runs 5] [--tables DIR] [--tasks NAME …]

``rows`` writes the whole register with ``filter`` and ``export``, as CSV and JSON lines: the first
row, rows a second, peak memory. ``check`` and ``sums`` (sum, mean and count of the register, by
province) run on ``--rows`` rows and on a tenth of them: the ratio is that of the time per row.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from measure import TOOL, run, workspace
from report import Target, line, table
from scale import make

ROWS_OUT = {
    "filter, CSV": ("filter", "TABLE", "-f", "csv"),
    "filter, JSON lines": ("filter", "TABLE", "-f", "jsonl"),
    "export, CSV": ("export", "TABLE", "-f", "csv"),
    "export, JSON lines": ("export", "TABLE", "-f", "jsonl"),
}
PER_ROW = {
    "check": (("check", "TABLE"), Target(1.1, megabytes=600)),
    "sums": (
        ("aggregate", "TABLE", "--value", "amount", "--by", "province", "--across", "period",
         "--stat", "sum,mean,count"),
        Target(1.2, megabytes=1000),
    ),
}  # fmt: skip
FIRST_SECONDS, ROWS_PER_SECOND, MEGABYTES = 1.0, 300_000, 300
_READ = 1 << 20


class Stream(NamedTuple):
    """A run whose output was read as it came."""

    first: float
    seconds: float
    megabytes: float
    lines: int


def main() -> None:
    """Measure the tasks and print their tables."""
    arguments = _arguments()
    with workspace() as (directory, env):
        tables = arguments.tables or directory
        if "rows" in arguments.tasks:
            print(_rows_out(make("register", arguments.rows, tables), arguments.runs, env))
            print()
        names = [name for name in PER_ROW if name in arguments.tasks]
        rows = [_per_row(name, arguments, tables, env) for name in names]
        if rows:
            print(table(rows, head=not arguments.no_head))


def _rows_out(path: Path, runs: int, env: dict[str, str]) -> str:
    """Return a table with a row for each command that writes rows."""
    out = ["| rows out           | first row s | rows/s  |  MB | ok  |",
           "| ------------------ | ----------: | ------: | --: | --: |"]  # fmt: skip
    for name, words in ROWS_OUT.items():
        streams = [_stream(_command(words, path), env) for _ in range(runs + 1)][1:]
        first, rate, megabytes = (
            statistics.median(values)
            for values in (
                [one.first for one in streams],
                [one.lines / one.seconds for one in streams],
                [one.megabytes for one in streams],
            )
        )
        reached = first <= FIRST_SECONDS and rate >= ROWS_PER_SECOND and megabytes <= MEGABYTES
        out.append(f"| {name:<18} | {first:11.2f} | {rate:7.0f} | {megabytes:3.0f} |"
                   f" {'yes' if reached else 'NO':>3} |")  # fmt: skip
    return "\n".join(out)


def _command(words: tuple[str, ...], path: Path) -> list[str]:
    return [TOOL, *(str(path) if word == "TABLE" else word for word in words)]


def _stream(argv: list[str], env: dict[str, str]) -> Stream:
    """Run a command and read its output; the first row is complete at the second line end."""
    start = time.perf_counter()
    process = subprocess.Popen(
        argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env
    )
    assert process.stdout
    lines, first = 0, 0.0
    while data := os.read(process.stdout.fileno(), _READ):
        lines += data.count(b"\n")
        if not first and lines > 1:
            first = time.perf_counter() - start
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode:
        sys.exit(f"{' '.join(argv)}: exit {process.returncode}")
    return Stream(first, seconds, usage.ru_maxrss / 1024, lines)


def _per_row(
    name: str, arguments: argparse.Namespace, tables: Path, env: dict[str, str]
) -> tuple[str, ...]:
    """Return the row of a task on a table and on one of a tenth of its rows, run in turn."""
    words, target = PER_ROW[name]
    few = arguments.rows // 10
    large, small = (_command(words, make("register", n, tables)) for n in (arguments.rows, few))
    pairs = [(run(large, env), run(small, env)) for _ in range(arguments.runs)]
    for command, one in zip((large, small), pairs[0], strict=True):
        if one.code:
            sys.exit(f"{' '.join(command)}: exit {one.code}")
    ours, theirs = ([pair[side] for pair in pairs] for side in (0, 1))
    what, against = f"{name}, {arguments.rows:,} rows", f"{few:,} rows"
    return line(what, against, ours, theirs, target, work=10)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = ("rows", *PER_ROW)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--tables", type=Path, metavar="DIR", help="where tables are kept")
    parser.add_argument("--tasks", nargs="+", choices=names, default=list(names))
    parser.add_argument("--no-head", action="store_true", help="print only the rows")
    return parser.parse_args()


if __name__ == "__main__":
    main()
