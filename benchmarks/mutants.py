"""Mutation testing of transfer_cli: small errors are put into the source, and tests must fail.

python benchmarks/mutants.py cover COVERED.json [TESTS …]
python benchmarks/mutants.py run COVERED.json --sample 400 --seed 1 [--only REGEX] [--workers 1]

A mutant is one change of one expression: another comparison, ``and`` for ``or``, a number plus one,
a word changed, a condition negated, a call left out. ``cover`` finds out which tests run which
lines. ``run`` draws mutants of ``model``, ``rules`` and ``stats`` at random. For each it runs, in a
process of its own, the tests that run the changed line; no file is changed. It prints the mutants
that no test noticed. Those of ``mutants.toml`` make no difference, each with its reason, and are
not tested.

Install the environment of the tests, and ``coverage``, first.
"""

import argparse
import ast
import contextlib
import copy
import importlib
import importlib.machinery
import importlib.util
import inspect
import json
import os
import random
import re
import resource
import signal
import sys
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from itertools import accumulate, islice
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NamedTuple

import pytest
from _pytest.runner import runtestprotocol

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
PACKAGES = ("rules", "stats", "model")
TESTS = [f"tests/{name}" for name in ("rules", "stats", "model", "specification", "calc",
                                      "answers", "questions", "query", "tidy")]  # fmt: skip
OPTIONS = ["-q", "-n", "0", "-p", "no:cacheprovider", "--tb=native"]
OWN_MODULES = ("hostile", "input_tables", "query_rows", "strategies", "terminal")
NO = 9
"""The exit code of a process that could not replace a function."""
BUDGET = 20.0
"""Seconds of tests that a mutant gets."""
SECONDS = 600
MEMORY = 8 << 30

COMPARISONS = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt), ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
}  # fmt: skip
ARITHMETIC = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.Pow: ast.Mult,
}  # fmt: skip
UNCHANGED = ("annotation", "returns", "decorator_list")
TEXTS = (ast.JoinedStr, ast.List, ast.Tuple)


