"""The three lives of a grant, kept apart on purpose: the file, the papers of the séance, the money.

Source: droit-et-pratique §1.6. The séance itself lives as every séance does (``governance.SEANCE_LIFE``); what a
committee adds is what becomes of its minutes.
"""

from __future__ import annotations

import enum
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from app.domain.shared.states import Lifecycle, transition


class FileState(enum.Enum):
    """Where a file stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    TO_COMPLETE = "to_complete"
    ADMISSIBLE = "admissible"
    INADMISSIBLE = "inadmissible"
    SCHEDULED = "scheduled"
    HEARD = "heard"
    DEFERRED = "deferred"
    GRANTED = "granted"
    GRANTED_PARTIAL = "granted_partial"
    GRANTED_CONDITIONAL = "granted_conditional"
    REFUSED = "refused"
    COMMITMENT_SIGNED = "commitment_signed"
    IN_PROGRESS = "in_progress"
    POSTPONED = "postponed"
    REPORT_DUE = "report_due"
    REPORT_SUBMITTED = "report_submitted"
    REPORT_TO_COMPLETE = "report_to_complete"
    REPORT_VALIDATED = "report_validated"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"

    @property
    def label(self) -> Any:
        return _FILE_LABELS[self]


_FILE_LABELS = {
    FileState.DRAFT: _l("Brouillon"),
    FileState.SUBMITTED: _l("Déposé"),
    FileState.TO_COMPLETE: _l("À compléter"),
    FileState.ADMISSIBLE: _l("Recevable"),
    FileState.INADMISSIBLE: _l("Irrecevable"),
    FileState.SCHEDULED: _l("Inscrit au comité"),
    FileState.HEARD: _l("Présenté au comité"),
    FileState.DEFERRED: _l("Ajourné"),
    FileState.GRANTED: _l("Accordé"),
    FileState.GRANTED_PARTIAL: _l("Accord partiel"),
    FileState.GRANTED_CONDITIONAL: _l("Accord sous réserve"),
    FileState.REFUSED: _l("Refusé"),
    FileState.COMMITMENT_SIGNED: _l("Engagement signé"),
    FileState.IN_PROGRESS: _l("En cours de réalisation"),
    FileState.POSTPONED: _l("Reporté"),
    FileState.REPORT_DUE: _l("Bilan attendu"),
    FileState.REPORT_SUBMITTED: _l("Bilan déposé"),
    FileState.REPORT_TO_COMPLETE: _l("Bilan à compléter"),
    FileState.REPORT_VALIDATED: _l("Bilan validé"),
    FileState.CLOSED: _l("Clôturé"),
    FileState.WITHDRAWN: _l("Retiré par le porteur"),
    FileState.CANCELLED: _l("Action annulée"),
    FileState.LAPSED: _l("Caduc"),
}

_F = FileState
# Before anybody decides: the person who carries the project may take it back.
UNDECIDED: Final = (_F.DRAFT, _F.SUBMITTED, _F.TO_COMPLETE, _F.ADMISSIBLE, _F.SCHEDULED, _F.HEARD, _F.DEFERRED)
# What each row is in droit-et-pratique §1.6: twenty-five transitions, some of which have several ends.
FILE_LIFE = Lifecycle(
    "fph_file",
    (
        transition("submit", _F.DRAFT, _F.SUBMITTED),  # T1
        transition("ask_papers", _F.SUBMITTED, _F.TO_COMPLETE),  # T2
        transition("complete", _F.TO_COMPLETE, _F.SUBMITTED),  # T3
        transition("lapse", _F.TO_COMPLETE, _F.LAPSED),  # T4
        transition("admit", _F.SUBMITTED, _F.ADMISSIBLE),  # T5
        transition("reject", _F.SUBMITTED, _F.INADMISSIBLE),  # T6
        # T7. From SCHEDULED too: a séance without quorum, or too long, leaves files to the next one.
        transition("schedule", (_F.ADMISSIBLE, _F.SCHEDULED), _F.SCHEDULED),
        transition("hear", _F.SCHEDULED, _F.HEARD),  # T8
        transition("defer", (_F.HEARD, _F.SCHEDULED), _F.DEFERRED),  # T9
        transition("reschedule", _F.DEFERRED, _F.SCHEDULED),  # T10
        transition("grant", _F.HEARD, _F.GRANTED),  # T11
        transition("grant_partly", _F.HEARD, _F.GRANTED_PARTIAL),  # T11
        transition("grant_conditionally", _F.HEARD, _F.GRANTED_CONDITIONAL),  # T11
        transition("refuse", _F.HEARD, _F.REFUSED),  # T11
        transition("accept", _F.GRANTED_PARTIAL, _F.COMMITMENT_SIGNED),  # T12
        # T12. From GRANTED too: who never signs would otherwise keep the money of the quartier for ever.
        transition("renounce", (_F.GRANTED_PARTIAL, _F.GRANTED), _F.WITHDRAWN),
        transition("lift_condition", _F.GRANTED_CONDITIONAL, _F.GRANTED),  # T13
        transition("fail_condition", _F.GRANTED_CONDITIONAL, _F.REFUSED),  # T13
        transition("sign", _F.GRANTED, _F.COMMITMENT_SIGNED),  # T14
        transition("start", _F.COMMITMENT_SIGNED, _F.IN_PROGRESS),  # T15
        transition("postpone", _F.IN_PROGRESS, _F.POSTPONED),  # T16
        transition("resume", _F.POSTPONED, _F.IN_PROGRESS),  # T16
        transition("end", _F.IN_PROGRESS, _F.REPORT_DUE),  # T17
        transition("report", _F.REPORT_DUE, _F.REPORT_SUBMITTED),  # T18
        transition("ask_report", _F.REPORT_SUBMITTED, _F.REPORT_TO_COMPLETE),  # T19
        transition("complete_report", _F.REPORT_TO_COMPLETE, _F.REPORT_SUBMITTED),  # T19
        transition("validate_report", _F.REPORT_SUBMITTED, _F.REPORT_VALIDATED),  # T20
        transition("close", _F.REPORT_VALIDATED, _F.CLOSED),  # T21
        transition("withdraw", UNDECIDED, _F.WITHDRAWN),  # T22
        # T23. From POSTPONED too: a date put off may never come.
        transition("cancel", (_F.COMMITMENT_SIGNED, _F.IN_PROGRESS, _F.POSTPONED), _F.CANCELLED),
        # T24. From REPORT_TO_COMPLETE too: half a report that nobody finishes is no report.
        transition("default", (_F.REPORT_DUE, _F.REPORT_TO_COMPLETE), _F.LAPSED),
        transition("appeal", (_F.REFUSED, _F.INADMISSIBLE), _F.SUBMITTED),  # T25
    ),
    {
        _F.DRAFT: _l("Ce dossier n’est pas encore déposé."),
        _F.TO_COMPLETE: _l("Des pièces sont demandées au porteur : attendez-les d’abord."),
        _F.INADMISSIBLE: _l("Ce dossier est irrecevable. Il peut être contesté, ou un autre dossier déposé."),
        _F.DEFERRED: _l("Ce dossier est ajourné : inscrivez-le d’abord à une autre séance."),
        _F.GRANTED_PARTIAL: _l("Une aide partielle est décidée : le porteur l’accepte ou y renonce d’abord."),
        _F.GRANTED_CONDITIONAL: _l("L’aide est accordée sous réserve : dites d’abord si la condition est remplie."),
        _F.REFUSED: _l("Ce dossier est refusé. La décision peut être contestée, ou un autre dossier déposé."),
        _F.CLOSED: _l("Ce dossier est clôturé : il ne change plus."),
        _F.WITHDRAWN: _l("Ce dossier a été retiré : il ne change plus."),
        _F.CANCELLED: _l("Cette action est annulée : il ne reste que l’argent à régler."),
        _F.LAPSED: _l("Ce dossier est caduc : il ne change plus."),
    },
)


class PvState(enum.Enum):
    """What became of the minutes of a committee, once its séance is closed."""

    DRAFT = "minutes_draft"
    APPROVED = "minutes_approved"
    TRANSMITTED = "transmitted"
    PUBLISHED = "published"

    @property
    def label(self) -> Any:
        return {
            "minutes_draft": _l("Procès-verbal à approuver"),
            "minutes_approved": _l("Procès-verbal approuvé"),
            "transmitted": _l("Procès-verbal transmis aux financeurs"),
            "published": _l("Extrait public publié"),
        }[self.value]


PV_LIFE = Lifecycle(
    "fph_pv",
    (
        transition("approve_pv", PvState.DRAFT, PvState.APPROVED),
        transition("transmit_pv", PvState.APPROVED, PvState.TRANSMITTED),
        transition("publish_pv", PvState.TRANSMITTED, PvState.PUBLISHED),
    ),
    {
        PvState.DRAFT: _l("Le procès-verbal de cette séance n’est pas encore approuvé."),
        PvState.APPROVED: _l("Le procès-verbal est approuvé : transmettez-le d’abord aux financeurs."),
        PvState.TRANSMITTED: _l("Le procès-verbal est déjà transmis."),
        PvState.PUBLISHED: _l("L’extrait public est déjà publié."),
    },
)


class MoneyState(enum.Enum):
    """Where the money of a grant stands, from the engagement on."""

    COMMITTED = "committed"
    ADVANCE_ORDERED = "advance_ordered"
    ADVANCE_PAID = "advance_paid"
    BALANCE_DUE = "balance_due"
    BALANCE_PAID = "balance_paid"
    SETTLED = "settled"
    REPAYMENT_REQUESTED = "repayment_requested"
    REPAID = "repaid"
    WAIVED = "waived"
    SUSPENDED = "suspended"
    DECOMMITTED = "decommitted"

    @property
    def label(self) -> Any:
        return _MONEY_LABELS[self]


_MONEY_LABELS = {
    MoneyState.COMMITTED: _l("Somme engagée"),
    MoneyState.ADVANCE_ORDERED: _l("Premier versement demandé"),
    MoneyState.ADVANCE_PAID: _l("Premier versement fait"),
    MoneyState.BALANCE_DUE: _l("Solde à verser"),
    MoneyState.BALANCE_PAID: _l("Solde versé"),
    MoneyState.SETTLED: _l("Compte soldé"),
    MoneyState.REPAYMENT_REQUESTED: _l("Remboursement demandé"),
    MoneyState.REPAID: _l("Remboursé"),
    MoneyState.WAIVED: _l("Remboursement abandonné"),
    MoneyState.SUSPENDED: _l("Versements suspendus"),
    MoneyState.DECOMMITTED: _l("Somme rendue à l’enveloppe"),
}

_M = MoneyState
MONEY_LIFE = Lifecycle(
    "fph_money",
    (
        transition("order_advance", _M.COMMITTED, _M.ADVANCE_ORDERED),
        transition("pay_advance", _M.ADVANCE_ORDERED, _M.ADVANCE_PAID),
        # A supplier paid directly: as many times as there are invoices, before the account is settled.
        transition("pay_directly", (_M.COMMITTED, _M.ADVANCE_PAID), _M.ADVANCE_PAID),
        transition("owe_balance", (_M.COMMITTED, _M.ADVANCE_ORDERED, _M.ADVANCE_PAID), _M.BALANCE_DUE),
        transition("pay_balance", _M.BALANCE_DUE, _M.BALANCE_PAID),
        # The bank sent the money back: it is still to be paid.
        transition("bounce", _M.ADVANCE_PAID, _M.ADVANCE_ORDERED),
        transition("bounce", _M.BALANCE_PAID, _M.BALANCE_DUE),
        transition("ask_repayment", _M.ADVANCE_PAID, _M.REPAYMENT_REQUESTED),
        transition("repay", _M.REPAYMENT_REQUESTED, _M.REPAID),
        transition("waive", _M.REPAYMENT_REQUESTED, _M.WAIVED),
        transition("suspend", (_M.COMMITTED, _M.ADVANCE_ORDERED, _M.ADVANCE_PAID), _M.SUSPENDED),
        # Two ways back, for what was paid before the suspension stays paid.
        transition("release", _M.SUSPENDED, _M.COMMITTED),
        transition("release_paid", _M.SUSPENDED, _M.ADVANCE_PAID),
        transition("decommit", (_M.COMMITTED, _M.ADVANCE_ORDERED, _M.SUSPENDED), _M.DECOMMITTED),
        transition("settle", (_M.ADVANCE_PAID, _M.BALANCE_PAID, _M.REPAID, _M.WAIVED), _M.SETTLED),
    ),
    {
        _M.COMMITTED: _l("Rien n’est encore versé pour ce dossier."),
        _M.ADVANCE_PAID: _l("Le premier versement est fait : attendez maintenant le bilan."),
        _M.BALANCE_DUE: _l("Le solde de ce dossier est à verser."),
        _M.REPAYMENT_REQUESTED: _l("Un remboursement est demandé : attendez-le, ou décidez de l’abandonner."),
        _M.SUSPENDED: _l("Les versements de ce dossier sont suspendus : reprenez-les d’abord."),
        _M.SETTLED: _l("Le compte de ce dossier est soldé : il ne change plus."),
        _M.DECOMMITTED: _l("La somme de ce dossier est rendue à l’enveloppe : rien ne peut plus être versé."),
    },
)
# Nothing more moves: the file may be closed.
MONEY_OVER: Final = (_M.SETTLED, _M.DECOMMITTED)
