"""Write a register of projects of any size, in eleven columns of ``metrics.csv``.

python benchmarks/generate.py PATH [--rows 1000000] [--seed 1]

The same number of rows and the same seed give the same bytes. Half of the place names are Chinese;
all codes are in ``data/``. Values have fixed decimals (``3.30``). 2 % of the cells are empty, but
none in id, indicator, scope, period and unit. Each indicator has one unit and all periods are
quarters, so that tools without rules compute the same answers.
"""

import argparse
from pathlib import Path
from typing import IO

import numpy as np

from tasks import COLUMNS

Strings = np.ndarray
CHUNK = 250_000
MISSING = 0.02
PLACES = {
    "Gansu": ("兰州市", "酒泉市", "Jinchang", "Tianshui"),
    "Guizhou": ("贵阳市", "遵义市", "Bijie", "Tongren"),
    "Inner Mongolia": ("包头市", "鄂尔多斯市", "Ordos", "Wuhai"),
    "Yunnan": ("昆明市", "文山壮族苗族自治州", "Qujing", "Dali"),
    "Guangxi": ("南宁市", "柳州市", "Guilin", "Beihai"),
    "Sichuan": ("成都市", "凉山彝族自治州", "Mianyang", "Yibin"),
    **{name: (f"{zh}一区", f"{zh}二区", f"{name} East", f"{name} West") for name, zh in (
        ("Chongqing", "渝"), ("Shaanxi", "陕"), ("Shanxi", "晋"), ("Hunan", "湘"),
        ("Hubei", "鄂"), ("Jiangxi", "赣"), ("Anhui", "皖"), ("Henan", "豫"),
        ("Ningxia", "宁"), ("Qinghai", "青"), ("Xinjiang", "新"), ("Jilin", "吉"))},
}  # fmt: skip
INDICATORS = {
    "investment": ("亿元", 2, 40.0), "output": ("亿元", 2, 60.0), "tax": ("万元", 1, 900.0),
    "fixed_investment": ("亿元", 1, 30.0), "revenue": ("亿元", 2, 80.0),
    "jobs": ("个", 0, 700.0), "projects": ("个", 0, 12.0), "enterprises": ("家", 0, 25.0),
    "annual_capacity": ("万吨", 1, 45.0), "cell_capacity": ("GW", 2, 6.0),
    "output_growth": ("%", 1, 8.0), "output_share": ("%", 1, 20.0),
}  # fmt: skip
INDUSTRIES = ("aluminium", "batteries", "computing", "electronics", "equipment", "photovoltaics",
              "textiles", "food", "wind_power", "new_energy")  # fmt: skip
STATUSES = ("signed", "started", "completed", "planned", "negotiating")
SCOPES = ("project", "company", "zone")
PERIODS = tuple(f"{year}-Q{quarter}" for year in (2022, 2023, 2024) for quarter in (1, 2, 3, 4))
BOUNDS = ("exact", "over", "about", "nearly", "at_least", "under")
_BOUND_WEIGHTS = (0.93, 0.03, 0.015, 0.01, 0.01, 0.005)


def generate(path: Path, rows: int, seed: int) -> None:
    """Write the table in chunks, each with its own random generator."""
    seeds = np.random.SeedSequence(seed).spawn(-(-rows // CHUNK))
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(COLUMNS) + "\n")
        for number, source in enumerate(seeds):
            first = number * CHUNK
            _write(file, np.random.default_rng(source), first, min(CHUNK, rows - first))


def _write(file: IO[str], rng: np.random.Generator, first: int, count: int) -> None:
    weights = np.array([6.0] * 6 + [1.0] * (len(PLACES) - 6))
    province = rng.choice(len(PLACES), count, p=weights / weights.sum())
    indicator = rng.integers(0, len(INDICATORS), count)
    place = _pick(np.array(list(PLACES.values())).ravel(), province * 4 + rng.integers(0, 4, count))
    cells = (
        [f"p{line:08d}" for line in range(first, first + count)],
        _with_missing(rng, _pick(list(PLACES), province)),
        _with_missing(rng, place),
        _pick(list(INDICATORS), indicator),
        _with_missing(rng, _pick(INDUSTRIES, rng.integers(0, len(INDUSTRIES), count))),
        _with_missing(rng, _pick(STATUSES, rng.integers(0, len(STATUSES), count))),
        _pick(SCOPES, rng.choice(len(SCOPES), count, p=(0.7, 0.2, 0.1))),
        _pick(PERIODS, rng.integers(0, len(PERIODS), count)),
        _with_missing(rng, _values(rng, indicator)),
        _pick([unit for unit, _, _ in INDICATORS.values()], indicator),
        _with_missing(rng, _pick(BOUNDS, rng.choice(len(BOUNDS), count, p=_BOUND_WEIGHTS))),
    )
    file.writelines(map("%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s\n".__mod__, zip(*cells, strict=True)))


def _pick(words: "Strings | list[str] | tuple[str, ...]", codes: np.ndarray) -> Strings:
    return np.array(words, dtype=object)[codes]


def _with_missing(rng: np.random.Generator, cells: Strings) -> Strings:
    cells[rng.random(len(cells)) < MISSING] = ""
    return cells


def _values(rng: np.random.Generator, indicator: np.ndarray) -> Strings:
    """Return values with the decimals of their indicators; growth may be negative."""
    kinds = list(INDICATORS)
    scale = np.array([size for _, _, size in INDICATORS.values()])[indicator]
    drawn = scale * rng.lognormal(0, 0.8, len(indicator))
    growth = indicator == kinds.index("output_growth")
    drawn[growth] = rng.normal(8, 6, growth.sum())
    drawn[indicator == kinds.index("output_share")] %= 100
    out = np.empty(len(indicator), dtype=object)
    for code, (_, decimals, _) in enumerate(INDICATORS.values()):
        selected = indicator == code
        rounded = np.round(drawn[selected], decimals) + 0.0  # no -0.0
        out[selected] = list(map(f"%.{decimals}f".__mod__, rounded.tolist()))
    return out


def main() -> None:
    """Write the table that the command line describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    generate(arguments.path, arguments.rows, arguments.seed)


if __name__ == "__main__":
    main()
