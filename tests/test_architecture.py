"""
Imports run one way, and each library has one door. Read from the source.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import braket_jobs

ROOT = Path(braket_jobs.__file__).parent
# A room imports only from floors below its own.
FLOORS = [
    {"_late", "_process", "_text", "_untrusted", "_wire", "enums", "failure", "frozendict"},
    {"_metadata", "errors", "parts"},
    {"arn", "policy", "protocols", "_budget"},
    {"_again"},
    {"reading"},
    {"job"},
    {"_boto", "_convert", "_retry", "display", "outcome", "pacing"},
    {"_quota", "_watch", "codec"},
    {"_translate", "_flows", "_schedule"},
    {"_call"},
    {"_agenda", "_assemble"},
    {"_threads"},
    {"_callers"},
    {"_verbs"},
    {"_client", "_functions", "aio"},
    {"__init__"},
    {"testing"},
    {"pytest_plugin", "cli"},
    {"__main__"},
]
# A job shows itself, and what shows it stands above it: the one look upwards, and only when it is asked to.
SHOWS_ITSELF = ("job", "display")
DOORS = {
    "boto3": {"_boto"},
    "botocore": {"_boto"},
    "cattrs": {"_convert"},
    "click": {"cli"},
    "hypothesis": {"testing"},
    "moto": {"testing"},
    "rich": {"display"},
    "tenacity": {"_again"},
}
# Programs and test tools import before they start threads. A job is shown while a log handler holds a lock of its own,
# where nothing should wait for an import.
DONT_HOLD_FORKS = {"cli", "job", "pytest_plugin", "testing"}
MODULES = sorted(ROOT.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported_room(name: str) -> str:
    """
    Return the room that `name` is from; what isn't from a room is from the package's own face.
    """
    first = name.split(".")[1]
    return first if any(first in rooms for rooms in FLOORS) else "__init__"


def imports(path: Path, *, typing_only: bool = False) -> Iterator[str]:
    """
    Yield the full names of the modules that `path` imports, inside functions too.
    """
    tree = ast.parse(path.read_text())
    hidden = {node for block in ast.walk(tree) if is_type_checking(block) for node in ast.walk(block)}
    for node in ast.walk(tree):
        if (node in hidden) is typing_only:
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def holds_the_lock(node: ast.AST) -> bool:
    return isinstance(node, ast.With) and any(ast.unparse(item.context_expr) == "late_import" for item in node.items)


def floor(name: str) -> int:
    return next(level for level, rooms in enumerate(FLOORS) if name in rooms)


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_room_imports_only_from_floors_below(path: Path) -> None:
    """
    No cycle, and no look upwards, not even inside a function. Within a room modules may import each other.
    """
    ours = [imported_room(name) for name in imports(path) if name.startswith("braket_jobs.")]
    upwards = {name for name in ours if name != room(path) and floor(name) >= floor(room(path))}

    assert {(room(path), name) for name in upwards} <= {SHOWS_ITSELF}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_library_comes_in_by_its_door(path: Path) -> None:
    """
    Each library is imported in one place, so that one place knows its ways.
    """
    libraries = {name.split(".")[0] for name in imports(path)}
    strays = [name for name in libraries & set(DOORS) if room(path) not in DOORS[name]]

    assert strays == []


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_fork_waits_for_late_imports(path: Path) -> None:
    """
    An import inside a function holds the lock that a fork takes, so that no child inherits a half-imported module.
    """
    tree = ast.parse(path.read_text())
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    late = {node for function in functions for node in ast.walk(function) if isinstance(node, ast.ImportFrom)}
    held = {node for block in ast.walk(tree) if holds_the_lock(block) for node in ast.walk(block)}

    assert room(path) in DONT_HOLD_FORKS or late <= held


def test_every_module_is_small() -> None:
    """
    Nobody has to scroll far: 300 lines at most.
    """
    lines = {path.name: len(path.read_text().splitlines()) for path in MODULES}

    assert {name: count for name, count in lines.items() if count > 300} == {}
