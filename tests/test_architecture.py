"""
Imports run one way, and each library has one door. Read from the source.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

import braket_jobs

ROOT = Path(braket_jobs.__file__).parent
# A room imports only from rooms on floors below its own.
FLOORS = [
    {"_process", "errors"},
    {"model"},
    {"policies"},
    {"_quota", "_wire", "display"},
    {"_aws"},
    {"_call"},
    {"_watch"},
    {"_search"},
    {"aio", "client", "codec", "functions"},
    {"__init__"},
    {"testing"},
    {"cli", "pytest_plugin"},
    {"__main__"},
]
# A job shows itself in notebooks and by rich, and what shows it stands above it.
LOOKS_UP = {("model/job.py", "display")}
DOORS = {
    "boto3": {"_aws"},
    "botocore": {"_aws", "testing"},  # the embedded Braket answers by its model
    "cattrs": {"_wire"},
    "click": {"cli"},
    "hypothesis": {"testing"},
    "moto": {"testing"},
    "rich": {"display"},
    "tenacity": {"_call"},
}
# Who imports inside a function, so that nobody pays for what he doesn't use.
LAZY = {
    "_call/door.py",  # what calls and conversions need; the one door of the core
    "_search/search.py",  # asyncio, by `in_loop`
    "_watch/subscriptions.py",  # the same
    "model/job.py",  # `display`, when a notebook or rich asks
    "pytest_plugin.py",  # moto
}
MODULES = sorted(ROOT.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported_room(name: str) -> str:
    """
    Return the room that `name` is from; what isn't from a room is from the package's own face.
    """
    first = name.split(".")[1]
    return first if any(first in rooms for rooms in FLOORS) else "__init__"


def imports(path: Path) -> Iterator[str]:
    """
    Yield the full names of the modules that `path` imports, inside functions too, but not for type checkers alone.
    """
    tree = ast.parse(path.read_text())
    hidden = {node for block in ast.walk(tree) if is_type_checking(block) for node in ast.walk(block)}
    for node in ast.walk(tree):
        if node not in hidden:
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def floor(name: str) -> int:
    return next(level for level, rooms in enumerate(FLOORS) if name in rooms)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_from_floors_below(path: Path) -> None:
    """
    No cycle, and no way up, not even inside a function. Within a room modules may import each other.
    """
    ours = {imported_room(name) for name in imports(path) if name.startswith("braket_jobs.")} - {room(path)}
    upwards = {name for name in ours if floor(name) >= floor(room(path))}

    assert {(str(path.relative_to(ROOT)), name) for name in upwards} <= LOOKS_UP


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_library_comes_in_by_its_door(path: Path) -> None:
    """
    Each library is imported in one room, so that one room knows its ways.
    """
    libraries = {name.split(".")[0] for name in imports(path)}

    assert [name for name in libraries & set(DOORS) if room(path) not in DOORS[name]] == []


def test_few_import_inside_functions() -> None:
    """
    Only the doors do, each for its reason.
    """
    lazy = {
        str(path.relative_to(ROOT))
        for path in MODULES
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
    }

    assert lazy <= LAZY


def test_the_root_shows_rooms() -> None:
    """
    Whoever opens the package sees what there is: twenty entries at most, and each room says what it is for.
    """
    rooms = [path for path in ROOT.iterdir() if path.is_dir() and path.name != "__pycache__"]
    texts = [ast.get_docstring(ast.parse((path / "__init__.py").read_text())) for path in rooms]

    assert len(rooms) + len(list(ROOT.glob("*.py"))) <= 20
    assert None not in texts


def test_every_module_is_small() -> None:
    """
    Nobody has to scroll far: 300 lines at most, and half of them within 130.
    """
    lines = {path.name: len(path.read_text().splitlines()) for path in MODULES}

    assert {name: count for name, count in lines.items() if count > 300} == {}
    assert median(lines.values()) <= 130
