"""The forms of an edition: its presentation, its calendar, and the acts that need nothing but a button."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.processes.models import Degree, PhaseCode, Process
from app.domain.processes.rules import ORDER, Span
from app.domain.processes.services import Description
from app.domain.shared import clock
from app.domain.shared.refusals import Refusal
from app.domain.territories.models import Contract, Quartier
from app.web.forms import Form, at_most, choice, needed


class ConfirmForm(Form):
    """A form that holds nothing but the button of an act."""


class DescriptionForm(Form):
    """What people read first."""

    contract_id = SelectField(_l("Dans quel contrat de ville ?"), coerce=int)
    title = StringField(
        _l("Quel est le nom de cette édition ?"),
        description=_l("Par exemple « Budget participatif 2027 »."),
        validators=[needed(_l("Donnez un nom à cette édition.")), at_most(200)],
    )
    object = TextAreaField(
        _l("De quoi s’agit-il ?"),
        description=_l("Deux ou trois phrases, comme à une voisine."),
        validators=[needed(_l("Dites en quelques phrases de quoi il s’agit.")), at_most(3000)],
    )
    stakes = TextAreaField(
        _l("Qu’est-ce qui est en jeu ?"),
        description=_l("Ce que les gens peuvent changer, et ce qui n’est pas discuté."),
        validators=[at_most(3000)],
    )
    degree = RadioField(
        _l("Jusqu’où les gens décident-ils ?"),
        choices=[choice(degree.value, degree.label) for degree in Degree],
        validators=[InputRequired(_l("Choisissez jusqu’où les gens décident."))],
    )
    decided_by = StringField(
        _l("Qui décide à la fin ?"),
        description=_l("Par exemple « Le conseil municipal confirme les projets choisis par le vote »."),
        validators=[needed(_l("Dites qui décide à la fin.")), at_most(300)],
    )
    public_words = StringField(
        _l("À qui s’adresse-t-elle ?"),
        description=_l("En quelques mots, par exemple « Toutes les personnes de plus de 11 ans »."),
        validators=[at_most(300)],
    )
    quartier_ids = SelectMultipleField(
        _l("Quels quartiers sont concernés ?"),
        description=_l("Sans choix, tous les quartiers du contrat le sont."),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def offer(self, contracts: Sequence[Contract], quartiers: Sequence[Quartier]) -> None:
        """Gives the lists to choose from."""
        self.contract_id.choices = [choice(contract.id, contract.name) for contract in contracts]
        self.quartier_ids.choices = [choice(quartier.id, quartier.name) for quartier in quartiers]

    def description(self) -> Description:
        """What was typed, for the domain."""
        return Description(
            title=self.title.data or "",
            object=self.object.data or "",
            stakes=self.stakes.data or "",
            degree=Degree(self.degree.data),
            decided_by=self.decided_by.data or "",
            public_words=self.public_words.data or "",
        )

    @staticmethod
    def read(process: Process) -> dict[str, Any]:
        """What the form shows of a démarche. Needs ``quartiers`` loaded."""
        return {
            "contract_id": process.contract_id,
            "title": process.title,
            "object": process.object,
            "stakes": process.stakes,
            "degree": process.degree.value,
            "decided_by": process.decided_by,
            "public_words": process.public_words,
            "quartier_ids": [quartier.id for quartier in process.quartiers],
        }


class CalendarForm(Form):
    """The first and the last day of each phase; a phase lasts until the midnight that ends its last day."""

    def spans(self) -> dict[PhaseCode, Span]:
        """The dates typed, as instants: from the first minute of the first day to the midnight of the last."""
        return {
            code: Span(clock.start_of(self[f"{code.value}_first"].data), clock.end_of(self[f"{code.value}_last"].data))
            for code in ORDER
        }

    def refuse(self, refusal: Refusal) -> None:
        """A refusal about a phase is shown on its first day."""
        name = f"{refusal.field}_first"
        if name in self._fields:
            refusal = Refusal(refusal.sentence, field=name, code=refusal.code)
        super().refuse(refusal)

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Each phase with its two fields, in order."""
        return [(code.label, self[f"{code.value}_first"], self[f"{code.value}_last"]) for code in ORDER]

    @staticmethod
    def read(process: Process) -> dict[str, Any]:
        """The dates of a démarche, as days of Paris. Needs ``phases`` loaded."""
        data: dict[str, Any] = {}
        for phase in process.phases:
            data[f"{phase.code.value}_first"] = clock.in_paris(phase.starts_at).date()
            data[f"{phase.code.value}_last"] = clock.in_paris(phase.ends_at - timedelta(seconds=1)).date()
        return data


for _code in ORDER:
    setattr(
        CalendarForm,
        f"{_code.value}_first",
        DateField(_l("Premier jour"), validators=[InputRequired(_l("Indiquez le premier jour de cette phase."))]),
    )
    setattr(
        CalendarForm,
        f"{_code.value}_last",
        DateField(_l("Dernier jour (compris)"), validators=[InputRequired(_l("Indiquez le dernier jour."))]),
    )
