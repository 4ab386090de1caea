"""Record what commands of transfer-cli print, and compare two recordings.

python benchmarks/record.py record OUT.json [--python PYTHON] [--large DIR] [--only REGEX]
python benchmarks/record.py compare OLD.json NEW.json [--only REGEX]

``record`` runs each line of ``commands.txt`` with ``sh`` in a directory of its own, which holds a
copy of the files of ``recorded/``. It stores standard output, standard error, the exit code and
the files that the command wrote. With ``--large DIR`` it runs the lines that name a large table
instead; the tables are generated in DIR if they are missing. ``compare`` prints a unified diff
for each line whose result changed, and exits 1 if there is one.

In the lines, ``transfer-cli`` is ``PYTHON -m transfer_cli``, and calls itself by that name. A line
that begins with ``tty`` runs at a terminal of 100 columns; its two streams are one. Lines that name
``real_report.txt`` run only with ``--report FILE``. Only the standard library is used.
"""

import argparse
import contextlib
import difflib
import fcntl
import gzip
import hashlib
import itertools
import json
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

import register

HERE = Path(__file__).resolve().parent
COMMANDS = HERE / "commands.txt"
FIXTURES = HERE / "recorded"
LARGE_TABLE = re.compile(r"\b(?:register|figures)\.csv\b")
REAL_REPORT = "real_report.txt"
LARGE_ROWS, PACKED_ROWS = 1_000_000, 100_000
KEPT_LINES = 200
SECONDS = 900
WORKERS = 2
PROGRAM = """\
# As python -m transfer_cli, but usage and completion name the program transfer-cli.
import runpy

runpy.run_module("transfer_cli", run_name="__main__")
"""
TTY = "tty "
TTY_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Text:
    """A stream: its first lines, the number of all lines, and the SHA-256 of the other lines."""

    lines: list[str]
    count: int
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What one command left behind; ``seconds`` is for information and not compared."""

    exit: int
    stdout: Text
    stderr: Text
    files: dict[str, Text] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Workspace:
    """The temporary directory of a recording, and the files that commands find in theirs.

    ``links`` are tables that are too large to be copied, by name.
    """

    root: Path
    env: dict[str, str]
    links: dict[str, Path]


# The list of commands


def read_commands(path: Path) -> list[str]:
    """Return the lines that are commands, without comments and blank lines."""
    lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
    commands = [line for line in lines if line and not line.startswith("#")]
    repeated = sorted({line for line in commands if commands.count(line) > 1})
    if repeated:
        sys.exit(f"{path}: repeated: {'; '.join(repeated)}")
    return commands


def selected(commands: list[str], arguments: argparse.Namespace) -> list[str]:
    """Return the commands to run: large or small, with or without the real report, --only."""
    return [
        line
        for line in commands
        if bool(LARGE_TABLE.search(line)) == bool(arguments.large)
        and (arguments.report or REAL_REPORT not in line)
        and (not arguments.only or re.search(arguments.only, line))
    ]


# Tables


def prepare_large(directory: Path, python: str) -> dict[str, Path]:
    """Generate the large tables that are missing; return all, by name."""
    directory.mkdir(parents=True, exist_ok=True)
    tables = {name: directory / name for name in ("register.csv", "figures.csv")}
    if not tables["register.csv"].exists():
        register.generate(tables["register.csv"], LARGE_ROWS, seed=1)
    if not tables["figures.csv"].exists():
        make = [python, str(HERE / "generate.py"), str(tables["figures.csv"])]
        subprocess.run([*make, "--rows", str(LARGE_ROWS)], check=True)
    for name in tuple(tables):
        packed = directory / f"{name}.gz"
        if not packed.exists():
            pack_first(tables[name], packed, PACKED_ROWS)
        tables[packed.name] = packed
    return {name: path.resolve() for name, path in tables.items()}


def pack_first(source: Path, target: Path, rows: int) -> None:
    """Pack the header and the first rows of a table."""
    with source.open("rb") as lines, gzip.open(target, "wb") as packed:
        packed.writelines(itertools.islice(lines, rows + 1))


def set_up(root: Path, python: str, links: dict[str, Path]) -> Workspace:
    """Make the program ``transfer-cli`` and the environment in which every command runs."""
    for name in ("bin", "home", "bytecode"):
        (root / name).mkdir()
    program = root / "bin" / "transfer-cli"
    program.write_text(f"#!{python}\n{PROGRAM}", "utf-8")
    program.chmod(0o755)
    env = {
        "PATH": os.pathsep.join([str(root / "bin"), "/usr/local/bin", "/usr/bin", "/bin"]),
        "HOME": str(root / "home"),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "PYTHONPYCACHEPREFIX": str(root / "bytecode"),
    }
    return Workspace(root, env, links)


@contextlib.contextmanager
def fixtures(workspace: Workspace, large: bool) -> Iterator[Path]:
    """Give a directory with the small files, and links to those that are not copied."""
    with tempfile.TemporaryDirectory(dir=workspace.root) as name:
        directory = Path(name).resolve() / "work"
        if large:
            directory.mkdir()
        else:
            shutil.copytree(FIXTURES, directory)
        for link, path in workspace.links.items():
            (directory / link).symlink_to(path)
        yield directory


# Running


def run_command(line: str, workspace: Workspace) -> Result:
    """Run one line in a directory of its own."""
    large = bool(LARGE_TABLE.search(line))
    with fixtures(workspace, large) as directory:
        before = {path: path.stat().st_mtime_ns for path in files_in(directory)}
        out, err = directory.parent / "stdout", directory.parent / "stderr"
        started = time.perf_counter()
        if line.startswith(TTY):
            code = run_in_terminal(line.removeprefix(TTY), directory, workspace.env, out)
            err.touch()
        else:
            code = run_in_pipe(line, directory, workspace.env, out, err)
        seconds = time.perf_counter() - started
        written = [path for path in files_in(directory) if is_new(path, before)]
        return Result(
            code,
            read_text(out, directory),
            read_text(err, directory),
            {str(path.relative_to(directory)): read_text(path, directory) for path in written},
            round(seconds, 2),
        )


def files_in(directory: Path) -> list[Path]:
    """Return the files below a directory, in order, without links."""
    return sorted(p for p in directory.rglob("*") if p.is_file() and not p.is_symlink())


def is_new(path: Path, before: dict[Path, int]) -> bool:
    """Return whether a file was made or changed since ``before``."""
    return before.get(path) != path.stat().st_mtime_ns


def run_in_pipe(line: str, directory: Path, env: dict[str, str], out: Path, err: Path) -> int:
    """Run a line with its streams in files; return its exit code."""
    with out.open("wb") as stdout, err.open("wb") as stderr:
        process = start(line, directory, env, stdout, stderr)
        return wait(process)


def run_in_terminal(line: str, directory: Path, env: dict[str, str], out: Path) -> int:
    """Run a line at a pseudo-terminal, without colour; write what it shows to ``out``."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, TTY_COLUMNS, 0, 0))
    env = {**env, "NO_COLOR": "1", "COLUMNS": str(TTY_COLUMNS)}
    with out.open("wb") as shown:
        process = start(line, directory, env, theirs, theirs)
        os.close(theirs)
        with contextlib.suppress(OSError):  # Linux reports the closed end as an error.
            while block := os.read(ours, 1 << 16):
                shown.write(block.replace(b"\r\n", b"\n"))
        os.close(ours)
        return wait(process)


