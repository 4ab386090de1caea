"""Names and words as SQL has them: quoted, so that no text of a table is read as SQL."""


def name(column: str) -> str:
    """Return the name of a column."""
    doubled = column.replace('"', '""')
    return f'"{doubled}"'


def text(word: str) -> str:
    """Return a word."""
    doubled = word.replace("'", "''")
    return f"'{doubled}'"
