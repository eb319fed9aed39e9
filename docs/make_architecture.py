"""
Draws what imports what in the package: ``make architecture``.

Folders and modules at the package's root are boxes; the floors are those that `tests/test_architecture.py` asserts. An
arrow goes from who imports to what is imported. What follows from other arrows is left out, so that it can be read. The
picture takes the colour of the text around it.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "braket_jobs"
FILE = Path(__file__).parent / "images" / "architecture.svg"
COLUMN, ROW = 130, 62  # from one box to the next
WIDTH, HEIGHT = 104, 30  # of a box
# Such that no arrow passes through a box.
COLUMNS = {
    **dict.fromkeys(["testing", "display"], 0),
    **dict.fromkeys(["cli", "aio", "_search", "_wire", "model"], 1),
    **dict.fromkeys(["__main__", "pytest_plugin", "client", "_watch", "_aws", "_quota", "errors"], 2),
    **dict.fromkeys(["__init__", "codec", "_call", "policies", "_process"], 3),
    "functions": 4,
}
# As an image of its own it has no text around it, so there it follows the reader's preference.
PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">
<style>
svg:root {{ color: #1f2328 }}
@media (prefers-color-scheme: dark) {{ svg:root {{ color: #e6edf3 }} }}
</style>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">\
<path d="M0 0L8 4L0 8z" fill="currentColor"/></marker></defs>
<g fill="none" stroke="currentColor" stroke-opacity="0.55" marker-end="url(#arrow)">
{arrows}
</g>
<g fill="currentColor" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="13" text-anchor="middle">
{boxes}
</g>
</svg>
"""
Imports = Mapping[str, set[str]]
Place = tuple[float, float]
Places = Mapping[str, Place]


def floors() -> Sequence[Sequence[str]]:
    """
    Return the rooms, the lowest floor first, as the test of the architecture has them.
    """
    tree = ast.parse((ROOT / "tests" / "test_architecture.py").read_text(encoding="utf-8"))
    values = (
        node.value for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "FLOORS"
    )
    return [sorted(rooms) for rooms in ast.literal_eval(next(values))]


def imports(rooms: Iterable[str]) -> Imports:
    """
    Return which rooms each of `rooms` imports from.
    """
    found: dict[str, set[str]] = {room: set() for room in rooms}
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        names = set(imported(ast.parse(path.read_text(encoding="utf-8"))))
        found[room] |= {name if name in found else "__init__" for name in names} - {room}
    return found


def imported(tree: ast.AST) -> Iterator[str]:
    """
    Yield what stands after ``braket_jobs.`` in each import of `tree`, up to the next dot.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] == "braket_jobs":
            yield from ((f"{node.module}.{alias.name}").split(".")[1] for alias in node.names)


def told(found: Imports) -> Iterator[tuple[str, str]]:
    """
    Yield who imports from whom, but for what follows from the rest. Of imports that run up there is no arrow.
    """
    level = {room: number for number, rooms in enumerate(floors()) for room in rooms}
    down = {room: {below for below in names if level[below] < level[room]} for room, names in found.items()}

    def beyond(room: str) -> set[str]:
        return down[room].union(*map(beyond, down[room]))

    for room, names in down.items():
        yield from ((room, name) for name in sorted(names - set().union(*map(beyond, names))))


def places(storeys: Sequence[Sequence[str]]) -> Places:
    """
    Return the middle of each room's box. A room that `COLUMNS` doesn't know stands to the right of its floor's.
    """
    found: dict[str, Place] = {}
    for number, rooms in enumerate(reversed(storeys)):
        columns = [COLUMNS[room] for room in rooms if room in COLUMNS]
        for room in rooms:
            column = COLUMNS.get(room, max(columns, default=-1) + 1)
            columns.append(column)
            found[room] = (column + 0.5) * COLUMN, (number + 0.5) * ROW
    return found


def arrow(start: Place, end: Place) -> tuple[Place, Place]:
    """
    Return where the arrow between two boxes begins and ends: on the sides that are next to each other.
    """
    aside = 0.45 * WIDTH * ((end[0] > start[0]) - (end[0] < start[0]))
    return (start[0] + aside, start[1] + HEIGHT / 2), (end[0] - aside, end[1] - HEIGHT / 2 - 1)


def picture() -> str:
    """
    Return the picture as SVG.
    """
    place = places(floors())
    lines = [arrow(place[room], place[below]) for room, below in told(imports(place))]
    arrows = [f'<path d="M{x:g} {y:g}L{end_x:g} {end_y:g}"/>' for (x, y), (end_x, end_y) in lines]
    boxes = [
        f'<rect x="{x - WIDTH / 2:g}" y="{y - HEIGHT / 2:g}" width="{WIDTH}" height="{HEIGHT}" rx="5" fill="none" '
        f'stroke="currentColor"/><text x="{x:g}" y="{y + 4:g}">{room}</text>'
        for room, (x, y) in place.items()
    ]
    return PICTURE.format(
        width=max(x for x, _ in place.values()) + COLUMN / 2,
        height=ROW * len(floors()),
        label="The folders and modules of braket_jobs, and which import from which; the text names them.",
        arrows="\n".join(arrows),
        boxes="\n".join(boxes),
    )


def main() -> None:
    """
    Draw it anew.
    """
    FILE.write_text(picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
