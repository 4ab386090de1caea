"""The tasks that every tool is measured on, with the commands of transfer-cli and the targets.

On the register (``register.py``), whose rows are plain:

- ``aggregate``: sum, mean, count and median of the amounts by province and item;
- ``filter``: the rows of one province with a large amount, about one in 170;
- ``compare``: the sums of the amounts by province and year.

On the table of figures (``generate.py``), with ids, units and bounds:

- ``figures``: sum, mean, count and median by province and indicator. transfer-cli applies its
  rules, and leaves the sums of what does not add empty.
"""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from report import Target

Command = Callable[[str], Sequence[str]]
COLUMNS = ("id", "province", "place", "indicator", "industry", "status", "scope", "period",
           "value", "unit", "bound")  # fmt: skip
"""The columns of the table of figures."""
REGISTER_COLUMNS = ("county", "province", "year", "item", "amount", "source")
LARGE_ROWS = 10_000_000
"""Rows from which ``targets`` hold; ``small_targets`` hold below."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task: the script that makes its table, our arguments, and the targets by peer.

    ``answer`` says how answers are compared: as ``groups`` or as ``rows``.
    """

    table: str
    arguments: tuple[str, ...]
    answer: str = "groups"
    targets: Mapping[str, Target] = field(default_factory=dict)
    small_targets: Mapping[str, Target] = field(default_factory=dict)

    def target(self, peer: str, rows: int) -> Target:
        """Return the target beside a peer for a table of so many rows."""
        targets = self.targets if rows >= LARGE_ROWS else self.small_targets
        return targets.get(peer, Target())


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool: the command that prints its version, and its command for each task."""

    name: str
    version: Sequence[str]
    tasks: Mapping[str, Command]

    @property
    def installed(self) -> bool:
        """Return whether its program is on the path."""
        return shutil.which(self.version[0]) is not None


STATISTICS = ("--stat", "sum,mean,count,median")
SAME = Target(1, megabytes=600)
TASKS = {
    "aggregate": Task(
        "register",
        ("aggregate", "TABLE", "--value", "amount", "--by", "province,item", "--across", "period",
         *STATISTICS),
        targets={"DuckDB": Target(1.8, megabytes=600), "pandas": SAME, "polars": SAME,
                 "Miller": SAME},
        small_targets={"pandas": Target(1.35)},
    ),
    "filter": Task(
        "register",
        ("filter", "TABLE", "--province", "Yunnan", "--where", "amount > 40000"),
        answer="rows",
        targets={"DuckDB": Target(1.5)},
    ),
    "compare": Task(
        "register",
        ("compare", "TABLE", "amount", "--by", "province"),
        targets={"DuckDB": Target(1.5)},
    ),
    "figures": Task(
        "generate",
        ("aggregate", "TABLE", "--by", "province,indicator", "--across", "status,scope,period",
         *STATISTICS),
        targets={"DuckDB": Target(3, megabytes=600)},
    ),
}  # fmt: skip


def transfer_cli(command: str) -> dict[str, Command]:
    """Return the command of ``transfer-cli`` for each task."""

    def of(task: Task) -> Command:
        return lambda path: (
            command,
            *(path if word == "TABLE" else word for word in task.arguments),
        )

    return {name: of(task) for name, task in TASKS.items()}
