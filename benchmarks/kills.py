"""Kill runs at random moments while they write, and print what was lost.

    python benchmarks/kills.py --kills 200 --seed 7

The writers are those of ``tests/kills.py``, each in turn; the suite kills each of them once.
"""

import argparse
import os
import random
import sys
import tempfile
from collections import Counter
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import kills


def main() -> None:
    """Kill runs; exit with 1 if a file was lost, or something was left behind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    moments = random.Random(options.seed)
    failures: list[str] = []
    stopped: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        kills.prepare()
        seconds = {kind: kills.written(kind) for kind in kills.WRITERS}
        kinds = islice(
            cycle([kind for kind in kills.WRITERS for _again in range(2)]), options.kills
        )
        for number, kind in enumerate(kinds):
            before = len(kills.left(kills.files()))
            late = seconds[kind] if number % 2 else 0
            failure = kills.killed(kind, moments=moments, seconds=late)
            stopped[kind] += len(kills.left(kills.files())) > before
            if failure:
                failures.append(failure)
                print(failure, flush=True)
            if (number + 1) % (2 * len(kills.WRITERS)) == 0:  # After each round all run again.
                seconds |= {each: kills.written(each) for each in kills.WRITERS if each != "init"}
                failures += [name for name in kills.left(kills.files()) if "new" not in name]
        os.chdir("/")
    print(f"{options.kills} kills with seed {options.seed}, {stopped.total()} while a file was"
          f" written, {len(failures)} failed: {dict(stopped)}")  # fmt: skip
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
