"""Write a plain register of county statistics: six columns, none of them an id or a unit.

python benchmarks/register.py PATH [--rows 1000000] [--seed 1]

The columns are county, province, year, item, amount and source. The same rows and seed give the
same bytes. Two amounts in a hundred are empty; the others have two decimals. Ten million rows take
about half a gigabyte.
"""

import argparse
import itertools
import random
from pathlib import Path

HEADER = "county,province,year,item,amount,source\n"
CHUNK = 100_000
MISSING = 0.02
LARGEST = 50_000.0
YEARS = range(2015, 2025)
SOURCES = ("yearbook", "bulletin", "survey", "年鉴")
ITEMS = ("grain output", "cotton output", "industrial output", "retail sales", "tax revenue",
         "fixed investment", "freight", "粮食产量", "规上工业增加值", "进出口总额")  # fmt: skip
PROVINCES = ("Gansu", "Guizhou", "Inner Mongolia", "Yunnan", "Guangxi", "Sichuan", "陕西", "湖南",
             "Henan", "Anhui", "Jiangxi", "Hubei")  # fmt: skip
FIRST, SECOND = "安平永长东西南北", "宁川山河"


def counties() -> list[str]:
    """Return ``county,province`` pairs: the same 32 county names stand in every province.

    A county is told apart by its province alone, as 朝阳区 is in the real registers.
    """
    names = [f"{one}{two}县" for one, two in itertools.product(FIRST, SECOND)]
    return [f"{name},{province}" for province in PROVINCES for name in names]


def generate(path: Path, rows: int, seed: int) -> None:
    """Write the register, chunk by chunk, from one generator."""
    rng = random.Random(seed)
    heads = [
        f"{county},{year},{item},"
        for county, year, item in itertools.product(counties(), YEARS, ITEMS)
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        for first in range(0, rows, CHUNK):
            count = min(CHUNK, rows - first)
            cells = (rng.choices(heads, k=count), amounts(rng, count),
                     rng.choices([f",{source}\n" for source in SOURCES], k=count))  # fmt: skip
            file.write("".join(map("%s%s%s".__mod__, zip(*cells, strict=True))))


def amounts(rng: random.Random, count: int) -> list[str]:
    """Return amounts with two decimals, most of them small; some are empty."""
    draw = rng.random
    return ["" if draw() < MISSING else f"{LARGEST * draw() ** 3:.2f}" for _ in range(count)]


def main() -> None:
    """Write the table that the command line describes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    generate(arguments.path, arguments.rows, arguments.seed)


if __name__ == "__main__":
    main()
