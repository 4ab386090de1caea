"""The cases that the contract holds for: every command, once with rows and once with none.

A new command takes part by one more line here; a test fails for a command without one.
"""

from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Case:
    """A command with arguments that give some rows and, if it selects, some that give none.

    ``record`` says that its JSON is one object and not an array of rows.
    """

    name: str
    some: tuple[str, ...]
    none: tuple[str, ...] | None = None
    record: bool = False

    @property
    def run(self) -> tuple[str, ...]:
        """The command line that gives some rows."""
        return (self.name, *self.some)

    @property
    def run_empty(self) -> tuple[str, ...]:
        """The command line that gives no rows."""
        return (self.name, *(self.none or ()))

    def __str__(self) -> str:
        return "-".join(self.run).replace("/", "over")


NOWHERE = ("--province", "广东")
CASES = (
    Case("compare", ("tax", "jobs", "investment"), NOWHERE),
    Case("chart", ("tax", "jobs", "investment"), NOWHERE),
    Case("filter", ("--province", "Guangxi,Yunnan"), NOWHERE),
    Case("aggregate", ("--by", "province,category"), ("--by", "province", *NOWHERE)),
    Case("aggregate", ("--stat", "count,sum,median", "--category", "tax,jobs"),
         ("--stat", "sum", *NOWHERE)),
    Case("aggregate", ("projects", "--by", "industry", "--stat", "count,sum"),
         ("projects", "--by", "industry", "--stat", "max", *NOWHERE)),
    Case("calc", ("nm_started_investment / nm_signed_investment",), record=True),
    Case("show", ("gx_soe_investment", "nm_started_projects")),
    Case("values", ("status",)),
    Case("describe", ("--what", "indicators"), ("--what", "indicators", *NOWHERE)),
    Case("export", ("projects",), NOWHERE),
)  # fmt: skip


@pytest.fixture(params=CASES, ids=str)
def case(request: pytest.FixtureRequest) -> Case:
    """Every case of the contract."""
    return request.param


@pytest.fixture(params=[case for case in CASES if case.none is not None], ids=str)
def selecting(request: pytest.FixtureRequest) -> Case:
    """A case of a command that takes the filter options."""
    return request.param


@pytest.fixture(params=[case for case in CASES if not case.record], ids=str)
def tabular(request: pytest.FixtureRequest) -> Case:
    """A case of a command that answers with rows."""
    return request.param


@pytest.fixture
def cases() -> tuple[Case, ...]:
    """All cases of the contract."""
    return CASES
