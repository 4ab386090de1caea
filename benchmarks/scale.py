"""Large tables: transfer-cli against every installed peer, after a comparison of the answers.

python benchmarks/scale.py [--rows 1000000] [--runs 5] [--tables DIR] [--peers PYTHON]

Run it with the interpreter of the environment that is measured. ``--peers`` names an interpreter
that has polars. Whole processes run in turn; their output is dropped when they are timed. Messages
go to stderr, the table to stdout.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from measure import TOOL, Run, run, workspace
from peers import everyone
from report import line, table
from tasks import TASKS, Peer, transfer_cli

OURS = "transfer-cli"
HERE = Path(__file__).parent


def main() -> None:
    """Generate, check, measure, print."""
    arguments = _arguments()
    tools = _tools(arguments)
    rows: list[tuple[str, ...]] = []
    with workspace() as (directory, env):
        for task in arguments.tasks:
            path = str(make(TASKS[task].table, arguments.rows, arguments.tables or directory))
            agreeing = _agreeing(tools, task, path, directory, env, arguments.limit)
            rows += _lines(task, arguments.rows, _measured(agreeing, task, path, env, arguments))
    print(table(rows, head=not arguments.no_head))


def make(script: str, rows: int, directory: Path) -> Path:
    """Return the table that a script writes; it is written unless ``directory`` has it."""
    path = directory / f"{script}-{rows}.csv"
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        command = [sys.executable, HERE / f"{script}.py", part, "--rows", str(rows)]
        subprocess.run(command, check=True)
        part.rename(path)
    return path


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
    """Return one row for each peer."""
    ours = runs.pop(OURS, [])
    return [
        line(f"{task}, {rows:,} rows", peer, ours, peer_runs, TASKS[task].target(peer, rows))
        for peer, peer_runs in runs.items()
        if ours
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--tasks", nargs="+", choices=TASKS, default=list(TASKS))
    parser.add_argument("--only", nargs="+", metavar="PEER", help="the peers to run")
    parser.add_argument("--tables", type=Path, metavar="DIR", help="where tables are kept")
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--once", type=float, default=60, help="longer runs are not repeated")
    parser.add_argument("--limit", type=float, default=900, help="seconds before a run is killed")
    parser.add_argument("--no-head", action="store_true", help="print only the rows")
    return parser.parse_args()


def _log(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _tools(arguments: argparse.Namespace) -> list[Peer]:
    """Return the tools to measure; log which are missing, and the versions of the others."""
    ours = Peer(OURS, (TOOL, "--version"), transfer_cli(TOOL))
    present = []
    for tool in [ours, *everyone(arguments.peers)]:
        if arguments.only and tool.name not in (OURS, *arguments.only):
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


def _agreeing(
    tools: list[Peer], task: str, path: str, directory: Path, env: dict[str, str], limit: float
) -> list[Peer]:
    """Return the tools whose answer equals ours; this run also warms the disk cache."""
    reference, other = directory / "reference", directory / "other"
    agreeing: list[Peer] = []
    summary = ""
    for tool in tools:
        answer = other if agreeing else reference
        done = run(tool.tasks[task](path), env, output=str(answer), limit=limit)
        if done.code:
            _log(f"{tool.name}: {task} failed, exit {done.code} after {done.seconds:.0f} s")
            continue
        check = [sys.executable, HERE / "answers.py", TASKS[task].answer, reference, answer]
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
