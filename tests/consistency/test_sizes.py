"""What has grown too long to be read at once: functions, files, templates, tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FUNCTION, FILE, TEMPLATE, TEST = 50, 400, 120, 500


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def too_long(folder: str, kind: str, limit: int) -> list[str]:
    found = ((path, lines_of(path)) for path in sorted((ROOT / folder).rglob(f"*.{kind}")))
    return [f"{path.relative_to(ROOT)}: {lines} lines, at most {limit}" for path, lines in found if lines > limit]


def functions() -> Iterator[tuple[str, int]]:
    """Each function with its number of lines, decorators and docstring apart."""
    for path in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
                lines = (node.end_lineno or first.lineno) - first.lineno + 1
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", lines


def test_a_file_that_passes_its_size_becomes_a_folder():
    assert too_long("app", "py", FILE) == []


def test_a_function_is_read_at_once():
    assert [f"{where}: {lines} lines" for where, lines in functions() if lines > FUNCTION] == []


def test_a_template_is_read_at_once():
    assert too_long("templates", "html", TEMPLATE) == []


def test_a_file_of_tests_has_one_subject():
    assert too_long("tests", "py", TEST) == []
