"""What would be read as it is written: a doubled % in a sentence that is filled with nothing."""

from __future__ import annotations

import ast
from pathlib import Path

APP = Path(__file__).resolve().parents[2] / "app"


def test_a_doubled_percent_is_only_written_where_something_is_filled_in():
    doubled = [
        f"{path.relative_to(APP)}:{call.lineno}"
        for path in APP.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) in ("_", "_l")
        and isinstance(call.args[0], ast.Constant)
        if "%%" in str(call.args[0].value) and "%(" not in str(call.args[0].value)
    ]
    assert doubled == []
