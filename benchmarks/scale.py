"""Large tables: transfer-cli against every installed peer, after a comparison of the answers.

python benchmarks/scale.py [--rows 1000000] [--runs 5] [--peers PYTHON] [--fast COMMAND]

Run it with the interpreter of the environment that is measured. ``--peers`` names an interpreter
that has polars and DuckDB: pyarrow, which comes with them, slows the import of pandas. ``--fast``
names a transfer-cli that is installed with its extra. Whole processes run in turn; their output is
dropped when they are timed. Messages go to stderr, the table to stdout.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from measure import TOOL, Run, run, workspace
from peers import everyone
from report import Target, line, table
from tasks import Peer, transfer_cli

TASKS = ("aggregate", "comparable", "compare", "filter", "export")
OURS, FAST = "transfer-cli", "transfer-cli[fast]"
SLOWER = ("pandas", "Miller", "sqlite3", "csvkit")
DUCKDB = {"aggregate": 1.3, "comparable": 1.3, "compare": 1.3, "filter": 1.3, "export": 1.5}
HERE = Path(__file__).parent


def main() -> None:
    """Generate, check, measure, print."""
    arguments = _arguments()
    tools = _tools(arguments)
    rows: list[tuple[str, ...]] = []
    with workspace() as (directory, env):
        path = arguments.table or directory / "register.csv"
        if not arguments.table:
            make = [sys.executable, HERE / "generate.py", path, "--rows", str(arguments.rows)]
            subprocess.run(make, check=True)
        for task in arguments.tasks:
            able = [tool for tool in tools if _is_able(tool, task, arguments.rows)]
            able = _agreeing(able, task, str(path), directory, env, arguments.limit)
            rows += _lines(task, arguments.rows, _measured(able, task, str(path), env, arguments))
    print(table(rows, head=not arguments.no_head))


def _measured(
    tools: list[Peer], task: str, path: str, env: dict[str, str], arguments: argparse.Namespace
) -> dict[str, list[Run]]:
    """Run the tools in turn; one that takes longer than ``--once`` runs once."""
    runs: dict[str, list[Run]] = {tool.name: [] for tool in tools}
    for turn in range(arguments.runs):
        for tool in tools:
            if not turn or runs[tool.name][0].seconds <= arguments.once:
                runs[tool.name].append(run(tool.tasks[task](path), env, limit=arguments.limit))
    return runs


def _lines(task: str, rows: int, runs: dict[str, list[Run]]) -> list[tuple[str, ...]]:
    """Return one row for each pair of a transfer-cli and a peer."""
    ours = {name: runs[name] for name in (OURS, FAST) if name in runs}
    return [
        line(f"{task}{', fast' if name == FAST else ''}, {rows:,} rows", peer, our_runs, peer_runs,
             _target(task, name, peer))
        for name, our_runs in ours.items()
        for peer, peer_runs in runs.items()
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


def _log(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _tools(arguments: argparse.Namespace) -> list[Peer]:
    """Return the tools to measure; log which are missing, and the versions of the others."""
    tools = [Peer(OURS, (TOOL, "--version"), transfer_cli(TOOL))]
    if arguments.fast:
        tools.append(Peer(FAST, (arguments.fast, "--version"), transfer_cli(arguments.fast)))
    present = []
    for tool in [*tools, *everyone(arguments.peers)]:
        if arguments.only and tool.name not in (OURS, *arguments.only):
            _log(f"{tool.name}: not run")
            continue
        version = _version(tool)
        _log(f"{tool.name}: {version or 'not installed, skipped'}")
        present += [tool] if version else []
    return present


def _version(tool: Peer) -> str:
    if not tool.installed:
        return ""
    done = subprocess.run(tool.version, capture_output=True, text=True)
    return "" if done.returncode else done.stdout.split("\n")[0]


def _is_able(tool: Peer, task: str, rows: int) -> bool:
    max_rows = tool.max_rows.get(task, rows)
    if task in tool.tasks and rows > max_rows:
        _log(
            f"{tool.name}: {task} skipped above {max_rows:,} rows: it needs too much memory or time"
        )
    return task in tool.tasks and rows <= max_rows


def _agreeing(
    tools: list[Peer], task: str, path: str, directory: Path, env: dict[str, str], limit: float
) -> list[Peer]:
    """Return the tools whose answer equals ours; this run also warms the disk cache."""
    kind = "groups" if task in ("aggregate", "comparable") else "rows"
    reference, other = directory / "reference", directory / "other"
    agreeing: list[Peer] = []
    summary = ""
    for tool in tools:
        answer = other if agreeing else reference
        done = run(tool.tasks[task](path), env, output=str(answer), limit=limit)
        if done.code:
            _log(f"{tool.name}: {task} failed, exit {done.code} after {done.seconds:.0f} s")
            continue
        check = [sys.executable, HERE / "answers.py", kind, reference, answer]
        comparison = subprocess.run(check, capture_output=True, text=True)
        if comparison.returncode:
            _log(f"{tool.name}: {task} skipped, its answer differs: {comparison.stderr.strip()}")
        else:
            agreeing.append(tool)
            summary = comparison.stderr.strip()
    _log(f"{task}: {', '.join(tool.name for tool in agreeing)} agree; {summary}".rstrip("; "))
    return agreeing


if __name__ == "__main__":
    main()
