"""What DuckDB is asked of a large file: the scan and the sums of an aggregate, none of the rules.

Columns are called by their places, words are quoted, and paths are parameters: no text of the
user's is SQL.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transfer_cli import aggregate
from transfer_cli.aggregation.grouping import distinct
from transfer_cli.aggregation.plan import PLACED, Plan, bound_to
from transfer_cli.frames import pd
from transfer_cli.scanning import blocks, tally
from transfer_cli.scanning.duck import duckpipe, sampling, sql
from transfer_cli.scanning.tables import Scan
from transfer_cli.selecting import meeting
from transfer_cli.selecting.selection import Selection

MOST = 60
"""Words of a column that fit into the bits of one number, with one to spare for any other."""

FEW = 0.3
"""Groups for each row of a sample, above which DuckDB gathers no values."""
_SAMPLE = 1 << 17
"""Bytes that are looked at in each place of a file, for words and groups."""


@dataclass(frozen=True, slots=True)
class Question:
    """What DuckDB is asked: the columns by which it groups, and the watched ones with their words.

    ``known`` are the words of a sample; of the columns in ``placed`` only matters whether they
    vary. ``wanted`` has for each condition its column, the words that meet it and those that don't.
    """

    plan: Plan
    names: tuple[str, ...]
    by: tuple[str, ...]
    known: Mapping[str, list[str]]
    placed: Mapping[str, list[str]]
    wanted: Sequence[tuple[str, list[str], list[str]]] = ()

    def cell(self, name: str) -> str:
        """Return what a column is called in SQL, where the user's names could be ours."""
        return f"c{self.names.index(name)}"

    @property
    def industries(self) -> bool:
        """Whether some figures may be of all industries, and others of one."""
        return self.plan.guarded and "industry" in set(self.names) - set(self.plan.keys)


def of(scan: Scan, selection: Selection, plan: Plan) -> Question | None:
    """Return the question that gives the partial aggregate of the rows wanted.

    None where DuckDB would say less than we do, or gains nothing.
    """
    names = tuple(scan.head.columns)
    watched = plan.watched(names)
    tests = list(meeting.alone(selection, names))
    # Of each group every subject would be listed, where the first five are enough.
    if "subject" in watched or not meeting.decides(selection) or not duckpipe.able(names):
        return None
    columns = aggregate.prepared(scan.head, plan).columns
    by = [*dict.fromkeys(tally.source(scan.head, name) for name in plan.atoms(columns))]
    sample = _sample(scan, [*by, *watched, *(name for name, _ in tests)])
    if plan.ordered and len(distinct(sample, by)) > FEW * len(sample):
        return None  # Lists of so many groups take DuckDB as long as us, and more room.
    met = {str(name): sorted({"", *map(str, pd.unique(sample[name]))}) for name in sample}
    placed = {name: sorted(bound_to(name) & {*met["indicator"]})
              for name in PLACED if name in watched}  # fmt: skip
    known = {name: met[name] for name in watched if name not in PLACED}
    wanted = [(name, [word for word in met[name] if test(word)],
               [word for word in met[name] if not test(word)]) for name, test in tests]  # fmt: skip
    if max(map(len, [*known.values(), *(met[name] for name, _ in tests)]), default=0) > MOST:
        return None
    placed = {name: codes for name, codes in placed.items() if codes}
    return Question(plan, names, tuple(by), known, placed, wanted)


def _sample(scan: Scan, columns: Sequence[str]) -> pd.DataFrame:
    """Return columns of rows from all over the files, their cells as DuckDB has them."""
    header, delimiter = blocks.header(scan.paths[0], scan.name)
    rows = sampling.rows(scan.paths, len(header), delimiter, _SAMPLE)
    frame = pd.DataFrame(rows, columns=header, dtype=object)
    return frame[list(dict.fromkeys(columns))]


def query(question: Question, delimiter: str) -> str:
    """Return the question as SQL; its one parameter are the paths."""
    columns = [
        *(f"{question.cell(name)} AS k{place}" for place, name in enumerate(question.by)),
        "v IS NOT NULL AS filled", "count(*) AS n", "sum(v) AS total", "min(v) AS least",
        "max(v) AS greatest", "var_pop(v) AS variance", f"{_odd(question)} AS odd",
        *(f"{_bits(question.cell(name), words)} AS {sql.name(f'met {name}')}"
          for name, words in question.known.items()),
        *(f"{end}({_hash(question, name, codes)}) AS {sql.name(f'{end} {name}')}"
          for name, codes in question.placed.items() for end in ("min", "max")),
        *([f"{_filled(question.cell('industry'))} AS named"] if question.industries else []),
        *([f"{_filled(question.cell('part_of'))} AS parts"] if "part_of" in question.names else []),
        *(["list(v) AS kept"] if question.plan.ordered else []),
    ]  # fmt: skip
    value = question.cell(question.plan.role.value)
    source = duckpipe.source([question.cell(name) for name in question.names], delimiter)
    rows = f"SELECT *, try_cast({value} AS DOUBLE) AS v FROM {source}"  # noqa: S608
    where = " AND ".join(["true", *_conditions(question)])
    return f"SELECT {', '.join(columns)} FROM ({rows}) WHERE {where} GROUP BY ALL"  # noqa: S608


def _filled(cell: str) -> str:
    return f"count(nullif({cell}, ''))"


def _odd(question: Question) -> str:
    """Count the rows of which DuckDB takes a number otherwise, or a word that no sample held."""
    value = question.cell(question.plan.role.value)
    odd = [f"{value} <> '' AND v IS NULL", f"contains({value}, '_')"]  # 1_000 is no number.
    odd += [f"{question.cell(name)} NOT IN {_list(good)}" for name, good, _ in question.wanted]
    return f"count(*) FILTER ({' OR '.join(odd)})"


def _conditions(question: Question) -> list[str]:
    """Keep the rows with a word that meets its condition, and those with one not met before."""
    # NOT IN would be made a join, which is slower.
    return [
        f"{question.cell(name)} <> {sql.text(word)}"
        for name, _, bad in question.wanted
        for word in bad
    ]


def _hash(question: Question, name: str, codes: Sequence[str]) -> str:
    """Return a cell as a number, where its indicator is one of ``codes``."""
    indicator = question.cell("indicator")
    return f"CASE WHEN {indicator} IN {_list(codes)} THEN hash({question.cell(name)}) END"


def _list(words: Sequence[str]) -> str:
    return f"({', '.join(map(sql.text, words)) or 'NULL'})"


def _bits(column: str, known: Sequence[str]) -> str:
    """Return the words of a column as bits, the highest for any word that is not ``known``."""
    cases = " ".join(f"WHEN {sql.text(word)} THEN {1 << place}" for place, word in enumerate(known))
    return f"bit_or(CASE {column} {cases} ELSE {1 << len(known)} END)"
