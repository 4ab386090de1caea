"""Start-up: whole processes of transfer-cli, each paired with ``python -c "import pandas"``.

python benchmarks/startup.py [--runs 7]

Run it with the interpreter of the environment that is measured. Each run of a command follows a run
of the import, so that a slow moment of the machine affects both. The ratio is the median of the
ratios of these pairs.
"""

import argparse
import sys
from dataclasses import dataclass, field

from measure import TOOL, Run, run, workspace
from report import Target, line, table

BARE = (sys.executable, "-c", "import pandas")
PIPE, TERMINAL, LIGHT, NONE = Target(1.0), Target(1.05), Target(0.25), Target()
SUM = ("aggregate", "--by", "province", "--category", "tax", "--stat", "sum")


@dataclass(frozen=True, slots=True)
class Case:
    """A command with its exit code, and its target as a ratio to the import of pandas."""

    name: str
    words: tuple[str, ...]
    target: Target
    terminal: bool = False
    code: int = 0
    extra: dict[str, str] = field(default_factory=dict)


def _completion(line: str) -> dict[str, str]:
    words = str(len(line.split()) - 1)
    return {"_TRANSFER_CLI_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": words}


CASES = (
    Case("compare, pipe", ("compare",), PIPE),
    Case("compare, terminal", ("compare",), TERMINAL, terminal=True),
    Case("filter, pipe", ("filter", "--category", "tax"), PIPE),
    Case("filter, terminal", ("filter", "--category", "tax"), TERMINAL, terminal=True),
    Case("aggregate, pipe", SUM, PIPE),
    Case("aggregate, terminal", SUM, TERMINAL, terminal=True),
    Case("--help", ("--help",), LIGHT),
    Case("compare --help", ("compare", "--help"), LIGHT),
    Case("--version", ("--version",), LIGHT),
    Case("--version, Chinese", ("--lang", "zh", "--version"), LIGHT),
    Case("compare, Chinese, terminal", ("--lang", "zh", "compare"), TERMINAL, terminal=True),
    Case("completion", (), LIGHT, extra=_completion("transfer-cli filter --province Yu")),
    Case("values, pipe", ("values", "indicator"), NONE),
    Case("values, terminal", ("values", "indicator"), NONE, terminal=True),
    Case("usage error", ("filter", "--province", "Yunan"), LIGHT, code=2),
)


def main() -> None:
    """Measure every case and print one row for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="pairs for each command, 5 at least")
    runs = max(5, parser.parse_args().runs)
    with workspace() as (_, env):
        rows = [
            line(case.name, "import pandas", *_pairs(case, runs, env), case.target)
            for case in CASES
        ]
    print(table(rows))


def _pairs(case: Case, runs: int, env: dict[str, str]) -> tuple[list[Run], list[Run]]:
    """Run the import and the command in turn; the first pair only warms up."""
    pairs = []
    for _ in range(runs + 1):
        bare = run(BARE, env)
        command = run((TOOL, *case.words), {**env, **case.extra}, terminal=case.terminal)
        if command.code != case.code or bare.code:
            sys.exit(f"{case.name}: exit {command.code} instead of {case.code}")
        pairs.append((command, bare))
    return [command for command, _ in pairs[1:]], [bare for _, bare in pairs[1:]]


if __name__ == "__main__":
    main()
