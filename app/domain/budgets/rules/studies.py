"""What the study of an idea must say before it is concluded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from flask_babel import lazy_gettext as _l

from app.domain.budgets.models.editions import Edition, EditionState
from app.domain.budgets.models.studies import CriterionVerdict, Feasibility, StudyState
from app.domain.budgets.rules.reglement import ReglementContent
from app.domain.shared.refusals import YES, Refusal, Verdict, first_refusal


@dataclass(frozen=True)
class Found:
    """What is said of one criterion, and why when it is not met."""

    verdict: CriterionVerdict
    reason: str = ""


@dataclass(frozen=True)
class StudyDraft:
    """What an agent writes of an idea. Amounts in cents, delay in months; ``findings`` by code of criterion."""

    findings: Mapping[str, Found] = field(default_factory=dict)
    feasibility: Feasibility | None = None
    adaptation: str = ""
    adaptation_agreed_on: date | None = None
    investment_cents: int | None = None
    running_cents: int | None = None
    delay_months: int | None = None
    responsible_id: int | None = None
    reason: str = ""

    @property
    def not_met(self) -> tuple[str, ...]:
        """The criteria that are not met, by code."""
        return tuple(code for code, one in self.findings.items() if one.verdict is CriterionVerdict.NOT_MET)


def may_study(edition: Edition) -> Verdict:
    """Ideas are studied after the call and until the list is published (code ``study_closed``)."""
    if edition.state is not EditionState.STUDY:
        sentence = _l("L’étude se fait entre la clôture de l’appel et la publication de la liste.")
        return Refusal(sentence, code="study_closed")
    return YES


def check_version(seen: int, present: int) -> Verdict:
    """Whoever writes has read what is there (code ``version``): two agents never erase each other's words."""
    if seen != present:
        sentence = _l(
            "Cette étude a été changée pendant que vous écriviez. Votre texte est gardé ci-dessous : "
            "comparez-le avec ce qui est enregistré, puis enregistrez de nouveau."
        )
        return Refusal(sentence, code="version")
    return YES


def check_writing(draft: StudyDraft) -> Verdict:
    """What is never kept, even unfinished: a criterion not met without its reason (code ``criterion_reason``)."""
    for code in draft.not_met:
        if not draft.findings[code].reason:
            sentence = _l("Dites pourquoi ce critère n’est pas respecté : l’auteur et le public le liront.")
            return Refusal(sentence, field=f"reason_{code}", code="criterion_reason")
    return YES


def check_conclusion(draft: StudyDraft, content: ReglementContent, today: date) -> Verdict:
    """Whether a study may be concluded as it is.

    Every criterion is answered; a refusal has a reason; a yes has a price within the limits of the règlement, a yearly
    cost, a delay and a responsible service; an adaptation is told and dated. Codes ``criterion``, ``feasibility``,
    ``reason``, ``price``, ``limits``, ``running``, ``delay``, ``responsible``, ``adaptation``.
    Source: droit-et-pratique §3.3.
    """
    return first_refusal(*_objections(draft, content, today))


def _objections(draft: StudyDraft, content: ReglementContent, today: date) -> Iterator[Refusal]:
    for criterion in content.criteria:
        if criterion.code not in draft.findings:
            sentence = _l("Répondez à chaque critère avant de conclure : « %(words)s »", words=criterion.wording)
            yield Refusal(sentence, field=f"criterion_{criterion.code}", code="criterion")
    writing = check_writing(draft)
    if isinstance(writing, Refusal):
        yield writing
    if draft.not_met:
        return
    if draft.feasibility is None:
        yield Refusal(_l("Dites si l’idée est réalisable."), field="feasibility", code="feasibility")
    elif draft.feasibility is Feasibility.NO:
        if not draft.reason:
            sentence = _l("Un refus a besoin d’une raison : l’auteur et le public la liront.")
            yield Refusal(sentence, field="reason", code="reason")
    else:
        yield from _about_yes(draft, content, today)


def _about_yes(draft: StudyDraft, content: ReglementContent, today: date) -> Iterator[Refusal]:
    if draft.investment_cents is None or draft.investment_cents <= 0:
        sentence = _l("Un oui a besoin d’un prix : indiquez le coût du projet, supérieur à zéro.")
        yield Refusal(sentence, field="investment_cents", code="price")
    else:
        yield from _about_limits(draft.investment_cents, content)
    if draft.running_cents is None:
        sentence = _l("Indiquez ce que le projet coûtera chaque année ensuite. Écrivez 0 s’il ne coûte rien.")
        yield Refusal(sentence, field="running_cents", code="running")
    if draft.delay_months is None:
        yield Refusal(_l("Indiquez le délai de réalisation, en mois."), field="delay_months", code="delay")
    if draft.responsible_id is None:
        yield Refusal(_l("Indiquez quel service réaliserait le projet."), field="responsible_id", code="responsible")
    if draft.feasibility is Feasibility.ADAPTED:
        if not draft.adaptation:
            sentence = _l("Dites en quoi l’idée est adaptée : le public le lira avant de voter.")
            yield Refusal(sentence, field="adaptation", code="adaptation")
        if draft.adaptation_agreed_on is None or draft.adaptation_agreed_on > today:
            sentence = _l("Indiquez le jour, passé, où la personne qui l’a proposée a donné son accord.")
            yield Refusal(sentence, field="adaptation_agreed_on", code="adaptation")


def _about_limits(cost_cents: int, content: ReglementContent) -> Iterator[Refusal]:
    least, most = content.min_project_cents, content.max_project_cents
    if least is not None and cost_cents < least:
        sentence = _l("Ce coût est sous le minimum du règlement. Corrigez-le, ou écartez l’idée avec cette raison.")
        yield Refusal(sentence, field="investment_cents", code="limits")
    if most is None:
        most = content.envelope_cents
    if most is not None and cost_cents > most:
        sentence = _l("Ce coût dépasse le maximum du règlement. Corrigez-le, ou écartez l’idée avec cette raison.")
        yield Refusal(sentence, field="investment_cents", code="limits")


def conclusion_of(draft: StudyDraft) -> StudyState:
    """Admitted or excluded, for a draft that ``check_conclusion`` lets through."""
    if draft.not_met or draft.feasibility is Feasibility.NO:
        return StudyState.EXCLUDED
    return StudyState.ADMITTED


def refusal_words(draft: StudyDraft, content: ReglementContent) -> str:
    """The public reason of a refusal: the criteria not met with their reasons, then what the agent adds.

    A criterion says what should be true: quoted alone, it would read as praise. It is stored, hence not translated.
    """
    said = []
    for code in draft.not_met:
        criterion = content.criterion(code)
        quoted = f"Critère non respecté\u00a0: «\u00a0{criterion.wording}\u00a0» " if criterion else ""
        said.append(f"{quoted}{draft.findings[code].reason}".strip())
    return "\n".join([*said, draft.reason] if draft.reason else said)
