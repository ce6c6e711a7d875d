"""Money is an integer number of cents. Nothing here knows a float."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NewType

from babel.numbers import format_currency
from flask_babel import lazy_gettext as _l

from app.domain.shared.refusals import Refusal

Cents = NewType("Cents", int)

# Twelve digits of euros hold any public budget, and fit a 64-bit integer once in cents.
MOST_CENTS = Cents(10**14)
_WRITTEN = re.compile(r"^(\d{1,3}(?:[ .\u00a0\u202f]?\d{3})*|\d+)(?:[,.](\d{1,2}))?$")


def parse_euros(text: str, field: str | None = None) -> Cents:
    """Reads an amount as people write it in French (``1 200``, ``1200,50``, ``12 000 €``) and gives cents.

    Raises a ``Refusal`` (code ``amount``) on anything else, and on amounts over 10^12 €. Source: choix de conception.
    """
    cleaned = text.replace("€", "").strip()
    match = _WRITTEN.match(cleaned)
    if match is None:
        raise Refusal(_l("Écrivez un montant en euros, par exemple 1 200 ou 1 200,50."), field=field, code="amount")
    euros = int(re.sub(r"\D", "", match[1]))
    cents = Cents(euros * 100 + int((match[2] or "0").ljust(2, "0")))
    if cents > MOST_CENTS:
        raise Refusal(_l("Ce montant est trop grand. Vérifiez le nombre de zéros."), field=field, code="amount")
    return cents


# Babel reads its pattern again each time, and a page of projects writes the same amounts for everybody.
@lru_cache(maxsize=2048)
def format_euros(cents: int, locale: str = "fr") -> str:
    """Writes cents as people read them: ``1 200 €``, ``1 200,50 €``; whole euros show no decimals."""
    digits = 0 if cents % 100 == 0 else 2
    pattern = {"en": "¤#,##0{}"}.get(locale, "#,##0{}\u00a0¤")
    from_decimal = "." + "0" * digits if digits else ""
    # Babel takes a Decimal-like: an exact string of euros and cents avoids any float.
    sign, absolute = ("-", -cents) if cents < 0 else ("", cents)
    exact = f"{sign}{absolute // 100}.{absolute % 100:02d}"
    return format_currency(exact, "EUR", pattern.format(from_decimal), locale=locale, currency_digits=False)


def plain_euros(cents: int) -> str:
    """Writes cents for a form field or a file: ``1200`` or ``1200,50``, which ``parse_euros`` reads back equal."""
    return f"{cents // 100}" if cents % 100 == 0 else f"{cents // 100},{cents % 100:02d}"
