"""The cases that the contract holds for: every command, once with rows and once with none.

A new command takes part by one more line here; a test fails for a command without one.
"""

from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Case:
    """A command with arguments that give some rows, and arguments that give none."""

    name: str
    some: tuple[str, ...]
    none: tuple[str, ...] = ()

    @property
    def run(self) -> tuple[str, ...]:
        """The command line that gives some rows."""
        return (self.name, *self.some)

    @property
    def run_empty(self) -> tuple[str, ...]:
        """The command line that gives no rows."""
        return (self.name, *self.none)


NOWHERE = ("--province", "广东")
CASES = (
    Case("compare", ("tax", "jobs", "investment"), NOWHERE),
    Case("filter", ("--province", "Guangxi,Yunnan"), NOWHERE),
    Case("aggregate", ("--by", "province,category"), ("--by", "province", *NOWHERE)),
    Case("aggregate", ("--stat", "count,sum,median", "--category", "tax,jobs"),
         ("--stat", "sum", *NOWHERE)),
    Case("aggregate", ("projects", "--by", "industry", "--stat", "count,sum"),
         ("projects", "--by", "industry", "--stat", "max", *NOWHERE)),
    Case("export", ("projects",), NOWHERE),
)  # fmt: skip


def _named(case: Case) -> str:
    return "-".join((case.name, *case.some)).replace("/", "")


@pytest.fixture(params=CASES, ids=_named)
def case(request: pytest.FixtureRequest) -> Case:
    """One case of the contract."""
    return request.param


@pytest.fixture
def cases() -> tuple[Case, ...]:
    """All cases of the contract."""
    return CASES
