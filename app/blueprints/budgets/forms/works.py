"""The forms of the works: the act that begins them, milestones, money, the ribbon."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired

from app.domain.shared.refusals import Refusal
from app.web.forms import EurosField, Form, at_most, needed

_DAY = _l("Indiquez une date.")


def day_of(field: DateField) -> date:
    """The day typed in a field that needs one. Raises a ``Refusal`` on the field when it is empty."""
    if field.data is None:
        raise Refusal(_DAY, field=field.name, code="day")
    return field.data


class ConfirmationForm(Form):
    """The act by which the council confirms the winners."""

    confirmed_by = StringField(
        _l("Quelle décision confirme les projets lauréats ?"),
        description=_l("Par exemple « Délibération 2027-112 du conseil municipal »."),
        validators=[needed(_l("Indiquez la décision qui confirme les projets lauréats.")), at_most(200)],
    )
    confirmed_on = DateField(_l("De quel jour ?"), validators=[InputRequired(_DAY)])


class StartForm(Form):
    """The first day of the works."""

    began_on = DateField(_l("Quel jour les travaux ont-ils commencé ?"), validators=[InputRequired(_DAY)])


class MilestoneForm(Form):
    """A step to come."""

    label = StringField(
        _l("Quelle est cette étape ?"),
        description=_l("Par exemple « Plantation des arbres »."),
        validators=[needed(_l("Donnez un nom à cette étape.")), at_most(200)],
    )
    planned_on = DateField(_l("Pour quel jour est-elle prévue ?"), validators=[InputRequired(_DAY)])


class DoneForm(Form):
    """A step that is done."""

    done_on = DateField(_l("Quel jour cette étape a-t-elle été faite ?"), validators=[InputRequired(_DAY)])
    note = TextAreaField(_l("Un mot pour le public"), validators=[at_most(2000)])
    photo = FileField(_l("Une photo"), description=_l("Sans visage ni plaque d’immatriculation."))
    photo_words = StringField(
        _l("Que voit-on sur la photo ?"),
        description=_l("Pour les personnes qui ne la voient pas."),
        validators=[at_most(300)],
    )


class SpendingForm(Form):
    """A line of spending."""

    label = StringField(
        _l("Qu’a-t-on payé ?"), validators=[needed(_l("Dites ce qui a été payé.")), at_most(200)]
    )  # fmt: skip
    amount_cents = EurosField(_l("Combien, en euros ?"), validators=[needed(_l("Indiquez le montant payé."))])
    spent_on = DateField(_l("Quel jour ?"), validators=[InputRequired(_DAY)])


class CancelForm(Form):
    """Why a line was wrong."""

    reason = StringField(
        _l("Pourquoi cette dépense est-elle annulée ?"),
        validators=[needed(_l("Dites pourquoi cette dépense est annulée.")), at_most(500)],
    )


class RevisionForm(Form):
    """A new cost, and why."""

    after_cents = EurosField(
        _l("Quel est le nouveau coût du projet, en euros ?"), validators=[needed(_l("Indiquez le nouveau coût."))]
    )
    reason = TextAreaField(
        _l("Pourquoi le coût change-t-il ?"),
        description=_l("Le public le lira."),
        validators=[needed(_l("Dites pourquoi le coût change.")), at_most(2000)],
    )


class DeliverForm(Form):
    """The ribbon."""

    delivered_on = DateField(_l("Quel jour le projet a-t-il été livré ?"), validators=[InputRequired(_DAY)])
    note = TextAreaField(_l("Un mot pour le public"), validators=[at_most(2000)])


class AbandonForm(Form):
    """Why a winning project is given up."""

    reason = TextAreaField(
        _l("Pourquoi ce projet est-il abandonné ?"),
        description=_l("Ses auteurs et le public le liront."),
        validators=[needed(_l("Dites pourquoi ce projet est abandonné.")), at_most(2000)],
    )
