"""One ballot: whether it may be cast, and the one way to write it so that it tells nothing of how it was filled."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeAlias

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

from app.domain.ballots.rules.terms import BallotForm, BallotType
from app.domain.shared.canonical import canonical
from app.domain.shared.refusals import YES, Refusal, Verdict

Ballot: TypeAlias = Mapping[str, int]
# A ballot that may be a key: project and points, sorted by project, without zeros or repetition. () is a blank ballot.
Pairs: TypeAlias = tuple[tuple[str, int], ...]


def check_ballot(form: BallotForm, project_ids: Collection[str], choices: Ballot) -> Verdict:
    """``YES``, or why this ballot may not be cast; points are whole numbers, 0 is the same as not naming the project.

    Codes: ``points_invalid``, ``unknown_project``, ``blank``, ``too_few_choices``, ``too_many_choices``,
    ``exact_choices``, ``points_project``, ``points_total``, ``points_too_few``; the field is always ``choices``.
    Pass ``project_ids`` as a set or a dict: it is asked once per choice.
    Source: domain/droit-et-pratique.md §3.4 (k_exact, k_max, points).
    """
    for project, points in choices.items():
        if type(points) is not int or points < 0:
            return _no("points_invalid", _l("Les points s’écrivent en nombres entiers, 0 ou plus."))
        if project not in project_ids:
            sentence = _l(
                "Le projet « %(project)s » n’est pas soumis à ce vote. Choisissez dans la liste des projets.",
                project=project,
            )
            return _no("unknown_project", sentence)
    given = [points for points in choices.values() if points]
    if not given:
        return YES if form.blank_allowed else _no("blank", _nothing_given(form))
    verdict = _check_number(form, len(given))
    return _check_points(form, given) if verdict else verdict


def pairs(choices: Ballot | Iterable[tuple[str, int]]) -> Pairs:
    """The same ballot as sorted (project, points) pairs, zeros left out: equal ballots give equal pairs.

    Meaning: a ballot as a key, for merging. Refuses nothing; check first. Source: choix de conception.
    """
    items = choices.items() if isinstance(choices, Mapping) else choices
    return tuple(sorted(pair for pair in items if pair[1]))


def canonical_ballot(choices: Ballot) -> str:
    """The one text of a ballot, sorted by project, so that it keeps no trace of the order of clicks; blank is ``{}``.

    Refuses nothing: it writes what ``check_ballot`` let through. Source: choix de conception (secret of the vote).
    """
    return canonical(dict(pairs(choices)))


def parse_ballot(text: str) -> dict[str, int]:
    """Reads ``canonical_ballot`` back. Raises a ``Refusal`` (code ``ballot_text``) on any other writing.

    A text that is not canonical is refused even when readable: its order could say who wrote it.
    """
    try:
        choices = json.loads(text)
        sound = isinstance(choices, dict) and all(type(points) is int for points in choices.values())
        if not sound or canonical_ballot(choices) != text:
            raise ValueError("not canonical")
    except (ValueError, RecursionError) as error:
        sentence = _l("Ce bulletin enregistré est illisible. Ne le modifiez pas et prévenez l’équipe du vote.")
        raise Refusal(sentence, field="choices", code="ballot_text") from error
    return dict(choices)


def _check_number(form: BallotForm, number: int) -> Verdict:
    most = form.choices_max
    if form.type is BallotType.EXACTLY and number != most:
        sentence = lazy_ngettext(
            "Vous avez choisi %(num)s projet. Choisissez-en exactement %(most)s.",
            "Vous avez choisi %(num)s projets. Choisissez-en exactement %(most)s.",
            number, most=most,
        )  # fmt: skip
        return _no("exact_choices", sentence)
    if most is not None and number > most:
        sentence = _l("Vous avez choisi %(number)s projets. Choisissez-en %(most)s au plus.", number=number, most=most)
        return _no("too_many_choices", sentence)
    if number < form.choices_min:
        sentence = lazy_ngettext(
            "Vous avez choisi %(num)s projet. Choisissez-en au moins %(least)s.",
            "Vous avez choisi %(num)s projets. Choisissez-en au moins %(least)s.",
            number, least=form.choices_min,
        )  # fmt: skip
        return _no("too_few_choices", sentence)
    return YES


def _nothing_given(form: BallotForm) -> Any:
    """What an empty ballot lacks, where a blank vote is not allowed: the number this vote asks for."""
    if form.type is BallotType.EXACTLY and form.choices_max is not None:
        return lazy_ngettext(
            "Ce bulletin est vide. Choisissez exactement %(num)s projet.",
            "Ce bulletin est vide. Choisissez exactement %(num)s projets.",
            form.choices_max,
        )
    return _l("Ce bulletin est vide. Choisissez au moins un projet.")


def _check_points(form: BallotForm, given: list[int]) -> Verdict:
    most = form.points_max if form.type is BallotType.POINTS else 1
    if most is not None and max(given) > most:
        sentence = lazy_ngettext(
            "Vous avez donné %(given)s points à un projet. Donnez-lui %(num)s point au plus.",
            "Vous avez donné %(given)s points à un projet. Donnez-lui %(num)s points au plus.",
            most, given=max(given),
        )  # fmt: skip
        return _no("points_project", sentence)
    if form.type is not BallotType.POINTS:
        return YES
    total = sum(given)
    if form.points_total is not None and total > form.points_total:
        sentence = _l(
            "Vous avez réparti %(total)s points. Retirez-en pour ne pas dépasser %(most)s.",
            total=total,
            most=form.points_total,
        )
        return _no("points_total", sentence)
    if total < form.points_min:
        sentence = lazy_ngettext(
            "Vous avez réparti %(num)s point. Répartissez-en au moins %(least)s.",
            "Vous avez réparti %(num)s points. Répartissez-en au moins %(least)s.",
            total, least=form.points_min,
        )  # fmt: skip
        return _no("points_too_few", sentence)
    return YES


def _no(code: str, sentence: object) -> Refusal:
    return Refusal(sentence, field="choices", code=code)
