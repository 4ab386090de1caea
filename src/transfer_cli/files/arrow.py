"""Columns of Arrow as cells: the text that a CSV file would have had, or numbers.

pyarrow is loaded when a column is met and not before.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from transfer_cli.errors import DataError
from transfer_cli.frames import pd

_FRACTION = re.compile(r"\.(\d*?)0+(?=[Z+-]|$)")
_MIDNIGHT = " 00:00:00"


def failure() -> tuple[type[Exception], ...]:
    """Return the errors of a file or a column that cannot be read."""
    import pyarrow as pa

    return (pa.ArrowException, OSError)


def told(error: Exception) -> str:
    """Return what one of these errors says, without its history."""
    return str(error).partition("\n")[0]


def check(kind: Any, place: str) -> None:
    """Raise DataError for a column whose values are no cells: lists, records, spans of time."""
    from pyarrow import types

    kind = kind.value_type if types.is_dictionary(kind) else kind
    if types.is_nested(kind) or types.is_duration(kind) or types.is_interval(kind):
        raise DataError(f"{place} holds {kind}, not cells", "write it as text or as a number")


def text(column: Any) -> pd.Categorical:
    """Return a column as text, ``""`` where missing: numbers in their shortest form, dates in ISO.

    A whole number gets no decimals: a gap makes floats of a column of them in many a program.
    """
    words, codes = _coded(column)
    # Two values may become one word: a missing one, NaN and the empty text.
    places, distinct = pd.factorize(pd.Series(words, dtype=object))
    return pd.Categorical.from_codes(places[codes], categories=pd.Index(distinct.tolist()))


def picked(column: Any, mask: Any) -> Any:
    """Return the cells of a column that a mask picks."""
    # Views of text are a type that Arrow filters not in every version.
    return (column.cast("string") if "view" in str(column.type) else column).filter(mask)


def words(column: Any) -> Any:
    """Return a column as an array of what ``text`` says, cell by cell."""
    words, codes = _coded(column)
    return pd.Series(words, dtype=object).to_numpy()[codes]


def cells(column: Any) -> Any:
    """Return a column as one of Arrow, of what ``text`` says."""
    import pyarrow as pa

    words, codes = _coded(column)
    return pa.array(words, "string").take(pa.array(codes))


def lines(columns: Sequence[Any]) -> bytes:
    """Return columns of text as lines, with commas between the cells and no quotes."""
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = pc.binary_join_element_wise(*columns, ",")
    whole = pc.binary_join(pa.ListArray.from_arrays([0, len(rows)], rows), "\n")
    return f"{whole[0].as_py()}\n".encode()


def _coded(column: Any) -> tuple[list[str], Any]:
    from pyarrow import types

    coded = types.is_dictionary(column.type)
    clean = _cleaner(column.type.value_type if coded else column.type)
    column = column if coded else column.cast("string").dictionary_encode()
    words = [clean(word) if word else "" for word in column.dictionary.cast("string").to_pylist()]
    codes = column.indices.cast("int32").fill_null(len(words)).to_numpy()
    return [*words, ""], codes


def _cleaner(kind: Any) -> Callable[[str], str]:
    from pyarrow import types

    if types.is_floating(kind):
        return lambda word: "" if word == "nan" else word
    if types.is_timestamp(kind) or types.is_time(kind):
        return _moment
    return str


def _moment(word: str) -> str:
    """Return a time without a fraction of nothing, and a midnight as its date."""
    word = _FRACTION.sub(lambda found: f".{found[1]}" if found[1] else "", word)
    return word.removesuffix(_MIDNIGHT)


def numbers(column: Any) -> Any:
    """Return a column as float64, NaN where missing; None if a cell is no finite number."""
    from pyarrow import types

    kind = column.type
    if types.is_integer(kind) or types.is_decimal(kind) or types.is_float64(kind):
        values = column.cast("float64", safe=False).to_numpy(zero_copy_only=False)
        return None if (abs(values) == float("inf")).any() else values
    cells = text(column)
    words = pd.Series(cells.categories, dtype=object)
    read = pd.to_numeric(words.where(words != ""), errors="coerce")
    if ((read.isna() | (read.abs() == float("inf"))) & (words != "")).any():
        return None
    return read.to_numpy(dtype=float)[cells.codes]
