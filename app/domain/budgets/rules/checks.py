"""What a règlement still lacks, and whether what it says holds together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from app.domain.ballots.rules.consistency import check_rules
from app.domain.ballots.rules.terms import BallotForm, BallotType, CountingRules, Overflow, Score, SubEnvelope
from app.domain.budgets.rules.reglement import LEAST_BATCH, LEAST_OPENERS, ReglementContent, ReservedFor
from app.domain.shared.refusals import YES, Refusal, Verdict


@dataclass(frozen=True)
class Missing:
    """One thing a règlement does not say yet: the part of the règlement where to say it, and the sentence."""

    part: str
    sentence: object

    @property
    def refusal(self) -> Refusal:
        return Refusal(self.sentence, field=self.part, code=f"missing_{self.part}")


def missing_for_call(content: ReglementContent) -> tuple[Missing, ...]:
    """What must be said before ideas are called, one sentence per missing piece.

    Source: droit-et-pratique §3.2 (a règlement fixes budget, criteria, participants before the deposit).
    """
    return tuple(_missing_for_call(content))


def _missing_for_call(content: ReglementContent) -> Iterator[Missing]:
    if content.envelope_cents is None:
        yield Missing("envelope", _l("Le montant de l’enveloppe n’est pas indiqué."))
    if content.section is None:
        yield Missing("envelope", _l("La section du budget (investissement ou fonctionnement) n’est pas indiquée."))
    if not content.criteria:
        yield Missing("criteria", _l("Aucun critère de recevabilité n’est choisi."))
    if not content.decided_by:
        yield Missing("description", _l("Il n’est pas dit qui décide à la fin."))


def missing_for_vote(content: ReglementContent) -> tuple[Missing, ...]:
    """What must be said before people vote, what the call needs included."""
    return (*missing_for_call(content), *_missing_for_vote(content))


def _missing_for_vote(content: ReglementContent) -> Iterator[Missing]:
    if content.ballot is None:
        yield Missing("ballot", _l("La forme du bulletin n’est pas choisie."))
    if content.score is None:
        yield Missing("count", _l("Il n’est pas dit ce qui classe les projets : les points ou les voix."))
    if content.overflow is None:
        yield Missing("count", _l("Il n’est pas dit ce qui se passe quand un projet dépasse ce qui reste."))


def check_content(content: ReglementContent) -> Verdict:
    """Whether what is said holds together, said or not said yet. Amounts in cents.

    Refusals name the part (``field``): envelope, sub-envelopes, limits, numbers of the count; those of
    ``ballots.check_rules`` come last. Source: votes-tirage-questionnaires §3.
    """
    for refusal in _objections(content):
        return refusal
    return YES


def _objections(content: ReglementContent) -> Iterator[Refusal]:
    yield from _about_limits(content)
    yield from _about_reserves(content)
    if content.openers_needed < LEAST_OPENERS:
        sentence = _l("Le dépouillement s’ouvre à deux personnes au moins : personne n’ouvre l’urne seul.")
        yield Refusal(sentence, "openers_needed", "openers")
    if content.minimum_batch < LEAST_BATCH:
        sentence = _l(
            "Le lot minimal de bulletins est de %(least)d au moins : en dessous, le secret n’est plus sûr.",
            least=LEAST_BATCH,
        )
        yield Refusal(sentence, "minimum_batch", "batch")
    if content.envelope_cents is not None and content.ballot is not None:
        verdict = check_rules(counting_rules(content))
        if isinstance(verdict, Refusal):
            yield verdict


def _about_limits(content: ReglementContent) -> Iterator[Refusal]:
    whole, least, most = content.envelope_cents, content.min_project_cents, content.max_project_cents
    if whole is not None and whole <= 0:
        yield Refusal(_l("L’enveloppe doit être supérieure à zéro."), "envelope_cents", "envelope")
    if least is not None and most is not None and most < least:
        sentence = _l("Le coût maximal d’un projet doit être au moins égal au coût minimal.")
        yield Refusal(sentence, "max_project_cents", "limits")
    if most is not None and whole is not None and most > whole:
        sentence = _l("Un projet ne peut pas coûter plus que l’enveloppe entière. Réduisez le coût maximal.")
        yield Refusal(sentence, "max_project_cents", "limits")


def _about_reserves(content: ReglementContent) -> Iterator[Refusal]:
    if content.reserves and content.envelope_cents is None:
        sentence = _l("Indiquez l’enveloppe entière avant de la partager en sous-enveloppes.")
        yield Refusal(sentence, "amount_cents", "reserves")
    for reserve in content.reserves:
        if reserve.amount_cents <= 0:
            sentence = _l("Indiquez le montant de la sous-enveloppe, supérieur à zéro.")
            yield Refusal(sentence, "amount_cents", "reserves")
        if reserve.kind is ReservedFor.QUARTIER and reserve.quartier_id is None:
            sentence = _l("Choisissez le quartier de cette sous-enveloppe.")
            yield Refusal(sentence, "quartier_id", "reserves")
    labels = [reserve.label.casefold() for reserve in content.reserves]
    if len(set(labels)) != len(labels):
        yield Refusal(_l("Une sous-enveloppe porte déjà ce nom. Choisissez-en un autre."), "label", "reserves")
    if content.envelope_cents is not None and content.general_cents < 0:
        sentence = _l("Les sous-enveloppes dépassent l’enveloppe entière. Réduisez-les ou augmentez l’enveloppe.")
        yield Refusal(sentence, "amount_cents", "reserves")


def check_amendment(old: ReglementContent, new: ReglementContent) -> Verdict:
    """Whether a règlement already in force for the call may become ``new`` before the vote.

    What ideas were called and are studied under stays: criteria, limits of cost, section, who may propose; the envelope
    may grow, never shrink. Refusals carry the code ``promised``. Source: choix de conception (équité entre porteurs).
    """
    kept = ("criteria", "min_project_cents", "max_project_cents", "section", "proposers")
    if any(getattr(old, name) != getattr(new, name) for name in kept):
        sentence = _l(
            "Les idées ont été appelées avec ces critères, ces limites de coût et ces conditions : "
            "ils ne changent plus dans cette édition."
        )
        return Refusal(sentence, code="promised")
    if (new.envelope_cents or 0) < (old.envelope_cents or 0):
        sentence = _l("L’enveloppe a été annoncée à l’ouverture de l’appel : elle peut grandir, pas diminuer.")
        return Refusal(sentence, field="envelope_cents", code="promised")
    return YES


def counting_rules(content: ReglementContent, seed: str = "") -> CountingRules:
    """The rules of the count as the règlement says them; amounts in cents.

    Where the règlement is still silent, the ballot names one project and the count is on votes, with skip: only to
    check the rest, for the vote does not open before they are said (``missing_for_vote``).
    """
    return CountingRules(
        envelope_cents=content.envelope_cents or 0,
        form=content.ballot or BallotForm(BallotType.UP_TO, choices_max=1),
        score=content.score or Score.VOTES,
        overflow=content.overflow or Overflow.SKIP,
        threshold=content.threshold,
        threshold_percent_of_voters=content.threshold_percent_of_voters,
        max_winners=content.max_winners,
        sub_envelopes=tuple(
            SubEnvelope(
                id=reserve.id, label=reserve.label, envelope_cents=reserve.amount_cents,
                max_winners=reserve.max_winners, remainder_to_general=reserve.remainder_to_general,
                second_chance=reserve.second_chance,
            )
            for reserve in content.reserves
        ),
        tie_breaks=content.tie_breaks,
        seed=seed,
    )  # fmt: skip