class Mutant(NamedTuple):
    """One change of a file: where, and the text of the expression before and after it.

    ``statement`` is the first line of the statement that is changed.
    """

    file: str
    scope: str
    line: int
    statement: str
    before: str
    after: str
    number: int

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return what names the change wherever its line moves."""
        return self.file, self.statement, self.before, self.after


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what a node may be changed to."""
    match node:
        case ast.Compare(ops=[operator, *_rest]):
            for other in COMPARISONS[type(operator)]:
                changed = copy.deepcopy(node)
                changed.ops[0] = other()
                yield changed
        case ast.BoolOp(op=operator, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
            for place in range(len(values)) if len(values) > 2 else ():
                yield ast.BoolOp(operator, values[:place] + values[place + 1 :])
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield operand
        case ast.BinOp(left=left, op=operator, right=right):
            texts = any(isinstance(side, TEXTS) or _is_text(side) for side in (left, right))
            if type(operator) in ARITHMETIC and not texts:
                yield ast.BinOp(left, ARITHMETIC[type(operator)](), right)
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(value=str(value)):
            yield ast.Constant(f"{value}x" if value else "x")
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield ast.IfExp(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.If(test=test) | ast.While(test=test):
            changed = copy.copy(node)
            changed.test = ast.UnaryOp(ast.Not(), test)
            yield changed
        case ast.comprehension(ifs=[_, *_more]):
            for place in range(len(node.ifs)):
                changed = copy.copy(node)
                changed.ifs = node.ifs[:place] + node.ifs[place + 1 :]
                yield changed
        case ast.Return(value=value) if value is not None and not _is_none(value):
            yield ast.Return(ast.Constant(None))
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield ast.Pass()
        case _:
            pass


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def sites(node: ast.AST, scope: str = "", line: int = 0) -> Iterator[tuple[ast.AST, str, int]]:
    """Yield the nodes that may be changed, each with the name of its function and its line.

    Docstrings, annotations, messages, imports and the ``strict`` of ``zip`` are passed over.
    """
    for name, value in ast.iter_fields(node):
        children = value if isinstance(value, list) else [value]
        for child in children:
            if not isinstance(child, ast.AST) or name in UNCHANGED or _is_passed_over(child):
                continue
            inner = scope
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                inner = f"{scope}.{child.name}".lstrip(".")
            line = getattr(child, "lineno", line)
            yield child, inner, line
            yield from sites(child, inner, line)


def _is_passed_over(node: ast.AST) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom():
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
        case ast.Subscript(value=ast.Name(id="Literal")):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Call(func=ast.Name(id="_")) | ast.keyword(arg="strict"):
            return True
    return False


def mutants(file: str) -> Iterator[Mutant]:
    """Yield every mutant of a file."""
    tree = ast.parse((SOURCE / file).read_text("utf-8"))
    for number, (scope, line, nodes, _put) in enumerate(_variants(tree)):
        yield Mutant(file, scope, line, *map(_head, nodes), number)


def text(mutant: Mutant) -> str:
    """Return the source of a mutant."""
    tree = ast.parse((SOURCE / mutant.file).read_text("utf-8"))
    _scope, _line, nodes, put = next(islice(_variants(tree), mutant.number, None))
    put(nodes[-1])
    return ast.unparse(ast.fix_missing_locations(tree))


def _variants(
    tree: ast.AST,
) -> Iterator[tuple[str, int, tuple[ast.AST, ast.AST, ast.AST], Callable[[ast.AST], None]]]:
    """Yield scope and line of each change, its statement, node and changed node, and what puts a
    node there.
    """
    parents = {
        id(child): (parent, name, place)
        for parent in ast.walk(tree)
        for name, value in ast.iter_fields(parent)
        for place, child in enumerate(value if isinstance(value, list) else [value])
        if isinstance(child, ast.AST)
    }
    for node, scope, line in sites(tree):
        statement = node
        while not isinstance(statement, ast.stmt):
            statement = parents[id(statement)][0]
        for changed in changes(node):
            yield scope, line, (statement, node, changed), partial(_put, *parents[id(node)])


def _put(parent: ast.AST, name: str, place: int, node: ast.AST) -> None:
    value = getattr(parent, name)
    if isinstance(value, list):
        value[place] = node
    else:
        setattr(parent, name, node)


def _head(node: ast.AST) -> str:
    return ast.unparse(node).strip().splitlines()[0]


class Covered(NamedTuple):
    """The tests that run each line of a file, and how many seconds each test takes."""

    lines: dict[str, dict[str, list[str]]]
    seconds: dict[str, float]

    def tests(self, mutant: Mutant) -> list[str]:
        """Return the tests that run the changed line, of the package itself and quick ones first.

        A line that is run on import only is tested by all tests, those that run its file first:
        its constant may be used in another file.
        """
        lines = self.lines.get(mutant.file, {})
        file = {each for every in lines.values() for each in every}
        package = mutant.file.split("/")[1]
        ordered = sorted(
            lines.get(str(mutant.line)) or self.seconds,
            key=lambda test: (f"/{package}/" not in test, test not in file, self.seconds[test]),
        )
        spent = accumulate(self.seconds[test] for test in ordered)
        return [test for test, seconds in zip(ordered, spent, strict=True) if seconds < BUDGET]


class _Recorder:
    """A pytest plugin that notes, for each test, the lines that it runs."""

    def __init__(self, coverage: Any) -> None:
        self.coverage = coverage
        self.seconds: dict[str, float] = defaultdict(float)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        _clear_caches()
        start = time.process_time()
        self.coverage.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self.coverage.switch_context("")
            self.seconds[item.nodeid] = time.process_time() - start


def cover(out: Path, tests: list[str]) -> int:
    """Write which of some tests run which lines of the packages."""
    import coverage

    recorded = coverage.Coverage(
        data_file=None, config_file=False, include=[f"{SOURCE}/transfer_cli/{name}/*"
                                                    for name in PACKAGES]
    )  # fmt: skip
    recorder = _Recorder(recorded)
    recorded.start()
    for name in PACKAGES:  # What runs on import belongs to no test, so that all may test it.
        for path in (SOURCE / "transfer_cli" / name).glob("*.py"):
            importlib.import_module(f"transfer_cli.{name}.{path.stem}")
    code = pytest.main([*OPTIONS, *tests], plugins=[recorder])
    recorded.stop()
    data = recorded.get_data()
    lines = {
        Path(file).relative_to(SOURCE).as_posix(): {
            str(line): sorted(filter(None, contexts))
            for line, contexts in data.contexts_by_lineno(file).items()
        }
        for file in data.measured_files()
    }
    out.write_text(json.dumps({"lines": lines, "seconds": recorder.seconds}), "utf-8")
    return int(code)


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads a module from the text of a mutant."""

    text = ""

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.text, self.path, "exec", dont_inherit=True)


class _Finder:
    """Finds the module of a mutant."""

    def __init__(self, mutant: Mutant) -> None:
        self.name = _module(mutant)
        self.loader = _Loader(self.name, str(SOURCE / mutant.file))
        self.loader.text = text(mutant)

    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(name, self.loader.path, loader=self.loader)


def _module(mutant: Mutant) -> str:
    return mutant.file.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def replace_function(mutant: Mutant) -> bool:
    """Give the changed function of the imported module its new code; return whether that went.

    Objects that were made before keep what the old code gave them, so a mutant that survives this
    way is tested once more with a fresh import.
    """
    found: Any = sys.modules.get(_module(mutant))
    names = []
    for name in mutant.scope.split("."):
        found = vars(found).get(name) if found is not None else None
        names.append(name)
        found = getattr(found, "fget", None) or getattr(found, "__func__", found)
        if not isinstance(found, type):
            break
    function = inspect.unwrap(found) if callable(found) else None
    if not isinstance(function, FunctionType):
        return False
    module = compile(text(mutant), str(SOURCE / mutant.file), "exec", dont_inherit=True)
    for code in _codes(module):
        same = code.co_qualname == ".".join(names)
        if same and _differs(code, function.__code__) and not code.co_freevars:
            function.__code__ = code
            break
    else:
        return False
    _clear_caches()
    return True


def _clear_caches() -> None:
    """Empty the caches of functions, so that a test runs them anew."""
    for name, imported in list(sys.modules.items()):
        if name.startswith("transfer_cli"):
            for each in list(vars(imported).values()):
                with contextlib.suppress(AttributeError, TypeError):
                    each.cache_clear()


def _codes(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _codes(each)


def _differs(one: CodeType, other: CodeType) -> bool:
    """Return whether two codes do something else, wherever their lines are."""

    def plain(code: CodeType) -> object:
        inner = [plain(each) if isinstance(each, CodeType) else repr(each)
                 for each in code.co_consts]  # fmt: skip
        return code.co_code, inner, code.co_names

    return plain(one) != plain(other)


def in_process(test: Callable[[], int]) -> str:
    """Return ``survived`` if a test in a process of its own returns 0, or how it ended."""
    process = os.fork()
    if process == 0:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        try:
            os._exit(test())
        except BaseException:
            os._exit(1)
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        done, status = os.waitpid(process, os.WNOHANG)
        if done:
            return {0: "survived", NO << 8: "no"}.get(status, "killed")
        time.sleep(0.02)
    os.killpg(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return "slow"


def _say(text: str) -> None:
    """Print a line past pytest, which captures standard output."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


class _Runner:
    """A pytest plugin that tests mutants instead of running the tests that were collected."""

    def __init__(self, covered: Covered, drawn: list[Mutant], workers: int) -> None:
        self.covered = covered
        self.workers = workers
        self.drawn = drawn
        self.counts: Counter[str] = Counter()

    def summary(self) -> str:
        """Return how many mutants ended in which way."""
        return ", ".join(f"{count} {name}" for name, count in self.counts.items())

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        for item in session.items:
            _without_shrinking(item)
        with ThreadPoolExecutor(self.workers) as pool:
            list(pool.map(lambda mutant: self._try(mutant, items), self.drawn))
        return True

    def _try(self, mutant: Mutant, items: dict[str, pytest.Item]) -> None:
        """Run the tests of a mutant, and count and print what comes of it."""
        if mutant.key in explained():
            self.counts["explained"] += 1
            return
        tests = [test for test in self.covered.tests(mutant) if test in items]
        chosen = [items[test] for test in tests]
        result = in_process(lambda: _run_here(mutant, chosen))
        if result in ("survived", "no"):
            result = in_process(lambda: _run_afresh(mutant, tests))
        self.counts[result] += 1
        if result == "survived":
            _say(f"{mutant.file}:{mutant.line} {mutant.scope} ({len(tests)} tests)"
                 f"\n  - {mutant.before}\n  + {mutant.after}")  # fmt: skip
        if self.counts.total() % 10 == 0:
            _say(self.summary())


def _without_shrinking(item: pytest.Item) -> None:
    """Let a property of hypothesis fail at its first bad example."""
    from hypothesis import Phase, settings

    test = getattr(item, "obj", None)
    own = getattr(test, "_hypothesis_internal_use_settings", None)
    if own is not None:
        phases = (Phase.explicit, Phase.generate)
        test._hypothesis_internal_use_settings = settings(own, phases=phases)


def _run_here(mutant: Mutant, items: list[pytest.Item]) -> int:
    """Run tests with a function replaced; return 0 if all pass, ``NO`` if it cannot be."""
    if not replace_function(mutant):
        return NO
    for item, following in zip(items, [*items[1:], None], strict=True):
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
            return 1
    return 0


def _run_afresh(mutant: Mutant, tests: list[str]) -> int:
    """Run tests with a mutant that is imported afresh; return 0 if all pass."""
    for name in list(sys.modules):
        if name.split(".")[0] in ("transfer_cli", "tests", "conftest", *OWN_MODULES):
            del sys.modules[name]
    sys.meta_path.insert(0, _Finder(mutant))  # type: ignore[arg-type]
    files = list(dict.fromkeys(str(ROOT / test.split("::")[0]) for test in tests))
    with tempfile.TemporaryDirectory() as temporary:
        options = ["-x", f"--basetemp={temporary}"]
        return int(pytest.main([*OPTIONS, *options, *files], plugins=[_Chosen(tests)]))


class _Chosen:
    """A pytest plugin that runs chosen tests only, in the order given."""

    def __init__(self, tests: list[str]) -> None:
        self.order = {test: place for place, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((item for item in items if item.nodeid in self.order),
                          key=lambda item: self.order[item.nodeid])  # fmt: skip


@cache
def explained() -> dict[tuple[str, str, str, str], str]:
    """Return the reasons of mutants that make no difference, by their keys."""
    listed = tomllib.loads((ROOT / "benchmarks/mutants.toml").read_text("utf-8"))
    return {
        (each["file"], each["statement"], each["before"], each["after"]): each["why"]
        for each in listed.get("equivalent", [])
    }


def draw(sample: int, seed: int, only: str) -> list[Mutant]:
    """Return mutants drawn at random, of each package as many."""
    drawn = []
    packages = [name for name in PACKAGES if re.search(only.split("/")[0], name)] or PACKAGES
    for package in packages:
        every = [
            mutant
            for path in sorted((SOURCE / "transfer_cli" / package).glob("*.py"))
            for mutant in mutants(path.relative_to(SOURCE).as_posix())
            if re.search(only, f"{package}/{path.name}:{mutant.line} {mutant.scope}")
        ]
        chosen = random.Random(seed).sample(every, min(len(every), sample // len(packages)))
        drawn += chosen
        sys.stderr.write(f"{package}: {len(chosen)} of {len(every)} mutants\n")
    random.Random(seed).shuffle(drawn)
    return drawn


def main() -> int:
    """Run one of the two commands."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    covering = commands.add_parser("cover")
    running = commands.add_parser("run")
    for each in (covering, running):
        each.add_argument("covered", type=Path)
    covering.add_argument("tests", nargs="*")
    running.add_argument("--sample", type=int, default=400)
    running.add_argument("--seed", type=int, default=1)
    running.add_argument("--only", default="")
    running.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    out = options.covered.resolve()
    os.chdir(ROOT)
    sys.path.insert(0, str(SOURCE))
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = f"{temporary}/hypothesis"
        if options.command == "cover":
            return cover(out, options.tests or TESTS)
        drawn = draw(options.sample, options.seed, options.only)
        runner = _Runner(Covered(**json.loads(out.read_text("utf-8"))), drawn, options.workers)
        files = sorted({test.split("::")[0] for test in runner.covered.seconds})
        pytest.main([*OPTIONS, f"--basetemp={temporary}/base", *files], plugins=[runner])
    print(runner.summary())
    return 1 if runner.counts["survived"] else 0


if __name__ == "__main__":
    sys.exit(main())
