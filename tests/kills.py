"""Runs that are killed at a random moment while they write, and how what they left is judged."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from typer.testing import CliRunner

from transfer_cli.cli import app

COMMAND = [sys.executable, "-m", "transfer_cli"]
WRITERS = {
    "csv": ("filter", "-o", "out.csv"),
    "xlsx": ("filter", "-o", "out.xlsx"),
    "sqlite": ("filter", "-o", "out.sqlite"),
    "parquet": ("filter", "-o", "out.parquet"),
    "svg": ("chart", "investment", "--status", "signed", "-o", "out.svg"),
    "package": ("export", "all", "-o", "out"),
    "init": ("init", "new"),
    "extract": ("extract", "report.txt", "-o", "out.csv"),
    "extract into a directory": ("extract", "report.txt", "-o", "found"),
    "tidy": ("tidy", "wide.csv", "--province", "贵州", "-o", "out.csv"),
}
"""What writes, by what it writes, into the working directory."""
INPUTS = {
    "report.txt": "2024年，甘肃省税收达到15亿元，同比增长5%。\n" * 50,
    "wide.csv": "指标：税收（单位：亿元）\n地区,2022年,2023年\n"
    + "".join(f"城市{n},{n}.5,{n}.7\n" for n in range(500)),
}


def prepare() -> None:
    """Write what the writers read into the working directory."""
    for name, text in INPUTS.items():
        Path(name).write_text(text, "utf-8")


def files() -> dict[str, bytes]:
    """Return the files below the working directory, but for those that are read."""
    return {str(path): path.read_bytes() for path in Path().rglob("*")
            if path.is_file() and path.name not in INPUTS}  # fmt: skip


def written(kind: str) -> float:
    """Run a writer to its end; return how many seconds it took."""
    started = time.monotonic()
    subprocess.run([*COMMAND, *WRITERS[kind]], capture_output=True, check=True)
    return time.monotonic() - started


def killed(kind: str, *, moments: random.Random, seconds: float = 0) -> str:
    """Kill a writer while it writes, or in the second half of its ``seconds`` if they are given.

    Return what it lost, or nothing: each old file must stay, and each file be the old one or one
    that can be read.
    """
    old = files()
    args = [*WRITERS[kind]]
    if kind == "init":  # It writes no file that exists.
        args[-1] = f"new{len(old)}"
    process = subprocess.Popen(
        [*COMMAND, *args], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if seconds:
        time.sleep(seconds * moments.uniform(0.5, 1))
    else:
        while process.poll() is None and {*left(_names())} <= {*old}:
            time.sleep(0.0005)
        time.sleep(moments.uniform(0, 0.005))
    process.kill()
    process.wait()
    new = files()
    lost = [name for name in old if name not in new and name not in left(old)]
    if lost:
        return f"{kind}: {lost} are gone"
    for name in {*new} - {*left(new)}:
        if new[name] != old.get(name) and not _readable(name):
            return f"{kind}: {name} is broken"
    return ""


def _readable(name: str) -> bool:
    """Return whether a file is whole, by reading it."""
    path = Path(name)
    if path.suffix == ".svg":
        return path.read_text("utf-8").rstrip().endswith("</svg>")
    if path.suffix == ".json":
        return bool(json.loads(path.read_text("utf-8")))
    done = CliRunner().invoke(app, ["filter", name])
    return done.exit_code == 0 or "has no rows" in done.stderr


def _names() -> list[str]:
    return [str(path) for path in Path().rglob("*")]


def left(names: Iterable[str]) -> list[str]:
    """Return the temporary files among some files."""
    return [name for name in names if ".transfer-cli-" in name]