def start(
    line: str, directory: Path, env: dict[str, str], stdout: IO[bytes] | int,
    stderr: IO[bytes] | int,
) -> subprocess.Popen[bytes]:  # fmt: skip
    """Start a line in ``sh``, in a session of its own."""
    return subprocess.Popen(
        ["/bin/sh", "-c", line], cwd=directory, env=env, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr,
    )  # fmt: skip


def wait(process: subprocess.Popen[bytes]) -> int:
    """Return the exit code; after SECONDS the session is killed and the code is negative."""
    watch = threading.Timer(SECONDS, os.killpg, (process.pid, signal.SIGKILL))
    watch.daemon = True
    watch.start()
    code = process.wait()
    watch.cancel()
    return code


def read_text(path: Path, directory: Path) -> Text:
    """Read a stream; the directory of the command is written as ``$PWD``.

    Temporary names never agree in two recordings; nothing else is replaced.
    """
    here, digest, lines, count = os.fsencode(directory), hashlib.sha256(), [], 0
    with path.open("rb") as file:
        for count, line in enumerate(file, 1):
            line = line.replace(here, b"$PWD")
            if count <= KEPT_LINES:
                lines.append(line.decode("utf-8", "backslashreplace"))
            else:
                digest.update(line)
    return Text(lines, count, digest.hexdigest() if count > KEPT_LINES else "")


