"""Large tables: transfer-cli beside every peer that is installed, after checking the answers.

python benchmarks/scale.py [--rows 1000000] [--runs 5] [--peers PYTHON] [--fast COMMAND]

Run it with the interpreter of the environment that is measured. ``--peers`` names an interpreter
that has polars and DuckDB, kept out of this environment because pyarrow beside them slows the
import of pandas; ``--fast`` a transfer-cli installed with its extra. Whole processes, by turns;
output is thrown away when timed. What is said on the way goes to stderr, the table to stdout.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from measure import TOOL, Run, run, workspace
from peers import everyone
from questions import Peer, transfer_cli
from report import Target, line, table

TASKS = ("aggregate", "like", "compare", "filter", "export")
OURS, FAST = "transfer-cli", "transfer-cli[fast]"
SLOWER = ("pandas", "Miller", "sqlite3", "csvkit")
DUCKDB = {"aggregate": 1.3, "like": 1.3, "compare": 1.3, "filter": 1.3, "export": 1.5}
HERE = Path(__file__).parent


def main() -> None:
    """Generate, check, measure, print."""
    asked = _arguments()
    tools = _tools(asked)
    rows: list[tuple[str, ...]] = []
    with workspace() as (directory, env):
        path = asked.table or directory / "register.csv"
        if not asked.table:
            make = [sys.executable, HERE / "generate.py", path, "--rows", str(asked.rows)]
            subprocess.run(make, check=True)
        for task in asked.tasks:
            able = [tool for tool in tools if _able(tool, task, asked.rows)]
            able = _agreeing(able, task, str(path), directory, env, asked.limit)
            rows += _lines(task, asked.rows, _measured(able, task, str(path), env, asked))
    print(table(rows, head=not asked.no_head))


def _measured(
    tools: list[Peer], task: str, path: str, env: dict[str, str], asked: argparse.Namespace
) -> dict[str, list[Run]]:
    """Run the tools by turns; one that takes long runs once."""
    runs: dict[str, list[Run]] = {tool.name: [] for tool in tools}
    for turn in range(asked.runs):
        for tool in tools:
            if not turn or runs[tool.name][0].seconds <= asked.once:
                runs[tool.name].append(run(tool.tasks[task](path), env, limit=asked.limit))
    return runs


def _lines(task: str, rows: int, runs: dict[str, list[Run]]) -> list[tuple[str, ...]]:
    """Return one row for each pair of ours and a peer."""
    ours = {name: runs[name] for name in (OURS, FAST) if name in runs}
    return [
        line(f"{task}{', fast' if name == FAST else ''}, {rows:,} rows", peer, mine, theirs,
             _target(task, name, peer))
        for name, mine in ours.items()
        for peer, theirs in runs.items()
        if peer not in ours
    ]  # fmt: skip


def _target(task: str, ours: str, peer: str) -> Target:
    if ours == FAST:
        return Target(DUCKDB[task], megabytes=500) if peer == "DuckDB" else Target()
    return Target(1, megabytes=600) if peer in SLOWER else Target()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--tasks", nargs="+", choices=TASKS, default=TASKS)
    parser.add_argument("--only", nargs="+", help="the names of the tools to run")
    parser.add_argument("--table", type=Path, help="a table of generate.py, of --rows rows")
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--fast", metavar="COMMAND")
    parser.add_argument("--once", type=float, default=60, help="longer runs are not repeated")
    parser.add_argument("--limit", type=float, default=900, help="seconds before a run is killed")
    parser.add_argument("--no-head", action="store_true", help="print only the rows")
    return parser.parse_args()


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _tools(asked: argparse.Namespace) -> list[Peer]:
    """Return the tools to measure; say which are missing, and the versions of the others."""
    tools = [Peer(OURS, (TOOL, "--version"), transfer_cli(TOOL))]
    if asked.fast:
        tools.append(Peer(FAST, (asked.fast, "--version"), transfer_cli(asked.fast)))
    present = []
    for tool in [*tools, *everyone(asked.peers)]:
        found = _version(tool) if not asked.only or tool.name in (OURS, *asked.only) else "not run"
        _tell(f"{tool.name}: {found or 'not installed, skipped'}")
        present += [tool] if found and found != "not run" else []
    return present


def _version(tool: Peer) -> str:
    if not tool.installed:
        return ""
    done = subprocess.run(tool.version, capture_output=True, text=True)
    return "" if done.returncode else done.stdout.split("\n")[0]


def _able(tool: Peer, task: str, rows: int) -> bool:
    most = tool.most.get(task, rows)
    if task in tool.tasks and rows > most:
        _tell(f"{tool.name}: {task} skipped above {most:,} rows: it needs too much memory or time")
    return task in tool.tasks and rows <= most


def _agreeing(
    tools: list[Peer], task: str, path: str, directory: Path, env: dict[str, str], limit: float
) -> list[Peer]:
    """Return the tools whose answer is ours; this run also warms the disk cache."""
    kind = "groups" if task in ("aggregate", "like") else "rows"
    reference, other = directory / "reference", directory / "other"
    agreeing: list[Peer] = []
    told = ""
    for tool in tools:
        answer = other if agreeing else reference
        done = run(tool.tasks[task](path), env, output=str(answer), limit=limit)
        if done.code:
            _tell(f"{tool.name}: {task} failed, exit {done.code} after {done.seconds:.0f} s")
            continue
        check = [sys.executable, HERE / "answers.py", kind, reference, answer]
        found = subprocess.run(check, capture_output=True, text=True)
        if found.returncode:
            _tell(f"{tool.name}: {task} left out, its answer differs: {found.stderr.strip()}")
        else:
            agreeing.append(tool)
            told = found.stderr.strip()
    _tell(f"{task}: {', '.join(tool.name for tool in agreeing)} agree; {told}".rstrip("; "))
    return agreeing


if __name__ == "__main__":
    main()
