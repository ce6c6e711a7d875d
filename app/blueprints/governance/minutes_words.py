"""The minutes of a séance in words: how it opened, who was there, what was said, voted and decided to be done."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.blueprints.governance.sources import source_of_item
from app.domain.governance.models import (
    AgendaItem,
    DecidedAction,
    DecisionKind,
    Minutes,
    Presence,
    Seance,
    VoteChoice,
    VoteKind,
)
from app.domain.governance.queries import Line, Roll
from app.domain.shared.votes import votes_in_words
from app.web.i18n import day, moment


def names_of(roll: Roll, whole_names: bool) -> dict[int, str]:
    """How each mandate is called: whole inside, as the member agreed for everybody else."""
    return {line.mandate.id: line.member.full_name if whole_names else line.member.public_name for line in roll.lines}


def opening_words(seance: Seance, roll: Roll, whole_names: bool) -> list[str]:
    """When it was called, began and ended; who presided and wrote (CGCT L.2121-15, taken as a model)."""
    lines = []
    if seance.convocation_sent_at:
        lines.append(_("Convocation envoyée le %(day)s.", day=day(seance.convocation_sent_at)))
    if seance.call_number > 1:
        lines.append(_("Seconde convocation : la première séance n’avait pas réuni le quorum."))
    lines.append(
        _("Ouverture le %(start)s, levée le %(end)s.", start=moment(seance.opened_at), end=moment(seance.closed_at))
    )
    president, writers = (_said(typed, roll, whole_names) for typed in (seance.presided_by, seance.secretaries))
    lines.append(_("Présidence : %(names)s. Secrétariat : %(writers)s.", names=president, writers=writers))
    return lines


def _said(typed: str, roll: Roll, whole_names: bool) -> str:
    """A name as it was typed, for those inside; for everybody, as the member agreed to be called."""
    if whole_names or not typed:
        return typed or "–"
    known = {line.member.full_name.casefold(): line.member.public_name for line in roll.lines}
    return known.get(typed.casefold()) or first_words(typed)


def first_words(typed: str) -> str:
    """A first name without the family name; a function ("la présidente du conseil") whole, for it names nobody."""
    first, *rest = typed.split()
    kept = [first, *itertools.takewhile(str.islower, rest)]
    while len(kept) > 1 and kept[-1] in SMALL_WORDS:
        kept.pop()
    return " ".join(kept).rstrip(",;:")


# What stands before a family name, or between two names.
SMALL_WORDS = frozenset({"de", "du", "des", "d’", "d'", "la", "le", "les", "et", "van", "von", "ben", "el", "al"})


def presences(roll: Roll, whole_names: bool) -> list[dict[str, str]]:
    """Who was where, each kind on one line."""
    found = []
    for presence in Presence:
        lines = [line for line in roll.lines if line.presence is presence]
        if lines:
            told = ", ".join(_told(line, names_of(roll, whole_names)) for line in lines)
            found.append({"name": str(TOGETHER[presence]), "value": told})
    return found


TOGETHER = {
    Presence.PRESENT: _l("Présentes et présents"), Presence.EXCUSED: _l("Excusées et excusés"),
    Presence.ABSENT: _l("Absentes et absents"), Presence.REPRESENTED: _l("Ont donné pouvoir"),
}  # fmt: skip


def _told(line: Line, names: dict[int, str]) -> str:
    """A name; with it, who speaks for them, or that they left before the end."""
    name, row = names[line.mandate.id], line.attendance
    if row is not None and row.proxy_to_id is not None:
        return _("%(name)s (pouvoir à %(holder)s)", name=name, holder=_called(row.proxy_to_id, names))
    gone = row is not None and row.left_at is not None and row.presence is Presence.PRESENT
    return _("%(name)s (départ avant la fin)", name=name) if gone else name


def quorum_words(roll: Roll) -> str:
    """The quorum in a sentence."""
    quorum = roll.quorum()
    if quorum is None:
        return ""
    count = quorum.whole
    return _("Quorum. Voix présentes ou représentées : %(here)d sur %(seats)d. Il en fallait %(needed)d.",
             here=count.here, seats=count.seats, needed=count.needed)  # fmt: skip


def told_items(seance_items: Sequence[AgendaItem], minutes: Minutes, names: dict[int, str]) -> list[dict[str, Any]]:
    """The items of the minutes in words, each with what is noted beside: about what, who stepped aside, the actions."""
    rows = {item.id: item for item in seance_items}
    return [told_item(item, rows.get(item["id"]), names) for item in minutes.content["items"]]


def told_item(item: dict[str, Any], row: AgendaItem | None, names: dict[int, str]) -> dict[str, Any]:
    """One item in words."""
    kind = item["decision_kind"]
    source = source_of_item(row) if row else None
    why = f" {item['reason']}" if item.get("reason") else ""
    return {
        "title": item["title"],
        "about": source.name if source else "",
        "points": item["points"],
        "decision": item["decision"],
        "outcome": str(DecisionKind(kind).label) if kind else "",
        "vote": vote_words(item),
        "voters": voters_words(row, names) if row else [],
        "dissent": item["dissent"],
        "recusals": [
            _("%(name)s s’est retirée ou retiré : %(reason)s", name=_called(one.mandate_id, names), reason=one.reason)
            for one in (row.recusals if row else ())
        ],
        "actions": [action_words(action) for action in (row.actions if row else ())],
        "postponed": _("Reporté à une autre séance.") + why if item["state"] == "postponed" else "",
    }


def _called(mandate_id: int, names: dict[int, str]) -> str:
    return names.get(mandate_id) or _("une personne qui ne siège plus")


def action_words(action: DecidedAction) -> str:
    """What is to be done, by whom, before when."""
    parts = [action.what, action.responsible, _("avant le %(day)s", day=day(action.due_on)) if action.due_on else ""]
    return ", ".join(part for part in parts if part) + "."


def voters_words(row: AgendaItem, names: dict[int, str]) -> list[str]:
    """Who voted what, where the rules of the body ask for it."""
    found = []
    for choice in VoteChoice:
        voters = [_called(vote.mandate_id, names) for vote in row.named_votes if vote.choice is choice]
        if voters:
            found.append(_("%(choice)s : %(names)s.", choice=choice.label, names=", ".join(voters)))
    return found


def approval_words(minutes: Minutes) -> str:
    """Where the approval of the minutes stands, and what it means."""
    if minutes.approved_at is None:
        return _("Ce compte rendu est un projet : la prochaine séance le corrige s’il le faut, puis l’approuve.")
    where = minutes.approved_in
    held = _("Approuvé par la séance du %(day)s.", day=day(where.starts_at)) if where else ""
    return f"{held} " + _("Il ne change plus : il est inscrit au registre sous le numéro %(number)s.",
                          number=minutes.record_number)  # fmt: skip


def vote_words(item: dict[str, Any]) -> str:
    """How it was voted, in numbers."""
    if not item["vote_kind"]:
        return ""
    kind = VoteKind(item["vote_kind"])
    if kind is VoteKind.CONSENSUS:
        return str(kind.label)
    votes = item["votes"]
    told = votes_in_words(
        yes=votes["for"], no=votes["against"], abstained=votes["abstain"], blank=votes["blank"]
    )  # fmt: skip
    return _("%(how)s : %(counts)s.", how=kind.label, counts=told)
