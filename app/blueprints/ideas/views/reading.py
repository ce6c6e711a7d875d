"""The public page of an idea: what it says, who gives it, and what becomes of it."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from app.blueprints.ideas.life import life_of
from app.blueprints.ideas.map import map_of
from app.blueprints.ideas.views.room import bp
from app.domain.accounts.models import Person
from app.domain.ideas import policies, queries, rules
from app.domain.ideas.models import LIFECYCLE, Idea
from app.domain.territories.queries import site
from app.web.access import access, current_person
from app.web.pages import respond


@bp.get("/idees/<int:number>")
@access(policies.can_see, subject=queries.idea_by_number)
def show(idea: Idea) -> ResponseReturnValue:
    """The page of an idea, at the address of its public number."""
    person = current_person()
    if not policies.can_read_words(person, idea):
        return respond("ideas/withdrawn.html", idea=idea)
    return respond(
        "ideas/show.html",
        idea=idea,
        steps=life_of(idea),
        map=map_of(idea),
        originals=queries.originals_of(idea.id),
        answers=queries.answers_of(idea.id),
        decisions=queries.decisions_of(idea.id) if policies.can_write(person, idea) else [],
        late=rules.is_late(idea, site().idea_answer_days),
        may=verdicts(person, idea),
        **support_values(person, idea),
    )


def support_values(person: Person | None, idea: Idea) -> dict[str, Any]:
    """What the fragment of supports shows."""
    return {
        "supported": person is not None and queries.supports(idea.id, person.id),
        "can_support": rules.can_be_supported(idea),
        "question": queries.merge_question(idea.id, person.id) if person is not None else None,
    }


def verdicts(person: Person | None, idea: Idea) -> dict[str, bool]:
    """What this person may do here, by the verbs of the buttons: who they are, and what the moment allows."""
    writes, moderates = policies.can_write(person, idea), policies.can_moderate(person, idea)
    answers = policies.can_answer(person, idea)
    allows = set(LIFECYCLE.verbs(idea.state))
    return {
        "edit": bool(writes and rules.can_be_edited(idea)),
        "withdraw": bool(writes) and "withdraw" in allows,
        "print_copy": bool(policies.can_hold_copy(person, idea)),
        **{verb: bool(moderates) and verb in allows for verb in ("publish", "return_to_author", "unpublish", "merge")},
        **{verb: bool(answers) and verb in allows for verb in ("begin_study", "answer")},
    }
