"""The ideas of the town: given online or for somebody, read, supported, merged, reported, answered."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

from app.cli.demo.diary import Diary
from app.cli.demo.drawings import draw
from app.cli.demo.people import RESIDENT, WITH_A_CARD
from app.cli.demo.town import Town, read
from app.domain.ideas import queries, services
from app.domain.ideas.models import AbuseReason, AnswerOutcome, AuthorType, Channel, Idea
from app.domain.ideas.services import PaperIdea
from app.domain.processes.models import Process

MILLIONTHS = 1_000_000


def plan_call(diary: Diary, town: Town, key: str, facts: list[dict[str, Any]], first: int, last: int) -> None:
    """The ideas of a call, spread between two days; each is read the day after, then supported."""
    for rank, idea in enumerate(facts):
        day = first + (last - first) * rank // max(1, len(facts) - 1)
        _plan_idea(diary, town, key, idea, rank, day)


def _plan_idea(diary: Diary, town: Town, key: str, facts: dict[str, Any], rank: int, day: int) -> None:
    diary.note(day, give, town, key, facts, hour=9 + rank % 9)
    if facts.get("waiting"):
        return
    if "returned" in facts:
        diary.note(day + 1, _return, town, facts, hour=9.5)
        return
    diary.note(day + 1, _publish, town, facts, hour=9)
    for number, name in enumerate(_supporters(town, facts, rank)):
        when = min(day + 1 + number // 3, -2 if "merged_into" in facts else -1)
        diary.note(when, _support, town, facts, name, hour=11 + number % 8)
    if "merged_into" in facts:
        diary.note(-1, _merge, town, facts, hour=8)


def plan_open_box(diary: Diary, town: Town) -> None:
    """Ideas given outside any call: two have their answer, one waits for it, late; and a draft nobody else sees."""
    for rank, facts in enumerate(read("open")["ideas"]):
        _plan_idea(diary, town, "", facts, rank, facts["day"])
        if "answer" in facts:
            diary.note(facts["day"] + 21, _answer, town, facts)
    diary.note(-2, _begin_draft, town, hour=20)


def plan_report(diary: Diary, town: Town) -> None:
    """Somebody asks the moderators to look at an idea again; nobody has yet."""
    diary.note(-1, _report, town, hour=14)


def _supporters(town: Town, facts: dict[str, Any], rank: int) -> Iterator[str]:
    """As many residents as the data say, others for each idea; the resident of the demonstration for a few."""
    names = [name for name in town.residents if name not in {facts["author"], RESIDENT}]
    asked = facts.get("supports", 0)
    if (asked and rank % 4 == 0) or "merged_into" in facts:
        yield RESIDENT
        asked -= 1
    # Seven has no common factor with the number of names: each comes once.
    for step in range(asked):
        yield names[(rank * 5 + step * 7) % len(names)]


def _support(town: Town, facts: dict[str, Any], name: str) -> None:
    services.support(idea=town.idea(facts["title"]), actor=town.person(name))


# --- Giving -------------------------------------------------------------------------------------------------------


def give(town: Town, key: str, facts: dict[str, Any]) -> None:
    """Gives an idea to the call of an edition (or to the open box): by its author, or for somebody without account."""
    process = town.edition(key).process if key else None
    idea = _enter_for(town, facts, process) if "channel" in facts else _give_online(town, facts, process)
    if idea.number is None:
        raise LookupError(f"{facts['title']} was not given")
    town.ideas[facts["title"]] = idea.number


def _give_online(town: Town, facts: dict[str, Any], process: Process | None) -> Idea:
    actor = town.person(facts["author"])
    idea = services.begin(key=secrets.token_hex(16), title=facts["title"], actor=actor, process=process)
    services.write(idea=idea, title=facts["title"], need=facts["need"], solution=facts["solution"], actor=actor)
    latitude, longitude = _point(town, facts)
    services.place(
        idea=idea, quartiers=[town.quartier(facts["quartier"])], all_quartiers=False,
        place_words=facts.get("place", ""), latitude=latitude, longitude=longitude, actor=actor,
    )  # fmt: skip
    services.classify(idea=idea, theme=town.theme(facts["theme"]), process=process, actor=actor)
    author_type = AuthorType(facts.get("author_type", "resident"))
    services.sign(idea=idea, author_type=author_type, group_name=facts.get("group_name", ""), actor=actor)
    if "picture" in facts:
        services.attach_photo(
            idea=idea, upload=draw(facts["picture"]), description=facts["picture_words"], store=town.store, actor=actor
        )
    services.submit(idea=idea, actor=actor)
    return idea


def _enter_for(town: Town, facts: dict[str, Any], process: Process | None) -> Idea:
    paper = PaperIdea(
        title=facts["title"], need=facts["need"], solution=facts["solution"], author_name=facts["author"],
        author_type=AuthorType(facts.get("author_type", "resident")), group_name=facts.get("group_name", ""),
        channel=Channel(facts["channel"]), agreement=True, all_quartiers=False,
        quartiers=(town.quartier(facts["quartier"]),), place_words=facts.get("place", ""),
        theme=town.theme(facts["theme"]), process=process,
    )  # fmt: skip
    idea, code = services.enter_for(key=secrets.token_hex(16), paper=paper, actor=town.staff("animateur"))
    if facts["author"] == WITH_A_CARD and code is not None:
        services.take_over(code=code, actor=town.person(WITH_A_CARD))
    return idea


def _point(town: Town, facts: dict[str, Any]) -> tuple[int | None, int | None]:
    """For ideas with a place in words, a point near the middle of the quartier, in millionths of a degree."""
    if "place" not in facts:
        return None, None
    outline = next(one["outline"] for one in town.facts["quartiers"] if one["name"] == facts["quartier"])
    longitude = sum(corner[0] for corner in outline) / len(outline)
    latitude = sum(corner[1] for corner in outline) / len(outline)
    return round(latitude * MILLIONTHS), round(longitude * MILLIONTHS)


def _begin_draft(town: Town) -> None:
    actor = town.person(RESIDENT)
    title = "Un point d’eau au terrain de boules"
    idea = services.begin(key=secrets.token_hex(16), title=title, actor=actor)
    need = "L’été, on remplit les bouteilles à la maison."
    services.write(idea=idea, title=title, need=need, solution="", actor=actor)


# --- Reading and answering ----------------------------------------------------------------------------------------


def _publish(town: Town, facts: dict[str, Any]) -> None:
    services.publish(idea=town.idea(facts["title"]), actor=town.staff("agente"))


def _report(town: Town) -> None:
    services.report_abuse(
        idea=town.idea("Un frigo solidaire"), reason=AbuseReason.ADVERTISING,
        words="La fin du texte fait de la publicité pour une marque de réfrigérateurs.", actor=town.person("Brahim"),
    )  # fmt: skip


def _return(town: Town, facts: dict[str, Any]) -> None:
    idea = town.idea(facts["title"])
    services.return_to_author(idea=idea, reason=facts["returned"], actor=town.staff("agente"))


def _merge(town: Town, facts: dict[str, Any]) -> None:
    target = town.idea(facts["merged_into"])
    services.merge(idea=town.idea(facts["title"]), target=target, actor=town.staff("agente"))


def _answer(town: Town, facts: dict[str, Any]) -> None:
    idea = queries.idea_by_number(town.ideas[facts["title"]])
    outcome = AnswerOutcome(facts["answer"])
    services.answer(idea=idea, outcome=outcome, text=facts["answer_words"], actor=town.staff("agente"))
