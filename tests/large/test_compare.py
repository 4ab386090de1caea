"""``compare`` on a large table: as on a small one."""

import pytest

HEAD = "id,province,place,subject,scope,indicator,industry,status,period,value,unit,bound\n"
ROWS = [
    "a1,Yunnan,,,province,tax,,signed,2024,3.30,亿元,over",
    "a2,四川,,,province,tax,,signed,2024,20000,万元,exact",
    "a3,Yunnan,,,province,tax,,signed,2023,3,亿元,exact",
    "b1,Yunnan,昆明市,,city,jobs,,signed,2024,1.2,万人,about",
    "b2,Sichuan,,,province,jobs,,actual,2024,300,人,exact",
    "c1,Yunnan,,,province,signed_investment,,signed,2024,10,亿元,exact",
    "c2,Yunnan,,,province,signed_projects,,signed,2024,4,个,exact",
    "c3,Gansu,,,province,signed_projects,,signed,2024,,个,exact",
]
TABLES = {
    "figures": HEAD + "".join(f"{row}\n" for row in ROWS),
    "many": HEAD + "".join(f"{n}{row}\n" for n in range(40) for row in ROWS),
    "none": HEAD,
    "odd": HEAD + "\n".join([*ROWS, "x,Gansu,,,province,tax,,signed,2024,ten,亿元,exact"]),
    "bounded": HEAD + "\n".join([*ROWS, "x,Gansu,,,province,tax,,signed,2024,10,亿元,circa"]),
    "plain": "province,tax,jobs\nYunnan,1,2\nGansu,3,4\nYunnan,5,\n",
}
ASKED = [
    ("tax",),
    ("tax", "jobs", "--status", "signed"),
    ("tax", "-f", "table"),
    ("tax", "--province", "Yunnan,Gansu", "-f", "table"),
    ("tax", "--wide"),
    ("tax", "--vs", "Yunnan"),
    ("tax", "--share"),
    ("tax", "--rank"),
    ("tax", "--by", "period", "--growth"),
    ("tax", "--unit", "万元"),
    ("signed_investment / signed_projects",),
    ("tax / jobs",),
    ("all", "--by", "status"),
    ("rank",),
    ("tax", "--province", "Hainan"),
    ("tax", "--min", "1亿元"),
    ("tax", "--by", "nothing"),
    ("nonsense",),
]


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_it_agrees_with_a_small_table(cli, large, write, text, asked):
    name = write(text)
    small, big = cli("compare", name, *asked), large("compare", name, *asked)
    assert (big.stdout, big.code) == (small.stdout, small.code)
    if "not compared" in small.stderr:  # Large tables count such cells and name no line.
        assert "1 cell is not a number and was not compared: 'ten'" in big.stderr
        return
    assert big.stderr == small.stderr


def test_only_figures_of_the_indicators_named_are_read(cli, large, write):
    """An odd number elsewhere is no error, in a small table or a large one."""
    name = write(HEAD + f"{ROWS[0]}\nx,Gansu,,,province,jobs,,signed,2024,ten,人,exact\n")
    for run in (cli, large):
        assert run("compare", name, "tax").code == 0
        assert run("compare", name, "jobs").code == 3
