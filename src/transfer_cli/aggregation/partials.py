"""An aggregate as two pure functions: ``partial`` of a table, and ``combine`` of partials.

One small table, the chunks of a large one and the workers of a cluster run the same two. What
sums can carry is carried as sums: counts, totals, means and squared deviations (Chan, Golub and
LeVeque, 1979). Median and quantiles carry the values and the codes of their groups, nothing more.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from transfer_cli.aggregation import nesting, roles, words
from transfer_cli.aggregation.grouping import Codes, numbered, wider
from transfer_cli.aggregation.plan import Plan
from transfer_cli.frames import NDArray, np, pd
from transfer_cli.model.containment import FAMILY
from transfer_cli.table import Table

Values = NDArray[np.float64]
SUMS = ("n", "total", "least", "greatest", "mean", "squares")


class Partial(NamedTuple):
    """What some rows come to.

    ``sums`` has, for each atom of the plan, ``n``, ``total``, ``least``, ``greatest``, ``mean``
    and ``squares`` (squared deviations) of the numbers as printed; ``silent`` the number ``n`` of
    rows without one, by the keys. ``values`` are kept for order statistics, with the row of their
    atom in ``codes``. ``words`` has for each watched column what meets in the groups, and
    ``signs`` what may contain, or be contained.
    """

    sums: pd.DataFrame
    silent: pd.DataFrame
    codes: tuple[Codes, ...] = ()
    values: tuple[Values, ...] = ()
    words: Mapping[str, pd.DataFrame] = {}
    signs: nesting.Signs = nesting.NONE


def partial(table: Table, plan: Plan) -> Partial:
    """Return the partial aggregate of a table, or of a chunk of one.

    Raises DataError, naming file, line and column, for a number or a bound that is none.
    """
    role, frame = plan.role, table.frame
    if not role.value:
        return Partial(pd.DataFrame(), _counted(frame, plan.keys))
    roles.check_bounds(table, role)
    numbers = table.numbers(role.value)
    present = numbers.notna()
    silent = _counted(frame[~present], plan.keys)
    frame, values = frame[present], np.asarray(numbers[present], dtype=np.float64)
    codes, sums = numbered(_related(frame, plan), plan.atoms(table.columns))
    found = Partial(_summed(sums, codes, values), silent)
    if plan.ordered:
        found = found._replace(codes=(codes.astype(np.int32),), values=(values,))
    if plan.apart:
        return found
    return found._replace(
        words=words.met(frame, sums, codes, plan), signs=nesting.signs(frame, plan)
    )


def _counted(frame: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    codes, counted = numbered(frame, keys)
    return counted.assign(n=np.bincount(codes, minlength=len(counted)))


def _related(frame: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Blank the ids of the rows that are neither part nor whole of another, so that atoms stay few.

    A family of None is everybody's.
    """
    if not plan.apart or not plan.family or not set(FAMILY) <= set(frame.columns):
        return frame
    mine = frame["id"].isin(plan.family)
    return frame.assign(**{name: frame[name].astype(object).where(mine, "") for name in FAMILY})


def _summed(keys: pd.DataFrame, codes: Codes, values: Values) -> pd.DataFrame:
    grouped = pd.Series(values).groupby(codes)
    total = grouped.sum()
    count = np.bincount(codes, minlength=len(keys))
    mean = total / count
    apart = values - mean.to_numpy()[codes]
    squares = np.bincount(codes, apart * apart, minlength=len(keys))
    columns = (count, total, grouped.min(), grouped.max(), mean, squares)
    return wider(keys, dict(zip(SUMS, columns, strict=True)))


def combine(parts: Sequence[Partial], plan: Plan) -> Partial:
    """Return the partial aggregate of all the rows behind ``parts``."""
    if len(parts) == 1:
        return parts[0]
    silent = _together([part.silent for part in parts], plan.keys)
    counted = silent[0].assign(n=np.bincount(silent[1], silent[2]["n"]).astype(int))
    if not plan.role.value:
        return Partial(parts[0].sums, counted)
    by = [str(name) for name in parts[0].sums.columns if name not in SUMS]
    keys, codes, rows = _together([part.sums for part in parts], by)
    return Partial(
        _added(keys, codes, rows),
        counted,
        tuple(_moved(parts, codes)),
        tuple(values for part in parts for values in part.values),
        words.combined([part.words for part in parts]),
        nesting.joined(part.signs for part in parts),
    )


def _together(
    frames: Iterable[pd.DataFrame], by: Sequence[str]
) -> tuple[pd.DataFrame, Codes, pd.DataFrame]:
    rows = pd.concat(list(frames), ignore_index=True)
    codes, keys = numbered(rows, by)
    return keys, codes, rows


def _added(keys: pd.DataFrame, codes: Codes, rows: pd.DataFrame) -> pd.DataFrame:
    grouped = rows.groupby(codes)
    sums = keys.assign(n=grouped["n"].sum(), total=grouped["total"].sum())
    sums = sums.assign(least=grouped["least"].min(), greatest=grouped["greatest"].max())
    sums["mean"] = sums["total"] / sums["n"]
    return sums.assign(squares=together(rows, codes, sums["mean"].to_numpy()))


def together(rows: pd.DataFrame, codes: Codes, means: Values) -> Values:
    """Return the squared deviations of groups put together, from the ``means`` of the wholes."""
    apart = rows["squares"] + rows["n"] * (rows["mean"] - means[codes]) ** 2
    return np.asarray(np.bincount(codes, apart, minlength=len(means)), dtype=float)


def _moved(parts: Sequence[Partial], codes: Codes) -> Iterable[Codes]:
    """Yield the codes of all values under the numbers of the merged atoms."""
    offset = 0
    for part in parts:
        moved = codes[offset : offset + len(part.sums)].astype(np.int32)
        yield from (moved[own] for own in part.codes)
        offset += len(part.sums)
