"""What an idea must say before it is given, and whether it may still change."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from app.domain.accounts.models import Person
from app.domain.ideas.models import LIFECYCLE, AuthorType, Idea, IdeaState
from app.domain.processes.models import Process
from app.domain.processes.rules import Eligibility, can_take_part
from app.domain.shared.refusals import YES, Refusal, Verdict, first_refusal

LONGEST_TITLE = 120
LONGEST_TEXT = 3000


def is_complete(idea: Idea) -> Verdict:
    """Whether the idea says enough to be given: a title, a need or a solution, a place. Needs ``quartiers`` loaded.

    Refusals (code ``incomplete``) name what is missing by its field. Source: choix de conception; either the need or
    the solution may be left empty, not both.
    """
    return first_refusal(*_what_is_missing(idea), is_signed(idea.author_type, idea.group_name))


def _what_is_missing(idea: Idea) -> Iterator[Refusal]:
    if not idea.title:
        yield _missing("title", _l("Donnez un titre à votre idée, en quelques mots."))
    if not idea.need and not idea.solution:
        yield _missing("need", _l("Dites ce qui ne va pas, ou ce que vous proposez : l’un des deux suffit."))
    if not idea.all_quartiers and not idea.quartiers:
        yield _missing("quartiers", _l("Dites quel quartier est concerné, ou choisissez « Tous les quartiers »."))


def is_signed(author_type: AuthorType, group_name: str) -> Verdict:
    """Whether a collective says its name. Refusals: ``incomplete`` on ``group_name``."""
    if author_type.is_collective and not group_name:
        return _missing("group_name", _l("Écrivez le nom du groupe, de l’association, de l’école ou du conseil."))
    return YES


def fits(*, title: str = "", need: str = "", solution: str = "") -> Verdict:
    """Whether the texts fit: 120 characters for the title, 3 000 for each text. Refusals have code ``too_long``."""
    for field, text, most in (
        ("title", title, LONGEST_TITLE),
        ("need", need, LONGEST_TEXT),
        ("solution", solution, LONGEST_TEXT),
    ):
        if len(text) > most:
            sentence = _l("Ce texte est trop long : raccourcissez-le à %(max)d caractères au plus.", max=most)
            return Refusal(sentence, field=field, code="too_long")
    return YES


def can_be_given_to(process: Process | None, person: Person | None) -> Verdict:
    """Whether a démarche takes ideas now, from this person; the open box (``None``) always does.

    ``person`` is the author with an account, if there is one: the règlement's conditions are asked of nobody else
    (the agent who types a paper form vouches for it). Needs ``phases``, ``age_bracket`` and ``grants`` loaded.
    Refusals: ``closed`` (the call is not open), ``eligibility``.
    """
    if process is None:
        return YES
    if not process.accepts_ideas:
        sentence = _l("Cette démarche ne reçoit plus d’idées. Choisissez-en une autre, ou la boîte à idées ouverte.")
        return Refusal(sentence, field="demarche", code="closed")
    if process.proposers and person is not None:
        verdict = can_take_part(Eligibility.from_facts(process.proposers), person)
        if isinstance(verdict, Refusal):
            return Refusal(verdict.sentence, field="demarche", code="eligibility")
    return YES


def can_be_edited(idea: Idea) -> Verdict:
    """Whether the text may still change: until it is studied (règlements: the file studied is the file voted on)."""
    return LIFECYCLE.allows("edit", idea.state)


def can_be_submitted(idea: Idea, author: Person | None) -> Verdict:
    """Whether the idea may be given now: it is a draft (or was returned), it is complete, and the démarche is open.

    An idea returned by the moderators keeps its place: the call may have closed meanwhile.
    """
    verb = "resubmit" if idea.state is IdeaState.RETURNED else "submit"
    open_ = YES if verb == "resubmit" else can_be_given_to(idea.process, author)
    return first_refusal(LIFECYCLE.allows(verb, idea.state), is_complete(idea), open_)


def _missing(field: str, sentence: object) -> Refusal:
    return Refusal(sentence, field=field, code="incomplete")
