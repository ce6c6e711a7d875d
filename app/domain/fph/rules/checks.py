"""Whether a règlement holds together, and what it must still say before a fund opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from flask_babel import lazy_gettext as _l

from app.domain.fph.rules.fund_rules import FundRules
from app.domain.shared.refusals import Refusal

_LISTS = ("criteria", "themes", "expenses", "ineligible", "grid", "refusal_reasons")


def contradictions(rules: FundRules) -> tuple[Refusal, ...]:
    """What cannot be true together: one refusal (code ``contradiction``) per wrong field, which it names."""
    return tuple([*_about_people(rules), *_about_money(rules), *_about_time(rules), *_about_lists(rules)])


def missing_to_open(rules: FundRules) -> tuple[Refusal, ...]:
    """What nobody could do without: one refusal (code ``missing``) per field to fill before files are received.

    Source: droit-et-pratique §1.5 (what committees need) and CRPA R.112-11-1 (what an acknowledgement says).
    """
    found = []
    for field, sentence in _NEEDED.items():
        if getattr(rules, field) in (None, ()) and not (field == "ceilings" and rules.rank_ceilings_cents):
            found.append(Refusal(sentence, field=field, code="missing"))
    return tuple(found)


_NEEDED = {
    "ceilings": _l("Il n’est pas dit combien un projet peut recevoir au plus."),
    "criteria": _l("Aucun critère de recevabilité n’est choisi."),
    "refusal_reasons": _l("Aucun motif de refus n’est choisi."),
    "quorum": _l("Le quorum du comité n’est pas indiqué."),
    "submission_days": _l("Il n’est pas dit combien de jours avant le comité un dossier doit arriver."),
    "complete_days": _l("Il n’est pas dit combien de temps on a pour envoyer une pièce qui manque."),
    "report_days": _l("Il n’est pas dit combien de temps on a pour rendre le bilan."),
    "silence_months": _l("Il n’est pas dit au bout de combien de mois un silence vaut refus."),
    "remedy_months": _l("Il n’est pas dit combien de temps on a pour contester une décision."),
}


def _wrong(field: str, sentence: object) -> Refusal:
    return Refusal(sentence, field=field, code="contradiction")


def _about_people(rules: FundRules) -> Iterator[Refusal]:
    if not rules.open_to:
        yield _wrong("open_to", _l("Personne ne peut déposer : choisissez au moins une sorte de porteur."))
    if rules.second_call_quorum is not None and (rules.quorum is None or rules.second_call_quorum > rules.quorum):
        sentence = _l("Le quorum de la seconde convocation doit être au plus celui de la première.")
        yield _wrong("second_call_quorum", sentence)


def _about_money(rules: FundRules) -> Iterator[Refusal]:
    themes = {theme.code for theme in rules.themes}
    if any(one.theme and one.theme not in themes for one in rules.ceilings):
        yield _wrong("ceilings", _l("Un plafond parle d’un thème que le règlement n’a pas."))
    most = max([one.amount_cents for one in rules.ceilings], default=None)
    if most is not None and rules.holder_year_cents is not None and most > rules.holder_year_cents:
        sentence = _l("Un projet pourrait recevoir plus que ce que le porteur peut recevoir dans l’année.")
        yield _wrong("holder_year_cents", sentence)
    if most is not None and any(amount > most for amount in rules.rank_ceilings_cents):
        sentence = _l("Le plafond d’une première ou d’une seconde aide dépasse le plafond d’un projet.")
        yield _wrong("rank_ceilings_cents", sentence)
    if rules.advance_full_below_cents is not None and rules.advance_rate is None:
        yield _wrong("advance_full_below_cents", _l("Dites d’abord quelle part est versée d’avance."))
    known = {expense.code for expense in rules.expenses}
    if any(one.expense not in known or not themes.issuperset(one.themes) for one in rules.yearly_limits):
        yield _wrong(
            "yearly_limits", _l("Une limite par an parle d’une dépense ou d’un thème que le règlement n’a pas.")
        )


def _about_time(rules: FundRules) -> Iterator[Refusal]:
    if rules.decision_days is not None and (rules.submission_days or 0) > rules.decision_days:
        sentence = _l("Un dossier devrait arriver avant le comité plus tôt que le délai pour décider ne le permet.")
        yield _wrong("decision_days", sentence)
    if rules.report_days is None and (rules.reminder_days or rules.report_blocks_next):
        yield _wrong("report_days", _l("Des rappels ou un blocage sont prévus : dites quand le bilan est attendu."))
    if list(rules.reminder_days) != sorted(set(rules.reminder_days)):
        yield _wrong("reminder_days", _l("Écrivez les jours de rappel dans l’ordre, chacun une fois."))


def _about_lists(rules: FundRules) -> Iterator[Refusal]:
    for name in _LISTS:
        if twice := _twice([one.code for one in getattr(rules, name)]):
            yield _wrong(name, _l("Le code « %(code)s » est écrit deux fois.", code=twice[0]))
    both = sorted({one.code for one in rules.expenses} & {one.code for one in rules.ineligible})
    if both:
        sentence = _l("La dépense « %(code)s » est à la fois permise et écartée.", code=both[0])
        yield _wrong("ineligible", sentence)


def _twice(codes: Sequence[str]) -> list[str]:
    return sorted(code for code, count in Counter(codes).items() if count > 1)
