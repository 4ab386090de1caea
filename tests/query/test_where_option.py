"""``--where`` on the command line: what is no condition is explained, and never evaluated."""

from pathlib import Path

import pytest

TABLE = 'id,value,place,注释,two words\na,1,甘肃,好,x\nb,20,云南,,y\nc,300,,坏,\nd,,云南,好,"x"\n'


@pytest.mark.parametrize(
    "condition",
    [
        "__import__('os').system('touch hacked')",
        "open('hacked', 'w')",
        "value > 1; import os",
        "value.__class__ == 1",
        "value > 10 ** 10 ** 10",
        "value >",
    ],
)
def test_what_is_outside_the_grammar(cli, write, size, condition):
    done = cli("filter", write(TABLE), "--where", condition)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: ") and "Hint: " in done.stderr
    assert not Path("hacked").exists()


@pytest.mark.parametrize("condition", ["", "value > 1 #"])
def test_nothing_and_a_comment(cli, write, size, condition):
    done = cli("filter", write(TABLE), "--where", condition)
    assert done.code in (0, 2)
    assert "should not have happened" not in done.stderr


@pytest.mark.parametrize(
    "condition",
    [
        "(" * 5000 + "value > 1" + ")" * 5000,
        "not " * 5000 + "value > 1",
        "value > " + "-" * 5000 + "1",
        "value > " + "9" * 5000,
    ],
    ids=["parentheses", "not", "minus", "digits"],
)
def test_huge_conditions(cli, write, size, condition):
    done = cli("filter", write(TABLE), "--where", condition)
    assert done.code in (0, 2)
    assert "should not have happened" not in done.stderr
    assert done.code == 0 or "Hint: " in done.stderr


def test_a_long_chain(cli, write, size):
    """DuckDB takes some 10 ms to plan each comparison."""
    condition = " and ".join(["value > 1"] * (3000 if size == "memory" else 100))
    done = cli("filter", write(TABLE), "--where", condition)
    assert done.code in (0, 2)
    assert "should not have happened" not in done.stderr
    assert done.code == 0 or "Hint: " in done.stderr


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("value > 1", "bc"),
        ("not (value > 20)", "ab"),
        ("place in ('云南', '甘肃')", "abd"),
        ("`two words` == 'x'", "ad"),
        ("注释 != '好'", "c"),
        ("value is None", "d"),
    ],
)
def test_rows(cli, write, size, condition, expected):
    done = cli("filter", write(TABLE), "--where", condition)
    assert (done.code, "".join(done.ids)) == (0, expected)


def test_a_column_is_corrected_as_the_error_names_it(cli, write, size):
    done = cli("filter", write(TABLE), "--where", "valeu > 1")
    assert done.code == 2
    assert "'valeu'" in done.stderr and "'value'" in done.stderr
    done = cli("filter", write(TABLE), "--where", "value > 1 and len(place) > 2")
    assert "len(place)" in done.stderr and "character 15" in done.stderr
