"""The five questions that every tool is asked, and how transfer-cli is asked them.

- ``aggregate``: sum, mean, median and count by province and indicator;
- ``like``: the same by status, scope, period and unit too, so that like stands with like;
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
LIKE = (*BY, "status", "scope", "period", "unit")
WHERE = {
    "filter": "province = 'Yunnan' AND status = 'signed'",
    "compare": "indicator IN ('tax', 'jobs') AND status = 'signed' AND period = '2024-Q1'"
    " AND scope = 'project' AND value IS NOT NULL",
}


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool: how to ask for its version, its command for each task, the rows it can bear."""

    name: str
    version: Sequence[str]
    tasks: Mapping[str, Command]
    most: Mapping[str, int] = field(default_factory=dict)

    @property
    def installed(self) -> bool:
        """Whether its program is on the path."""
        return shutil.which(self.version[0]) is not None


def transfer_cli(command: str) -> dict[str, Command]:
    """Return the tasks as ``transfer-cli`` is asked for them."""
    asked = ("--by", "province,indicator", "--stat", "sum,mean,median,count")
    like = ("--status", "signed", "--period", "2024-Q1", "--scope", "project")
    return {
        "aggregate": lambda t: (command, "aggregate", t, *asked, "--across", "status,scope,period"),
        "like": lambda t: (command, "aggregate", t, *asked),
        "compare": lambda t: (command, "compare", t, "tax", "jobs", *like),
        "filter": lambda t: (command, "filter", t, "--province", "Yunnan", "--status", "signed"),
        "export": lambda t: (command, "export", t, "-f", "jsonl"),
    }
