"""Holds the rules of templates: they compile, they are short, they are used, and nothing runs inside the page."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, StrictUndefined, TemplateError, nodes

from app import create_app

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 120
KINDS = (".html", ".txt", ".xml", ".svg")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Jinja inside HTML: blanked, line by line, so that what is left is read as HTML.
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
# A name with a hole, as in f"errors/{status}.html" or "documents/" ~ kind ~ ".txt".
HOLE = re.compile(r"\{[^{}\n]*\}|%s|[\"'] *~[^~\n]*~ *[\"']")


def main() -> int:
    """Prints each fault with its file and line; returns 1 when there is one."""
    env = create_app({"TESTING": True, "SECRET_KEY": "templates", "SQLALCHEMY_DATABASE_URI": "sqlite://"}).jinja_env
    faults = [] if issubclass(env.undefined, StrictUndefined) else ["the environment does not use StrictUndefined"]
    names = sorted(name for name in env.list_templates() if name.endswith(KINDS))
    for name in names:
        faults += [f"templates/{name}{fault}" for fault in _faults(env, name)]
    faults += [f"templates/{name}: no code and no template names it" for name in _unused(names)]
    for fault in faults:
        print(fault)
    print(f"{len(names)} templates, {len(faults)} faults")
    return 1 if faults else 0


def _faults(env: Environment, name: str) -> Iterator[str]:
    source = (ROOT / "templates" / name).read_text(encoding="utf-8")
    try:
        tree = env.parse(source, name)
        env.compile(tree, name)
    except TemplateError as error:
        yield f":{getattr(error, 'lineno', 1)}: {error}"
        return
    lines = source.count("\n")
    if lines > LONGEST:
        yield f": {lines} lines, at most {LONGEST}"
    yield from _unescaped(tree)
    if name.endswith(".html"):
        reader = _Reader()
        reader.feed(JINJA.sub(_blank, source))
        reader.close()
        yield from reader.faults


def _unescaped(tree: nodes.Template) -> Iterator[str]:
    """What would let a text be read as HTML."""
    for node in tree.find_all(nodes.Filter):
        if node.name == "safe":
            yield f":{node.lineno}: |safe (give the template a Markup, from the one place that cleans it)"
    for modifier in tree.find_all(nodes.EvalContextModifier):
        if any(option.key == "autoescape" for option in modifier.options):
            yield f":{modifier.lineno}: autoescape is turned off"


def _blank(found: re.Match[str]) -> str:
    """Nothing for a statement or a comment, a letter for a value, and as many lines as before."""
    return ("x" if found.group().startswith("{{") else "") + "\n" * found.group().count("\n")


class _Reader(HTMLParser):
    """Reads tags in order and keeps which are open: templates are pieces, so it forgives what does not close."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._open.append(tag)
        names = {name for name, _ in attrs}
        self._look_for_code(tag, names)
        self._look_for_htmx(tag, names)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def _look_for_code(self, tag: str, names: set[str]) -> None:
        if tag == "script" and "src" not in names:
            self._say("inline script")
        if tag == "style" or "style" in names:
            self._say(f"inline style in <{tag}>")
        for name in sorted(names):
            if name.startswith(("on", "hx-on")):
                self._say(f"inline code: {name} in <{tag}>")

    def _look_for_htmx(self, tag: str, names: set[str]) -> None:
        ours = sorted(name for name in names if name.startswith("hx-"))
        if ours and not {"form", "a"} & {tag, *self._open}:
            self._say(f"{', '.join(ours)} on <{tag}>, which is not a form, a link, or inside one")

    def _say(self, fault: str) -> None:
        self.faults.append(f":{self.getpos()[0]}: {fault}")


def _unused(names: list[str]) -> list[str]:
    """The templates that no Python file and no other template names, in full or with a hole."""
    files = [*(ROOT / "app").rglob("*.py"), *(ROOT / "templates").rglob("*.*")]
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8", errors="ignore") for path in files}
    patterns = [pattern for text in texts.values() for pattern in _patterns(text)]
    return [
        name
        for name in names
        if not any(name in text for path, text in texts.items() if path != f"templates/{name}")
        and not any(pattern.fullmatch(name) for pattern in patterns)
    ]


def _patterns(text: str) -> Iterator[re.Pattern[str]]:
    blanked = HOLE.sub("\0", text)
    for found in re.findall(r"[\w./\0-]*\0[\w./\0-]*\.(?:html|txt|xml|svg)", blanked):
        # A hole alone would use everything: a folder is needed.
        if "/" in found:
            yield re.compile("[^/]+".join(re.escape(part) for part in found.split("\0")))


if __name__ == "__main__":
    sys.exit(main())
