"""The built-in tables are sound, by themselves and against the report."""


def test_they_are_sound(cli):
    done = cli("check")
    assert (done.code, done.stdout) == (0, "file,line,column,problem,fix\n")
    assert done.stderr == "Note: 97 figures, 34 projects: sound\n"


def test_so_is_a_copy_of_them(check, package):
    assert check("mine") == []
    assert check("mine/datapackage.json") == []
    (package.home / "datapackage.json").unlink()
    assert check("mine") == []
    assert check("mine/metrics.csv", "mine/projects.csv") == []


def test_every_numeral_of_the_report_is_accounted_for(cli, report):
    done = cli("check", "--report", report)
    assert (done.code, done.csv) == (0, [])
    assert "122 of 122 numerals accounted for; 17 of 17 Chinese" in done.stderr


PROBE = """
import sys
from transfer_cli.check import check
result = check.check([])
assert not {"pandas", "numpy", "rich", "tabulate", "duckdb"} & set(sys.modules)
print(*result.notes, *result.findings)
"""


def test_checking_needs_no_pandas(shell):
    done = shell(python=("-c", PROBE))
    assert (done.code, done.stdout) == (0, "97 figures, 34 projects: sound\n")