def record(arguments: argparse.Namespace) -> int:
    """Run the selected commands and write their results; return 0."""
    commands = selected(read_commands(COMMANDS), arguments)
    links = prepare_large(arguments.large, arguments.python) if arguments.large else {}
    if arguments.report:
        links[REAL_REPORT] = arguments.report.resolve()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="transfer-record-") as name:
        workspace = set_up(Path(name).resolve(), arguments.python, links)
        run_command("transfer-cli compare", workspace)  # compiles the modules
        with ThreadPoolExecutor(WORKERS) as pool:
            results = list(pool.map(lambda line: run_command(line, workspace), commands))
    document = {line: asdict(result) for line, result in zip(commands, results, strict=True)}
    arguments.out.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    seconds = time.perf_counter() - started
    print(f"{len(commands)} commands in {seconds:.0f} s: {arguments.out}", file=sys.stderr)
    return 0


# Comparing


def compare(arguments: argparse.Namespace) -> int:
    """Print what changed between two recordings; return 1 if anything did."""
    old, new = (load(path, arguments.only) for path in (arguments.old, arguments.new))
    changed = 0
    for line in dict.fromkeys([*old, *new]):
        before, after = (as_lines(results.get(line)) for results in (old, new))
        if before != after:
            changed += 1
            diff = difflib.unified_diff(before, after, "old", "new", n=2, lineterm="")
            print(f"$ {line}", *diff, "", sep="\n")
    print(f"{changed} of {len({*old, *new})} commands differ")
    return 1 if changed else 0


def load(path: Path, only: str | None) -> dict[str, Any]:
    """Return the results of a recording, by command."""
    results = json.loads(path.read_text("utf-8"))
    return {line: one for line, one in results.items() if not only or re.search(only, line)}


def as_lines(result: dict[str, Any] | None) -> list[str]:
    """Return a result as lines of text; one that was not recorded has a line of its own."""
    if result is None:
        return ["not recorded"]
    streams = {"stdout": result["stdout"], "stderr": result["stderr"], **result["files"]}
    lines = [f"exit {result['exit']}"]
    for name, text in streams.items():
        lines += [f"--- {name}", *(line.removesuffix("\n") for line in text["lines"])]
        if text["rest"]:
            lines.append(f"… {text['count']} lines in all, the rest has SHA-256 {text['rest']}")
        elif text["lines"] and not text["lines"][-1].endswith("\n"):
            lines.append("(no newline at the end)")
    return lines


def parse_arguments() -> argparse.Namespace:
    """Return the options; ``run`` is the function of the subcommand."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True)
    recording = commands.add_parser("record", help="run the commands and store their results")
    recording.set_defaults(run=record)
    recording.add_argument("out", type=Path)
    recording.add_argument("--python", default=sys.executable, help="has transfer-cli installed")
    recording.add_argument("--large", type=Path, metavar="DIR", help="run those on large tables")
    recording.add_argument("--report", type=Path, metavar="FILE", help="the text of the report")
    comparing = commands.add_parser("compare", help="print what changed")
    comparing.set_defaults(run=compare)
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    for command in (recording, comparing):
        command.add_argument("--only", metavar="REGEX", help="only lines that match")
    return parser.parse_args()


def main() -> None:
    """Run the subcommand that the command line names."""
    arguments = parse_arguments()
    sys.exit(arguments.run(arguments))


if __name__ == "__main__":
    main()
