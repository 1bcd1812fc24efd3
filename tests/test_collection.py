"""What holds while tests are collected: nothing is built yet, perhaps no front end is there."""

import ast
from pathlib import Path

TESTS = Path(__file__).parent
READS = {"open", "read_bytes", "read_text"}


def calls_at_import(path: Path) -> set[str]:
    """Return the names of what a module calls outside its functions."""
    found: set[str] = set()
    left: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while left:
        node = left.pop()
        if isinstance(node, ast.Call):
            found.add(getattr(node.func, "attr", getattr(node.func, "id", "")))
        if not isinstance(node, ast.FunctionDef | ast.Lambda):
            left += ast.iter_child_nodes(node)
    return found


def test_no_module_of_the_suite_reads_a_file_when_it_is_imported() -> None:
    reading = [path.name for path in TESTS.rglob("*.py") if calls_at_import(path) & READS]

    assert reading == []
