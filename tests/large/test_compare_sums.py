"""A large table without figures is compared by the sums of its number columns, as a small one."""

import pytest

TABLE = "place,year,code,amount,name,share\n" + "".join(
    f"{place},{2020 + n % 3},{430000 + n},{n}.50,{'' if n % 4 else 'x'},{n}%\n"
    for n in range(30)
    for place in ("昆明市", "Dali", "")
)
OTHER = [
    ("--by", "place"),
    ("--by", "year"),
    ("--by", "place", "--vs", "Dali"),
    ("--by", "nothing"),
    ("--by", "place", "--where", "amount > 5"),
    ("--by", "place", "--where", "amount > 500"),
    ("--by", "name", "--year", "1"),
]


@pytest.mark.parametrize("asked", OTHER, ids=" ".join)
@pytest.mark.parametrize("text", [TABLE, TABLE.replace("0.50", '"0.50"'), "place,a\nx,y\n"])
def test_as_a_small_one(cli, large, write, text, asked):
    name = write(text)
    small = cli("compare", name, *asked)
    assert _without_lines(large("compare", name, *asked)) == _without_lines(small)


def _without_lines(result):
    """Return what a run left behind, without the note that names a line only of a small table."""
    kept = [line for line in result.stderr.splitlines() if "no number" not in line]
    return result.stdout, kept, result.code


def test_json(cli, large, write):
    name = write('[{"a": 1},\n {"a": 2}]\n')
    for command in ("filter", "aggregate", "describe"):
        small, big = cli(command, name), large(command, name)
        assert (small, small.code) == (big, 0)


def test_what_is_no_number_is_told(cli, large, write):
    name = write(f"{TABLE}x,2020,430000,5,y,1%\n".replace("29.50", "29.5O"))
    small = cli("compare", name, "--by", "place")
    assert large("compare", name, "--by", "place") == small
