"""Whether rules of a vote hold together: asked before the vote opens, and again before every count."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from app.domain.ballots.rules.terms import (
    GENERAL,
    BallotForm,
    BallotType,
    CountingRules,
    Score,
    SubEnvelope,
    TieBreak,
)
from app.domain.shared.money import MOST_CENTS
from app.domain.shared.refusals import YES, Refusal, Verdict


def check_rules(rules: CountingRules, project_count: int | None = None) -> Verdict:
    """``YES``, or the first thing that makes these rules impossible to apply; amounts are in cents.

    With ``project_count``, also refuses a ballot asking for exactly more projects than there are. Codes: ``envelope``,
    ``sub_envelopes``, ``points``, ``choices``, ``score``, ``threshold``, ``max_winners``, ``tie_breaks``.
    Source: domain/votes-tirage-questionnaires.md §3 (what a règlement must fix before the vote).
    """
    for objections in (
        _about_money(rules),
        _about_form(rules.form, project_count),
        _about_score(rules),
        _about_ties(rules.tie_breaks),
    ):
        for refusal in objections:
            return refusal
    return YES


def _about_money(rules: CountingRules) -> Iterator[Refusal]:
    if not 0 < rules.envelope_cents <= MOST_CENTS:
        yield _no("envelope", _l("Indiquez le montant de l’enveloppe, supérieur à zéro."))
    ids = [sub.id for sub in rules.sub_envelopes]
    if len(set(ids)) != len(ids):
        yield _no("sub_envelopes", _l("Deux sous-enveloppes portent le même identifiant. Changez l’un des deux."))
    for sub in rules.sub_envelopes:
        yield from _about_sub_envelope(sub)
    if rules.general_cents < 0:
        sentence = _l("Les sous-enveloppes dépassent l’enveloppe. Réduisez-les ou augmentez l’enveloppe.")
        yield _no("sub_envelopes", sentence)


def _about_sub_envelope(sub: SubEnvelope) -> Iterator[Refusal]:
    if not sub.id or sub.id == GENERAL:
        sentence = _l("Donnez à chaque sous-enveloppe un identifiant, différent de « general ».")
        yield _no("sub_envelopes", sentence)
    if sub.envelope_cents <= 0:
        sentence = _l("Indiquez le montant de la sous-enveloppe « %(label)s », supérieur à zéro.", label=sub.label)
        yield _no("sub_envelopes", sentence)
    if sub.max_winners is not None and sub.max_winners < 1:
        yield _no("max_winners", _l("Le nombre maximal de lauréats doit être d’au moins 1, ou laissé vide."))


def _about_form(form: BallotForm, project_count: int | None) -> Iterator[Refusal]:
    most = form.choices_max
    if form.choices_min < 1:
        yield _no(
            "choices", _l("Le nombre minimal de projets doit être d’au moins 1. Pour le vote blanc, autorisez-le.")
        )
    if most is not None and most < form.choices_min:
        yield _no("choices", _l("Le nombre maximal de projets doit être au moins égal au nombre minimal."))
    if form.type is BallotType.EXACTLY and most != form.choices_min:
        yield _no("choices", _l("Indiquez combien de projets exactement chaque bulletin doit choisir."))
    if form.type is BallotType.EXACTLY and project_count is not None and most is not None and most > project_count:
        sentence = _l(
            "Le bulletin demande %(asked)s projets, mais %(there)s seulement sont soumis au vote.",
            asked=most,
            there=project_count,
        )
        yield _no("choices", sentence)
    if form.type is BallotType.POINTS:
        yield from _about_points(form)
    elif form.points_total is not None or form.points_max is not None or form.points_min:
        yield _no("points", _l("Ce bulletin ne distribue pas de points. Videz les champs de points."))


def _about_points(form: BallotForm) -> Iterator[Refusal]:
    total, most = form.points_total, form.points_max
    if total is None or total < 1:
        yield _no("points", _l("Indiquez combien de points chaque personne peut répartir, au moins 1."))
        return
    if most is not None and not 1 <= most <= total:
        sentence = _l("Le maximum de points par projet doit être compris entre 1 et le total de points à répartir.")
        yield _no("points", sentence)
    if not 0 <= form.points_min <= total:
        yield _no("points", _l("Le minimum de points à répartir doit être compris entre 0 et le total de points."))
    if form.choices_min > total:
        yield _no("choices", _l("Il n’y a pas assez de points pour nommer le nombre minimal de projets."))


def _about_score(rules: CountingRules) -> Iterator[Refusal]:
    if rules.score is Score.POINTS and rules.form.type is not BallotType.POINTS:
        yield _no(
            "score", _l("Le classement compte des points, mais le bulletin n’en distribue pas. Comptez les voix.")
        )
    if rules.threshold is not None and rules.threshold < 0:
        yield _no("threshold", _l("Le seuil doit être de 0 ou plus, ou laissé vide."))
    percent = rules.threshold_percent_of_voters
    if percent is not None and not 0 <= percent <= 100:
        yield _no("threshold", _l("Le seuil en pourcentage des votants doit être compris entre 0 et 100."))
    if rules.max_winners is not None and rules.max_winners < 1:
        yield _no("max_winners", _l("Le nombre maximal de lauréats doit être d’au moins 1, ou laissé vide."))


def _about_ties(chain: tuple[TieBreak, ...]) -> Iterator[Refusal]:
    if not chain or chain[-1] is not TieBreak.DRAW:
        yield _no("tie_breaks", _l("Terminez l’ordre de départage par le tirage au sort public."))
    if len(set(chain)) != len(chain):
        yield _no("tie_breaks", _l("Un critère de départage figure deux fois. Gardez-le une seule fois."))


def _no(field: str, sentence: object) -> Refusal:
    return Refusal(sentence, field=field, code=field)
