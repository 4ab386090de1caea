"""The five tasks of every tool, and the commands of transfer-cli for them.

- ``aggregate``: sum, mean, median and count by province and indicator;
- ``comparable``: the same by status, scope, period and unit as well, so that only comparable
  figures are added;
- ``compare``: the figures of two indicators for one status, period and scope;
- ``filter``: the rows of one province and one status, all columns;
- ``export``: the whole table as JSON lines.
"""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Command = Callable[[str], Sequence[str]]
COLUMNS = ("id", "province", "place", "indicator", "industry", "status", "scope", "period",
           "value", "unit", "bound")  # fmt: skip
BY = ("province", "indicator")
BY_COMPARABLE = (*BY, "status", "scope", "period", "unit")
WHERE = {
    "filter": "province = 'Yunnan' AND status = 'signed'",
    "compare": "indicator IN ('tax', 'jobs') AND status = 'signed' AND period = '2024-Q1'"
    " AND scope = 'project' AND value IS NOT NULL",
}


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool: its version command, its command for each task, and its maximum of rows by task."""

    name: str
    version: Sequence[str]
    tasks: Mapping[str, Command]
    max_rows: Mapping[str, int] = field(default_factory=dict)

    @property
    def installed(self) -> bool:
        """Return whether its program is on the path."""
        return shutil.which(self.version[0]) is not None


def transfer_cli(command: str) -> dict[str, Command]:
    """Return the command of ``transfer-cli`` for each task."""
    groups = ("--by", "province,indicator", "--stat", "sum,mean,median,count")
    same = ("--status", "signed", "--period", "2024-Q1", "--scope", "project")
    return {
        "aggregate": lambda t: (
            command,
            "aggregate",
            t,
            *groups,
            "--across",
            "status,scope,period",
        ),
        "comparable": lambda t: (command, "aggregate", t, *groups),
        "compare": lambda t: (command, "compare", t, "tax", "jobs", *same),
        "filter": lambda t: (command, "filter", t, "--province", "Yunnan", "--status", "signed"),
        "export": lambda t: (command, "export", t, "-f", "jsonl"),
    }
