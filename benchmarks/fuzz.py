"""Run random input through every reader of the user's text, and print what went wrong.

    python benchmarks/fuzz.py --seconds 3600 --seed 7

The cases are those of ``tests/hostile.py``, which run a command, and between them those of
``tests/readers.py``, which only read a text; the suite runs some thousands of them.
"""

import argparse
import os
import sys
import tempfile
import time
import warnings
from collections import Counter
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import hostile
import readers

READINGS = 150
"""Texts that are read for each command that is run."""


def main() -> None:
    """Run cases for the given time; exit with 1 if one failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    counts: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    end = time.monotonic() + options.seconds
    usual = dict(os.environ)

    def note(name: str, case: object, failure: str) -> None:
        counts[name] += 1
        if failure:
            if failure not in failures:
                print(f"{failure}\n    {case!r}", flush=True)
            failures[failure] += 1

    readings = readers.readings(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for case in hostile.cases(options.seed):
            if time.monotonic() > end:
                break
            os.environ.update(case.environment)
            note(f"transfer-cli {case.args[0]}", case, hostile.failure(case))
            os.environ.clear()
            os.environ.update(usual)
            for path in Path().iterdir():
                path.unlink()
            for read, text in islice(readings, READINGS):
                note(read.__name__, text, readers.failure(read, text))
        os.chdir("/")
    print(f"{counts.total()} cases with seed {options.seed}, {failures.total()} failed:", *(
        f"{name} {count}," for name, count in counts.most_common()
    ))  # fmt: skip
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
