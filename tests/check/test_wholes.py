"""Parts name a whole that is there, measure as it does, and come to it within their bounds."""

import pytest

PART = {"part_of": "gs_tax_1"}


def whole(value, bound="exact", **cells):
    return {"value": value, "bound": bound, **cells}


def part(value, bound="exact", **cells):
    return {"value": value, "bound": bound, **PART, **cells}


@pytest.mark.parametrize(
    "given",
    [
        [whole("10"), part("4"), part("6")],
        [whole("10"), part("4")],
        [whole("10", "over"), part("4"), part("7")],
        [whole("10", "over"), part("8")],
        [whole("10"), part("4", "over"), part("5")],
        [whole("10", "about"), part("4"), part("6.5")],
        [whole("10", "nearly"), part("4"), part("5.5")],
        [whole("10"), part("9", "nearly"), part("1.5")],
        [whole("10"), part("4"), part("6"), part("9", status="planned")],
        [whole("10"), part("4", status="signed"), part("3", status="started")],
        [whole("10", note="not exhaustive"), part("4"), part("3")],
        [whole("10", note="rounded"), part("4.2"), part("6.2")],
        [whole("1", unit="万亿元"), part("4000"), part("6000")],
        [whole("10", indicator="output_growth", unit="%"),
         part("90", indicator="output_growth", unit="%")],
    ],
)  # fmt: skip
def test_they_fit(rows, given):
    assert rows(*given) == []


def test_a_whole_may_be_in_another_table_of_the_directory(check, metrics_text, tmp_path):
    (tmp_path / "metrics.csv").write_text(metrics_text(whole("10")), "utf-8")
    new = tmp_path / "metrics.new.csv"
    new.write_text(metrics_text(part("4", id="gs_tax_2")), "utf-8")
    assert check(str(tmp_path)) == []
    new.write_text(metrics_text(part("4", id="gs_tax_2", part_of="gs_tax_7")), "utf-8")
    [finding] = check(str(tmp_path))
    assert finding["problem"] == "there is no figure 'gs_tax_7'"


@pytest.mark.parametrize(
    ("given", "line", "told"),
    [
        ([whole("10"), part("4"), part("5")], "2", "come to 9"),
        ([whole("10"), part("4"), part("7")], "2", "come to 11"),
        ([whole("10"), part("4.2"), part("6.2")], "2", "come to 10.4"),
        ([whole("10", note="not exhaustive"), part("4"), part("7")], "2", "come to 11"),
        ([whole("10"), part("4", "over"), part("6")], "2", "come to 10"),
        ([whole("10", "over"), part("4"), part("6")], "2", "come to 10"),
        ([whole("10", "under"), part("4"), part("6")], "2", "come to 10"),
        ([whole("10", "about"), part("4"), part("3")], "2", "come to 7"),
        ([whole("10"), part("11")], "3", "more than its whole"),
        ([whole("10"), part("11", "about", status="signed"), part("12", status="started")], "4",
         "more than its whole"),
        ([whole("10"), part("10", "over")], "3", "more than its whole"),
        ([whole("10"), part("1", unit="万亿元")], "3", "more than its whole"),
        ([whole("10"), part("4", indicator="jobs", unit="万个")], "3", "is not part of"),
        ([whole("10", indicator="enterprises", unit="家"),
          part("4", indicator="projects", unit="个")], "3", "is not part of"),
    ],
)  # fmt: skip
def test_they_do_not(rows, given, line, told):
    [found] = rows(*given)
    assert found["line"] == line
    assert told in found["problem"]


def test_a_whole_that_is_not_there(rows):
    [found] = rows({}, {"part_of": "gs_tx_1"})
    assert (found["line"], found["column"]) == ("3", "part_of")
    assert found["fix"] == "did you mean 'gs_tax_1'?"


def test_circles_of_every_size_are_found_once_a_row(rows):
    assert [f["line"] for f in rows({"part_of": "gs_tax_1"})] == ["2"]
    ring = [{"part_of": "gs_tax_2"}, {"part_of": "gs_tax_3"}, {"part_of": "gs_tax_1"}]
    tail = {"part_of": "gs_tax_1"}
    assert [f["line"] for f in rows(*ring, tail)] == ["2", "3", "4"]


def test_a_long_chain_is_no_circle(rows, monkeypatch):
    chain = [{"part_of": f"gs_tax_{number}"} for number in range(2, 1500)]
    assert rows(*chain, {}) == []


def test_an_unsound_cell_is_told_once(rows):
    [found] = rows(whole("10"), part("lots"), part("4"))
    assert found["column"] == "value"
