"""The frozen facts of a count, made ready for pages and papers: the same rows for the screen, the sheet and the PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.blueprints.ballots.words import TIE_WORDS, reason_words
from app.domain.accounts.models import Role
from app.domain.ballots.models import Channel, Scrutin
from app.domain.ballots.rules.terms import TieBreak
from app.domain.shared.refusals import Missing


@dataclass(frozen=True)
class Line:
    """One project in the result. ``cost_cents`` in cents; ``reason`` is empty for a retained project.

    ``envelope`` is the sub-envelope that pays for it, empty for the general one: it is why a project may be retained
    before another that obtained more.
    """

    rank: int | None
    ref: str
    title: str
    quartier: str
    score: int
    voters: int
    cost_cents: int
    reason: str = ""
    envelope: str = ""


@dataclass(frozen=True)
class Cell:
    """One line of the turnout; ``voters`` is ``None`` when it is hidden."""

    name: str
    voters: int | None


@dataclass(frozen=True)
class Outcome:
    """A result, told."""

    retained: tuple[Line, ...]
    others: tuple[Line, ...]
    ties: tuple[str, ...]
    by_points: bool
    spent_cents: int
    left_cents: int
    envelope_cents: int
    ballots: int
    blanks: int
    quartiers: tuple[Cell, ...]
    channels: tuple[Cell, ...]
    threshold: int
    seals: tuple[Mapping[str, Any], ...]
    openers: tuple[str, ...]
    seed: str
    seed_words: str
    rules_sha256: str
    announced_rules_sha256: str
    code_sha256: str
    opens_at: datetime
    closes_at: datetime


def outcome_of(scrutin: Scrutin) -> Outcome:
    """The result of a counted vote. Raises ``Missing`` before the count."""
    facts = scrutin.result
    if facts is None:
        raise Missing("no result yet")
    result, turnout = facts["result"], facts.get("turnout", {})
    retained, others = _lines(facts)
    return Outcome(
        retained=retained,
        others=others,
        ties=tuple(_tie_words(tie, _titles(facts)) for tie in result["ties"]),
        by_points=facts["rules"]["score"] == "points",
        spent_cents=result["spent_cents"],
        left_cents=result["left_cents"],
        envelope_cents=facts["rules"]["envelope_cents"],
        ballots=result["ballots"],
        blanks=result["blanks"],
        quartiers=tuple(
            Cell(cell["name"] or _("Sans quartier indiqué"), cell["voters"]) for cell in turnout.get("quartiers", ())
        ),
        channels=tuple(
            Cell(str(Channel(cell["channel"]).label), cell["voters"]) for cell in turnout.get("channels", ())
        ),
        threshold=turnout.get("threshold", 0),
        seals=tuple(facts.get("seals", ())),
        openers=_openers(facts),
        seed=facts["rules"]["seed"],
        seed_words=_seed_words(facts.get("seed_source", "rules")),
        rules_sha256=facts["rules_sha256"],
        announced_rules_sha256=facts["announced_rules_sha256"],
        code_sha256=facts["code_sha256"],
        opens_at=datetime.fromisoformat(facts["scrutin"]["opens_at"]),
        closes_at=datetime.fromisoformat(facts["scrutin"]["closes_at"]),
    )


def score_words(line: Line, by_points: bool) -> str:
    """What a project obtained, with its unit."""
    if by_points:
        return ngettext("%(num)d point", "%(num)d points", line.score)
    return ngettext("%(num)d voix", "%(num)d voix", line.score)


def _openers(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Each opener with the role they opened by; the first counts kept no role."""
    names = facts.get("openers", ())
    roles = facts.get("opener_roles") or [""] * len(names)
    return tuple(f"{name} ({Role(role).label})" if role else name for name, role in zip(names, roles, strict=True))


def _titles(facts: Mapping[str, Any]) -> dict[str, str]:
    return {project["ref"]: project["title"] for project in facts["projects"]}


def _lines(facts: Mapping[str, Any]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The retained projects as they were retained, then the others, the best placed first."""
    result, titles = facts["result"], _titles(facts)
    tiers = {sub["id"]: sub["label"] for sub in facts["rules"]["sub_envelopes"]}
    projects = {project["ref"]: project for project in facts["projects"]}

    def line(ref: str, rank: int | None, reason: str = "", tier: str = "") -> Line:
        project, standing = projects[ref], result["standings"][ref]
        return Line(
            rank, ref, project["title"], project["quartier"], standing["score"], standing["voters"],
            project["cost_cents"], reason, tiers.get(tier, ""),
        )  # fmt: skip

    retained = tuple(
        line(winner["project"], rank, tier=winner["tier"]) for rank, winner in enumerate(result["winners"], start=1)
    )
    others = [
        line(ref, result["standings"][ref]["rank"], reason_words(verdict, titles, tiers))
        for ref, verdict in result["not_retained"].items()
    ]
    # Those nobody chose have no rank: they come last, by title, never in the order they were filed.
    others.sort(key=lambda other: (other.rank is None, other.rank or 0, other.title, other.ref))
    return retained, tuple(others)


def _tie_words(tie: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    order = ", ".join(f"« {titles[ref]} »" for ref in tie["order"])
    how = ", ".join(TIE_WORDS[TieBreak(criterion)]() for criterion in tie["criteria"])
    return _("À %(score)d : %(order)s, départagés par %(how)s.", score=tie["score"], order=order, how=how)


def _seed_words(source: str) -> str:
    return {
        "rules": _("fixée par le règlement"),
        "announced": _("annoncée à l’ouverture du dépouillement"),
        "last_seal": _("le dernier scellé de l’urne, que personne ne pouvait connaître avant la clôture"),
    }[source]
