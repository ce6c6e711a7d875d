"""The pages of the form in their order, what is done of each, and the answers told again before the final act."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.domain.ideas.models import Idea, IdeaState

ORDER = ("write", "place", "classify", "illustrate", "sign")


def next_address(idea: Idea, step: str) -> str:
    """The page after this one; after the last comes the check."""
    rank = ORDER.index(step) + 1 if step in ORDER else 0
    endpoint = ORDER[rank] if rank < len(ORDER) else "check"
    return url_for(f"ideas.{endpoint}", key=idea.key)


def after(idea: Idea, step: str) -> str:
    """Where to go once a page is saved: on with a draft, back to the list of an idea already given."""
    if idea.state is IdeaState.DRAFT:
        return next_address(idea, step)
    return url_for("ideas.draft", key=idea.key)


def task_list(idea: Idea) -> list[dict[str, Any]]:
    """The pages of the form with what is done of each, for the component."""
    said = {
        "write": (_("Votre idée"), bool(idea.title and (idea.need or idea.solution)), True),
        "place": (_("Le lieu"), bool(idea.all_quartiers or idea.quartiers), True),
        "classify": (_("Le thème et la démarche"), bool(idea.theme_id or idea.process_id), False),
        "illustrate": (_("Une photo"), idea.photo_id is not None, False),
        "sign": (_("Au nom de qui"), True, True),
    }
    return [
        {
            "key": step,
            "label": label,
            "href": url_for(f"ideas.{step}", key=idea.key),
            "status": _("Fait") if is_done else _("À faire") if is_needed else _("Facultatif"),
            "tone": "done" if is_done else "waiting" if is_needed else "quiet",
        }
        for step, (label, is_done, is_needed) in said.items()
    ]


def answers_of(idea: Idea) -> list[tuple[str, Any, str]]:
    """Each question with its answer and the page where it is changed."""
    place = _("Tous les quartiers") if idea.all_quartiers else ", ".join(q.name for q in idea.quartiers)
    nothing = _("Rien pour le moment")
    rows = [
        (_("Votre idée"), idea.title, "write"),
        (_("Ce qui ne va pas"), idea.need or nothing, "write"),
        (_("Ce que vous proposez"), idea.solution or nothing, "write"),
        (_("Quartier"), place or nothing, "place"),
        (_("Endroit précis"), _precise(idea) or nothing, "place"),
        (_("Thème"), idea.theme.shown if idea.theme else nothing, "classify"),
        (_("Démarche"), idea.process.title if idea.process else _("La boîte à idées"), "classify"),
        (_("Photo"), _photo(idea) or nothing, "illustrate"),
        (_("Au nom de qui"), f"{idea.shown_author}, {idea.author_type.noun}", "sign"),
    ]
    return [(label, value, url_for(f"ideas.{step}", key=idea.key)) for label, value, step in rows]


def _photo(idea: Idea) -> str:
    return (idea.photo.description or _("Une photo, sans description")) if idea.photo else ""


def _precise(idea: Idea) -> str:
    point = _("un point sur la carte") if idea.point else ""
    return ", ".join(words for words in (idea.place_words, point) if words)
