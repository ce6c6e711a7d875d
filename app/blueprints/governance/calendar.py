"""Séances as calendars read them: RFC 5545, one file per séance or one feed for many."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import Response, current_app

from app.domain.governance.models import Seance, SeanceState
from app.domain.shared import clock
from app.web.addresses import public_address

# Lines are cut at 75 bytes, never in the middle of a letter (RFC 5545, 3.1).
LONGEST = 75


def calendar(seances: Iterable[tuple[Seance, int]], name: str) -> Response:
    """The answer; each séance comes with its usual length in minutes, for those whose end is not said."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Agora des quartiers//FR", "METHOD:PUBLISH"]
    for seance, minutes in seances:
        lines += _event(seance, minutes)
    lines.append("END:VCALENDAR")
    text = "".join(f"{part}\r\n" for line in lines for part in folded(line))
    response = Response(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _event(seance: Seance, minutes: int) -> list[str]:
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname or "agora"
    address = public_address("governance.seance", seance_id=seance.id)
    lines = [
        "BEGIN:VEVENT",
        # Never changes: a calendar knows by it that it already holds this séance.
        f"UID:seance-{seance.id}@{host}",
        f"DTSTAMP:{utc(clock.now())}",
        f"SEQUENCE:{seance.sequence}",
        f"DTSTART:{utc(seance.starts_at)}",
    ]
    end = seance.ends_at or (seance.starts_at + timedelta(minutes=minutes) if minutes else None)
    if end is not None:
        lines.append(f"DTEND:{utc(end)}")
    lines += [
        f"SUMMARY:{escaped(seance.title)}",
        f"LOCATION:{escaped(seance.place)}",
        f"DESCRIPTION:{escaped(chr(10).join(item.title for item in seance.agenda))}",
        f"URL:{address}",
        f"STATUS:{'CANCELLED' if seance.state is SeanceState.CANCELLED else 'CONFIRMED'}",
        "END:VEVENT",
    ]
    return lines


def utc(instant: datetime) -> str:
    """An instant as calendars write it: ``20260603T163000Z``."""
    return f"{instant:%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """A text as a value: backslashes, commas, semicolons and line ends are marked (RFC 5545, 3.3.11)."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def folded(line: str) -> list[str]:
    """A long line as several, each next one beginning with a space."""
    parts, part, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST:
            parts.append(part)
            part, size = " ", 1
        part, size = part + letter, size + width
    return [*parts, part]
