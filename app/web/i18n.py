"""Language: which one to speak, how catalogues are found, and the filters that write dates and money."""

from __future__ import annotations

import os
import re
import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, current_app, has_request_context, request, session
from flask_babel import format_date, format_datetime, get_locale, get_translations
from flask_babel import gettext as _

from app.domain.shared import clock
from app.domain.shared.money import format_euros

FOLDER = Path(__file__).resolve().parents[2] / "translations"
NO_BREAK = "\N{NO-BREAK SPACE}"
# Past so many days, people count in months.
DAYS_TOLD = 92
DAYS_OF_A_MONTH = 30.44
_catalogues: dict[Locale, Any] = {}


def choose_locale() -> str:
    """The language kept by the person on this device, else the best the browser asks for, else French."""
    languages = current_app.config["LANGUAGES"]
    if not has_request_context():
        return "fr"
    kept = session.get("language")
    if kept in languages:
        return str(kept)
    return request.accept_languages.best_match(languages) or "fr"


def compile_catalogues(folder: Path = FOLDER) -> None:
    """Writes each ``.mo`` that is older than its ``.po``; a rename makes it safe when two workers start at once."""
    for po in folder.glob("*/LC_MESSAGES/messages.po"):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parts[-3])
        handle, name = tempfile.mkstemp(dir=mo.parent, suffix=".part")
        with os.fdopen(handle, "wb") as target:
            write_mo(target, catalogue)
        os.replace(name, mo)


def day(value: date | datetime | None) -> str:
    """A day in words: "mardi 3 juin 2026"."""
    if value is None:
        return ""
    return clock.day_in_words(_local(value)) if _in_french() else str(format_date(_local(value), "EEEE d MMMM y"))


def short_day(value: date | datetime | None) -> str:
    """A day without its name: "3 juin 2026"."""
    if value is None:
        return ""
    return (
        clock.day_in_words(_local(value), "d MMMM y") if _in_french() else str(format_date(_local(value), "d MMMM y"))
    )


def moment(value: datetime | None) -> str:
    """A day and an hour in words: "mardi 3 juin 2026 à 18 h 30", Paris time."""
    if value is None:
        return ""
    if not _in_french():
        return str(format_datetime(value, "EEEE d MMMM y, HH:mm"))
    # An hour is never cut from its "h" by the end of a line.
    return re.sub(r"(?<=\d) h( (?=\d))?", lambda found: found[0].replace(" ", NO_BREAK), clock.in_words(value))


def ending(value: datetime | None) -> str:
    """The end of a period: the midnight that ends a day is told with that day, not as 0 h of the day after."""
    if value is None or clock.in_paris(value).time() != time.min:
        return moment(value)
    return str(_("%(day)s à minuit", day=day(clock.in_paris(value).date() - timedelta(days=1))))


def beginning(value: datetime | None) -> str:
    """The start of a period: a day that starts at its first hour needs no hour."""
    return day(value) if value is not None and clock.in_paris(value).time() == time.min else moment(value)


def french_spaces(text: object) -> str:
    """A title as French sets it: no line begins with a colon or a question mark. Other languages have no such space."""
    return re.sub(r" (?=[:;?!»])|(?<=«) ", NO_BREAK, str(text))


def _in_french() -> bool:
    return str(get_locale() or "fr").startswith("fr")


def _local(value: date | datetime) -> date:
    """The day in Paris of an instant; a day is already one."""
    return clock.in_paris(value).date() if isinstance(value, datetime) else value


def time_left(until: datetime | None) -> str:
    """How long is left before an instant, in the unit a person would use."""
    if until is None:
        return ""
    left = until - clock.now()
    if left.total_seconds() <= 0:
        return str(_("terminé"))
    if left.days > DAYS_TOLD:
        return str(_("encore %(count)d mois environ", count=round(left.days / DAYS_OF_A_MONTH)))
    if left.days >= 2:
        return str(_("encore %(count)d jours", count=left.days))
    hours = int(left.total_seconds() // 3600)
    if hours >= 1:
        return str(_("encore %(count)d h", count=hours))
    return str(_("moins d’une heure"))


def euros(cents: int | None) -> str:
    """Cents as people read them."""
    return format_euros(cents, str(get_locale() or "fr")) if cents is not None else ""


def languages() -> list[tuple[str, str]]:
    """The languages offered, each named in itself."""
    return [(code, (Locale.parse(code).display_name or code).capitalize()) for code in current_app.config["LANGUAGES"]]


def catalogue() -> Any:
    """The sentences of the present language.

    flask-babel looks for them again at each sentence, and spells the language to do it: in a booth of thirty projects
    that was a tenth of the page.
    """
    locale = get_locale()
    if locale is None:
        return get_translations()
    if locale not in _catalogues:
        _catalogues[locale] = get_translations()
    return _catalogues[locale]


def values() -> dict[str, Any]:
    """What every page needs to know of its language."""
    locale = get_locale() or Locale.parse("fr")
    return {
        "language": str(locale).replace("_", "-"),
        "direction": locale.text_direction,
        "languages": languages(),
    }


def prepare(app: Flask) -> None:
    """Compiles the catalogues and gives the templates their filters."""
    compile_catalogues(FOLDER)
    app.context_processor(values)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # given by the extension of flask-babel
        gettext=lambda message: catalogue().ugettext(message),
        ngettext=lambda one, many, number: catalogue().ungettext(one, many, number),
        newstyle=True,
    )
    for function in (day, short_day, moment, beginning, ending, time_left, french_spaces, euros):
        app.jinja_env.filters[function.__name__] = function
