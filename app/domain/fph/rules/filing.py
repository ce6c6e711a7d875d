"""What a file needs to be submitted and admitted; what a decision needs to be signed."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _l

from app.domain.fph.rules.budget import Totals, check_budget
from app.domain.fph.rules.fund_rules import FundRules, HolderKind
from app.domain.fph.rules.lives import PvState
from app.domain.shared.refusals import YES, Refusal, Verdict, first_refusal


def can_submit(
    rules: FundRules,
    *,
    holder: HolderKind,
    contacts: int,
    adult: bool,
    accepted: bool,
    in_quartier: bool,
    totals: Totals,
    overdue: int,
) -> Verdict:
    """Whether a file may be submitted (T1). ``overdue``: unfinished reports of the same holder.

    Codes ``holder``, ``quartier``, ``contacts``, ``adult``, ``accepted``, ``report``, then those of ``check_budget``.
    """
    return first_refusal(
        _is_open_to(rules, holder),
        _is_inside(rules, in_quartier),
        _has_contacts(rules, contacts, adult=adult, accepted=accepted),
        no_overdue_report(rules, overdue),
        check_budget(totals),
    )


def _is_open_to(rules: FundRules, holder: HolderKind) -> Verdict:
    if holder in rules.open_to:
        return YES
    return Refusal(_l("Le règlement de ce fonds n’est pas ouvert à cette sorte de porteur."), "holder", "holder")


def _is_inside(rules: FundRules, in_quartier: bool) -> Verdict:
    # Tonneins: the project takes place in the quartier, and for it (droit-et-pratique §1.7).
    if rules.inside_quartier and not in_quartier:
        return Refusal(_l("Le projet doit se passer dans un quartier du fonds."), field="quartier", code="quartier")
    return YES


def _has_contacts(rules: FundRules, contacts: int, *, adult: bool, accepted: bool) -> Verdict:
    if contacts < (rules.contacts_needed or 0):
        sentence = _l("Personnes à joindre : indiquez-en au moins %(count)d.", count=rules.contacts_needed)
        return Refusal(sentence, field="contacts", code="contacts")
    if not adult:
        return Refusal(_l("Une des personnes à joindre doit être majeure."), field="contacts", code="adult")
    if not accepted:
        return Refusal(_l("Lisez et acceptez le règlement du fonds."), field="accepted", code="accepted")
    return YES


def no_overdue_report(rules: FundRules, overdue: int) -> Verdict:
    """Whether an unfinished report keeps the holder from going on (T1, T5). Code ``report``."""
    if rules.report_blocks_next and overdue:
        sentence = _l("Un bilan précédent n’est pas rendu : rendez-le d’abord, puis revenez à ce dossier.")
        return Refusal(sentence, code="report")
    return YES


def can_admit(rules: FundRules, failed: Collection[str], reason: str) -> Verdict:
    """Admissible: each criterion is met, or set aside with a reason (T5). Codes ``code``, ``criteria``."""
    known = _known(rules, failed)
    if known and failed and not reason:
        sentence = _l("Un critère n’est pas respecté : dites pourquoi le dossier est recevable quand même.")
        return Refusal(sentence, field="reason", code="criteria")
    return known


def can_reject(rules: FundRules, failed: Collection[str]) -> Verdict:
    """A file is inadmissible for at least one criterion of the règlement (T6). Codes ``code``, ``criteria``."""
    if not failed:
        return Refusal(_l("Dites quel critère le dossier ne respecte pas."), field="failed", code="criteria")
    return _known(rules, failed)


def _known(rules: FundRules, codes: Collection[str]) -> Verdict:
    if set(codes) <= {criterion.code for criterion in rules.criteria}:
        return YES
    return Refusal(_l("Ce critère n’est pas dans le règlement du fonds."), field="failed", code="code")


def can_refuse(rules: FundRules, reason: str) -> Verdict:
    """A refusal gives a reason of the list, though the law asks for none (droit-et-pratique §1.5). Code ``reason``."""
    if reason in {one.code for one in rules.refusal_reasons}:
        return YES
    return Refusal(_l("Choisissez un motif de refus de la liste du règlement."), field="reason", code="reason")


def can_defer(rules: FundRules, deferrals: int) -> Verdict:
    """A file is deferred so many times, then decided. Code ``deferrals``.

    Asked when deferring rather than when scheduling again (T10): a file already deferred must be able to come back.
    """
    if rules.max_deferrals is not None and deferrals >= rules.max_deferrals:
        sentence = _l("Ce dossier a déjà été ajourné %(count)d fois : accordez ou refusez.", count=deferrals)
        return Refusal(sentence, code="deferrals")
    return YES


def can_sign(rules: FundRules, *, holder: HolderKind, cer: bool, payee: bool, pv: PvState | None) -> Verdict:
    """Whether the engagement may be signed (T12, T14). Codes ``minutes``, ``cer``, ``payee``.

    ``cer``: the contrat d’engagement républicain is attested, which every association does (droit-et-pratique §4.8).
    A decision holds once its minutes are approved, unless the règlement says that it holds at once (§1.6, B).
    """
    if pv in (None, PvState.DRAFT) and not rules.decides_at_once:
        sentence = _l("Le procès-verbal de la séance n’est pas approuvé : la décision ne peut pas encore être signée.")
        return Refusal(sentence, code="minutes")
    if holder is HolderKind.ASSOCIATION and not cer:
        sentence = _l("Une association atteste d’abord qu’elle respecte le contrat d’engagement républicain.")
        return Refusal(sentence, field="cer", code="cer")
    if not payee:
        return Refusal(_l("Dites d’abord à qui l’argent est versé."), field="payee", code="payee")
    return YES


def can_accept(totals: Totals, granted_cents: int) -> Verdict:
    """A partial grant is accepted with a budget balanced on it (T12). Codes ``revised``, those of ``check_budget``."""
    if totals.asked_cents != granted_cents:
        sentence = _l("Refaites le budget avec la somme accordée, pas avec la somme demandée.")
        return Refusal(sentence, field="lines", code="revised")
    return check_budget(totals)
