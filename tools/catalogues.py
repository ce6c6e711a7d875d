"""The sentences of the code and of the templates, and the catalogues that hold them."""

from __future__ import annotations

import configparser
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "translations"
LANGUAGES = ("fr", "en")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
    "lazy_npgettext": ((1, "c"), 2, 3),
}


def sentences() -> Catalog:
    """Every sentence to translate, with the files that say it."""
    methods, options = _mapping()
    catalogue = Catalog(project="Agora des quartiers", charset="utf-8")
    found = extract_from_dir(ROOT, methods, options, KEYWORDS, comment_tags=("TRANSLATORS:",), strip_comment_tags=True)
    for file, line, message, comments, context in sorted(found, key=lambda row: (row[0], row[1])):
        catalogue.add(message, None, [(file, line)], auto_comments=comments, context=context)
    return catalogue


def _mapping() -> tuple[list[tuple[str, str]], dict[str, dict[str, str]]]:
    """Which extractor reads which files, from babel.cfg."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(FOLDER / "babel.cfg", encoding="utf-8")
    methods, options = [], {}
    for section in parser.sections():
        method, _, pattern = (part.strip() for part in section.partition(":"))
        methods.append((pattern, method))
        options[pattern] = dict(parser[section])
    return methods, options


def path_of(language: str) -> Path:
    """Where a language's catalogue lies."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """A language's catalogue, empty when it is new."""
    path = path_of(language)
    if not path.exists():
        return Catalog(
            locale=language,
            project="Agora des quartiers",
            version="1",
            header_comment="# Written by `make translations`; the translations are written by people.",
            last_translator="",
            language_team="",
            msgid_bugs_address="",
            charset="utf-8",
            fuzzy=False,
        )
    with path.open("rb") as source:
        return read_po(source, locale=language)


def write(language: str, catalogue: Catalog) -> None:
    """Writes a catalogue, with file names and without line numbers: a moved line is not a change."""
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_po(target, catalogue, width=110, include_lineno=False, ignore_obsolete=True, sort_by_file=True)
