"""The partial aggregate of a large file by DuckDB: its answer, as ``partials.partial`` has it."""

from collections.abc import Mapping
from typing import Any

from transfer_cli import aggregate
from transfer_cli.aggregation import nesting, partials, words
from transfer_cli.aggregation.partials import Partial
from transfer_cli.aggregation.plan import PLACED, Plan, bound_to
from transfer_cli.files import textfile
from transfer_cli.frames import np, pd
from transfer_cli.model.codelists import BOUNDS
from transfer_cli.scanning import blocks
from transfer_cli.scanning.duck import duckpipe, question
from transfer_cli.scanning.duck.alike import read_alike
from transfer_cli.scanning.duck.question import Question
from transfer_cli.scanning.tables import Scan
from transfer_cli.selecting.selection import Selection
from transfer_cli.table import Table

PIECE = 1 << 18
"""Values that are put in order at a time."""


def part(scan: Scan, selection: Selection, plan: Plan) -> Partial | None:
    """Return the partial aggregate of the rows of a scan that are wanted.

    None where DuckDB would say less than we do: where no row is wanted, for a file in which
    something is odd, for figures that are part of others, for words that are too many.
    """
    import duckdb

    asked = question.of(scan, selection, plan)
    header, delimiter = blocks.header(scan.paths[0], scan.name)
    if asked is None or not all(read_alike(path, header, delimiter) for path in scan.paths):
        return None
    text = question.query(asked, delimiter)
    try:
        with duckpipe.connected() as connection:
            found = connection.execute(text, [[str(path) for path in scan.paths]]).fetchnumpy()
    except duckdb.Error:
        return None
    return None if _odd(found, asked) else _part(found, scan.head, asked)


def _odd(found: Mapping[str, Any], asked: Question) -> bool:
    """Tell whether the blocks must say what is wrong, what is part of what, or that nothing is."""
    ends = np.concatenate([np.ma.filled(found[name], 0.0) for name in ("least", "greatest")])
    strange = found["odd"].any() or not np.isfinite(ends).all() or not len(found["n"])
    bound = asked.plan.role.bound
    bounds = set(np.ma.filled(found[f"k{asked.by.index(bound)}"], "")) if bound else set()
    return bool(strange or bounds - {"", *BOUNDS} or ("parts" in found and found["parts"].any()))


def _part(found: dict[str, Any], head: Table, asked: Question) -> Partial | None:
    plan, filled = asked.plan, np.asarray(found["filled"], dtype=bool)
    cells = {name: _cells(found[f"k{place}"]) for place, name in enumerate(asked.by)}
    read = pd.DataFrame(cells, index=range(len(filled)), dtype=object)
    keys = aggregate.prepared(head.with_frame(read), plan).frame
    met = _words(found, keys[filled], filled, asked)
    if met is None or _unsampled(keys, asked):
        return None
    sums = _sums(found, keys[filled], filled, plan)
    silent = keys.loc[~filled, list(plan.keys)].assign(n=found["n"][~filled])
    signs = _signs(found, keys, filled, met, asked)
    made = Partial(sums, silent.reset_index(drop=True), words=met, signs=signs)
    if plan.ordered:
        made = _with_values(made, found.pop("kept")[filled])
    # Provinces come under several names, and cells guarded or not: what is one is put together.
    return partials.combine([made, partials.partial(aggregate.prepared(head, plan), plan)], plan)


def _sums(found: Mapping[str, Any], keys: pd.DataFrame, filled: Any, plan: Plan) -> pd.DataFrame:
    names = ("n", "total", "least", "greatest")
    numbers = {name: np.ma.filled(found[name], 0)[filled] for name in names}
    spread = np.ma.filled(found["variance"], 0)[filled]
    sums = keys[plan.atoms(list(keys.columns))].assign(**numbers).reset_index(drop=True)
    sums["mean"] = sums["total"] / sums["n"]
    sums["squares"] = spread * sums["n"]
    return sums


def _with_values(made: Partial, lists: Any) -> Partial:
    """Return a partial with the values of its atoms, cut into pieces."""
    values = np.concatenate([np.zeros(0), *lists])
    codes = np.repeat(np.arange(len(made.sums), dtype=np.int32), made.sums["n"])
    cuts = range(PIECE, len(values), PIECE)
    return made._replace(codes=tuple(np.split(codes, cuts)), values=tuple(np.split(values, cuts)))


def _cells(column: Any) -> Any:
    codes, words = pd.factorize(np.ma.filled(column, ""))
    return np.array([textfile.unguard(word) for word in words], dtype=object)[codes]


def _unsampled(keys: pd.DataFrame, asked: Question) -> bool:
    """Tell whether an indicator that does not add over places or industries came unforeseen."""
    codes = set(pd.unique(keys["indicator"])) if asked.plan.guarded else set()
    watched = asked.plan.watched(asked.names)
    return any(codes & bound_to(name) - set(asked.placed.get(name, ()))
               for name in PLACED if name in watched)  # fmt: skip


def _words(
    found: Mapping[str, Any], keys: pd.DataFrame, filled: Any, asked: Question
) -> dict[str, pd.DataFrame] | None:
    """Return the words that meet in the groups, a row for each; None where one is not known."""
    plan = asked.plan
    met: dict[str, list[pd.DataFrame]] = {}
    for name, known in asked.known.items():
        bits = np.asarray(found[f"met {name}"])[filled].astype(np.int64)
        if (bits >> len(known)).any():
            return None
        met[name] = [keys.assign(**{name: textfile.unguard(word)})[(bits >> place & 1) == 1]
                     for place, word in enumerate(known)]  # fmt: skip
    for name in set(plan.watched(asked.names)) & set(PLACED):
        ends = [np.ma.filled(found[f"{end} {name}"], 0)[filled] for end in ("min", "max")
                if name in asked.placed]  # fmt: skip
        rows = [keys.assign(**{name: list(map(str, hashes))})[hashes > 0] for hashes in ends]
        met[name] = rows or [keys.assign(**{name: ""}).iloc[:0]]
    lists = {name: pd.concat(rows)[[*plan.base, name]] for name, rows in met.items()}
    return dict(words.combined([lists])) if lists else {}


def _signs(
    found: Mapping[str, Any], keys: pd.DataFrame, filled: Any,
    met: Mapping[str, pd.DataFrame], asked: Question,
) -> nesting.Signs:  # fmt: skip
    """Return the signs that some figures lie in others, rather one too many than one too few."""
    scopes = frozenset(met["scope"]["scope"]) if "scope" in met else frozenset()
    industries: frozenset[str] = frozenset()
    if asked.industries:
        unnamed = (np.asarray(found["n"]) > np.asarray(found["named"])) & filled
        areas = scopes or frozenset(keys.loc[unnamed, "scope"])
        if unnamed.any() and areas & {*nesting.AREAS, ""}:
            industries = frozenset({"every", "one"})
    return nesting.Signs(industries=industries, scopes=scopes)
