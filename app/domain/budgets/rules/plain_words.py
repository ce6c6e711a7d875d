"""The règlement in plain words: questions people ask, and what it answers. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from flask_babel import lazy_gettext as _l

from app.domain.ballots.rules.terms import BallotForm, BallotType, Overflow, Score, TieBreak
from app.domain.budgets.rules.reglement import ReglementContent, Reserve
from app.domain.processes.rules import Eligibility

Sentences: TypeAlias = list[Any]
# How to write an amount in cents, and the names of quartiers by id.
Euros: TypeAlias = Callable[[int], str]
Names: TypeAlias = Mapping[int, str]


def plain_words(content: ReglementContent, euros: Euros, names: Names) -> list[tuple[Any, Sentences]]:
    """The questions with their answers in sentences, in the order people ask them; nothing for what is not said."""
    answers = [
        (_l("Combien d’argent ?"), list(_money(content, euros))),
        (_l("Qui peut proposer une idée ?"), list(_people(content.proposers, names))),
        (_l("Quelles idées sont recevables ?"), [criterion.wording for criterion in content.criteria]),
        (_l("Qui peut voter ?"), list(_people(content.voters, names))),
        (_l("Comment vote-t-on ?"), list(_ballot(content.ballot))),
        (_l("Comment les projets sont-ils choisis ?"), list(_count(content))),
        (_l("Qui décide à la fin ?"), [content.decided_by] if content.decided_by else []),
    ]
    return [(question, sentences) for question, sentences in answers if sentences]


def _money(content: ReglementContent, euros: Euros) -> Iterator[Any]:
    if content.envelope_cents is not None:
        yield _l("L’enveloppe est de %(amount)s.", amount=euros(content.envelope_cents))
    if content.section is not None:
        yield content.section.label
    if content.min_project_cents is not None:
        yield _l("Un projet coûte au moins %(amount)s.", amount=euros(content.min_project_cents))
    if content.max_project_cents is not None:
        yield _l("Un projet coûte au plus %(amount)s.", amount=euros(content.max_project_cents))
    for reserve in content.reserves:
        yield from _reserve(reserve, euros)


def _reserve(reserve: Reserve, euros: Euros) -> Iterator[Any]:
    yield _l(
        "%(amount)s sont réservés : « %(label)s ».", amount=euros(reserve.amount_cents), label=reserve.label
    )  # fmt: skip
    if reserve.remainder_to_general:
        yield _l("Ce que « %(label)s » n’utilise pas rejoint l’enveloppe générale.", label=reserve.label)


def _people(eligibility: Eligibility, names: Names) -> Iterator[Any]:
    if eligibility.min_age is not None:
        yield _l("Il faut avoir au moins %(age)d ans.", age=eligibility.min_age)
    if eligibility.residents_only:
        yield _l("Il faut habiter le territoire.")
    else:
        yield _l("Il suffit d’avoir un lien avec le territoire : y habiter, y travailler, y étudier ou s’y engager.")
    if eligibility.quartier_ids:
        named = ", ".join(names[one] for one in eligibility.quartier_ids if one in names)
        yield _l("Quartiers concernés : %(names)s.", names=named)
    if eligibility.exclude_elected:
        yield _l("Les personnes élues ne participent pas.")
    if eligibility.exclude_agents:
        yield _l("Les agentes et agents qui étudient les projets ne participent pas.")


def _ballot(form: BallotForm | None) -> Iterator[Any]:
    if form is None:
        return
    if form.type is BallotType.POINTS:
        yield _l("Chaque personne a %(total)s points à répartir entre les projets.", total=form.points_total)
        if form.points_max is not None:
            yield _l("Elle en donne %(most)s au plus à un même projet.", most=form.points_max)
    elif form.type is BallotType.EXACTLY:
        yield _l("Chaque personne choisit %(count)s projets, ni plus ni moins.", count=form.choices_max)
    elif form.choices_max is not None:
        yield _l("Chaque personne choisit jusqu’à %(count)s projets.", count=form.choices_max)
    else:
        yield _l("Chaque personne choisit autant de projets qu’elle veut.")
    if form.blank_allowed:
        yield _l("Le vote blanc est possible.")


def _count(content: ReglementContent) -> Iterator[Any]:
    if content.score is Score.POINTS:
        yield _l("Les projets sont classés par le total de leurs points.")
    elif content.score is Score.VOTES:
        yield _l("Les projets sont classés par le nombre de personnes qui les ont choisis.")
    if content.overflow is Overflow.SKIP:
        yield _l("On descend le classement ; un projet trop cher pour ce qui reste est passé, et l’on continue.")
    elif content.overflow is Overflow.STOP:
        yield _l("On descend le classement et l’on s’arrête au premier projet trop cher pour ce qui reste.")
    if content.threshold is not None:
        yield _l("Il faut un score d’au moins %(least)d.", least=content.threshold)
    if content.threshold_percent_of_voters is not None:
        yield _l(
            "Il faut avoir été choisi par au moins %(percent)d %% des votants.",
            percent=content.threshold_percent_of_voters,
        )
    if content.max_winners is not None:
        yield _l("Nombre de lauréats : %(most)d au plus.", most=content.max_winners)
    if content.ballot is not None:
        chain = ", ".join(str(_TIES[criterion]) for criterion in content.tie_breaks)
        yield _l("En cas d’égalité : %(chain)s.", chain=chain)
        yield _l("Le dépouillement s’ouvre à %(count)d personnes.", count=content.openers_needed)


_TIES: dict[TieBreak, Any] = {
    TieBreak.MORE_VOTERS: _l("le projet choisi par le plus de personnes"),
    TieBreak.LOWER_COST: _l("le moins cher"),
    TieBreak.DRAW: _l("un tirage au sort public et vérifiable"),
}
