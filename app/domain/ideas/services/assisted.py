"""An idea entered for somebody: the author, the channel and who typed it are kept apart, and a copy is handed over."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person
from app.domain.accounts.rules import hash_token
from app.domain.ideas import queries, rules
from app.domain.ideas.models import AuthorType, Channel, Idea, IdeaState
from app.domain.ideas.services.writing import keep, submit
from app.domain.processes.models import Process
from app.domain.shared import clock, journal
from app.domain.shared.refusals import Refusal, require
from app.domain.territories.models import Quartier, ThematicNode

# No letter that looks like a digit: the code is copied by hand from a sheet of paper.
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_LENGTH = 10


@dataclass(frozen=True)
class PaperIdea:
    """An idea as it was heard or read: what the person who types it fills in at once."""

    title: str
    need: str
    solution: str
    author_name: str
    author_type: AuthorType
    group_name: str
    channel: Channel
    agreement: bool
    all_quartiers: bool
    quartiers: tuple[Quartier, ...] = ()
    place_words: str = ""
    latitude: int | None = None
    longitude: int | None = None
    theme: ThematicNode | None = None
    process: Process | None = None
    language: str = "fr"


def enter_for(*, key: str, paper: PaperIdea, actor: Person) -> tuple[Idea, str | None]:
    """Enters and gives an idea for somebody. Gives the idea, and the code by which they may take it over, shown once.

    The same form sent twice gives the first idea, without a code. Refusals: ``too_long``, ``agreement`` (nobody writes
    in somebody's name without it), ``incomplete``, ``closed``, ``key``. Source: droit-et-pratique §5.3 R2, R3.
    """
    begun = queries.find_by_key(key)
    if begun is not None:
        if begun.entered_by_id != actor.id:
            raise Refusal(_l("Ce formulaire a déjà servi. Ouvrez-en un nouveau."), code="key")
        return begun, None
    written = _from_paper(key, paper, actor)
    require(
        rules.fits(title=paper.title, need=paper.need, solution=paper.solution),
        rules.has_agreed(paper.agreement),
        rules.is_complete(written),
        rules.can_be_given_to(paper.process, None),
    )
    idea = keep(written)
    if idea.state is not IdeaState.DRAFT:
        return idea, None
    code = _new_code(idea)
    submit(idea=idea, actor=actor)
    journal.record("entered_for", idea, actor=actor, number=idea.number, channel=paper.channel.value)
    return idea, code


def renew_code(*, idea: Idea, actor: Person) -> str:
    """Makes a new code for the printed copy; the one before opens nothing any more. Refusals: ``taken``."""
    require(rules.can_be_taken_over(idea))
    code = _new_code(idea)
    journal.record("renewed_code", idea, actor=actor, number=idea.number)
    return code


def take_over(*, code: str, actor: Person) -> Idea:
    """Somebody with an account becomes the author of the idea whose copy they hold. Refusals: ``code``, ``taken``."""
    tidy = code.upper().replace(" ", "").replace("-", "")
    idea = queries.idea_by_take_over(hash_token(tidy))
    if idea is None:
        raise Refusal(
            _l("Ce code ne correspond à aucune idée. Vérifiez-le sur votre feuille, ou demandez-en un autre."),
            field="code",
            code="code",
        )
    require(rules.can_be_taken_over(idea))
    idea.author_id, idea.author = actor.id, actor
    idea.take_over_hash = None
    journal.record("took_over", idea, actor=actor, number=idea.number)
    return idea


def _new_code(idea: Idea) -> str:
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    idea.take_over_hash = hash_token(code)
    db.session.flush()
    return f"{code[:5]} {code[5:]}"


def _from_paper(key: str, paper: PaperIdea, actor: Person) -> Idea:
    now = clock.now()
    return Idea(
        key=key, state=IdeaState.DRAFT, title=paper.title, need=paper.need, solution=paper.solution,
        language=paper.language, all_quartiers=paper.all_quartiers,
        quartiers=[] if paper.all_quartiers else list(paper.quartiers), place_words=paper.place_words,
        latitude=paper.latitude, longitude=paper.longitude,
        theme_id=paper.theme.id if paper.theme else None, process_id=paper.process.id if paper.process else None,
        author_name=paper.author_name, author_type=paper.author_type,
        group_name=paper.group_name if paper.author_type.is_collective else "", channel=paper.channel,
        entered_by_id=actor.id, agreement_recorded=True, created_at=now, edited_at=now, support_count=0,
    )  # fmt: skip
