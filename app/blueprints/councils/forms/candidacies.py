"""The forms of candidacies: one question per page, then everything is checked before the one act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional

from app.domain.councils.models import CandidacyChannel
from app.domain.councils.queries import OpenSeats
from app.domain.councils.services import Application
from app.domain.governance.models import Body, Gender, Recruitment
from app.web.forms import Form, at_most, choice, label_of, needed

# The pages in their order, and the answers each one asks for.
STEPS: Final = {
    "siege": ("seat_type_id",),
    "nom": ("first_name", "last_name", "organisation_name", "quality"),
    "vous": ("quartier_id", "birth_year", "gender"),
    "joindre": ("phone", "email", "channel"),
    "mots": ("motivation",),
}
CHECK: Final = "relire"


class CandidacyForm(Form):
    """What somebody answers, page after page; each page carries the answers of the others."""

    seat_type_id = RadioField(
        _l("Pour quel siège vous proposez-vous ?"),
        coerce=str,
        validators=[needed(_l("Choisissez un siège dans la liste."))],
    )
    first_name = StringField(_l("Prénom"), validators=[needed(_l("Écrivez votre prénom.")), at_most(80)])
    last_name = StringField(_l("Nom de famille"), validators=[needed(_l("Écrivez votre nom de famille.")), at_most(80)])
    organisation_name = StringField(
        _l("Votre association ou votre structure"),
        validators=[at_most(200)],
        description=_l("Seulement si vous venez pour elle."),
    )
    quality = StringField(_l("Ce que vous y faites"), validators=[at_most(120)])
    quartier_id = SelectField(_l("Dans quel quartier habitez-vous ?"))
    birth_year = IntegerField(
        _l("En quelle année êtes-vous né ou née ?"),
        validators=[Optional(), NumberRange(1901, 2100, _l("Écrivez une année en quatre chiffres, par exemple 1984."))],
        description=_l("Certains sièges ont une condition d’âge. L’année suffit."),
    )
    gender = SelectField(
        _l("Femme, homme ?"),
        default=Gender.UNDECLARED.value,
        description=_l("La loi demande autant de femmes que d’hommes. Vous pouvez ne pas répondre."),
    )
    phone = StringField(_l("Téléphone"), validators=[at_most(40)])
    email = EmailField(_l("Adresse électronique"), validators=[at_most(254)])
    channel = SelectField(_l("Comment cette personne s’est-elle proposée ?"))
    motivation = TextAreaField(
        _l("Pourquoi voulez-vous siéger ?"),
        validators=[needed(_l("Dites en quelques mots pourquoi.")), at_most(2000)],
        description=_l("Quelques mots suffisent. Seules les personnes qui lisent les candidatures les voient."),
    )

    @classmethod
    def of(cls, body: Body, seats: Sequence[OpenSeats], staff: bool) -> CandidacyForm:
        """The form with the seats of a body; the way it was received is asked of staff only."""
        form = cls()
        form.seats = {str(one.seat_type.id): one for one in seats}
        form.seat_type_id.choices = [
            choice(one.seat_type.id, f"{one.seat_type.name} ({one.seat_type.recruitment.label})") for one in seats
        ]
        form.quartier_id.choices = [
            choice("", _l("Aucun de ces quartiers")),
            *(choice(one.id, one.name) for one in body.quartiers),
        ]
        form.gender.choices = [choice(one.value, one.label) for one in Gender]
        form.channel.choices = [
            choice(one.value, one.label) for one in CandidacyChannel if one is not CandidacyChannel.ONLINE
        ]
        if not staff:
            del form.channel
        return form

    seats: dict[str, OpenSeats]

    def names_of(self, step: str) -> list[str]:
        """The answers of one page that this form asks for."""
        names = [name for name in STEPS[step] if name in self._fields]
        if step == "nom" and not self.is_for_an_organisation:
            names = [name for name in names if name not in {"organisation_name", "quality"}]
        return names

    @property
    def is_for_an_organisation(self) -> bool:
        """Whether the seat chosen is one of an association or a local actor."""
        one = self.seats.get(str(self.seat_type_id.data))
        return one is not None and one.seat_type.recruitment is Recruitment.APPLICATION

    def passes(self, step: str) -> bool:
        """Whether the answers of one page hold; says what to do on each that does not."""
        self.validate()
        for name, field in self._fields.items():
            if name not in self.names_of(step):
                field.errors = []
        return not any(field.errors for field in self)

    def first_fault(self) -> str | None:
        """The first page that holds a fault, now that all are read."""
        return next((step for step in STEPS if any(self[name].errors for name in self.names_of(step))), None)

    def hidden_for(self, step: str) -> list[tuple[str, str]]:
        """The answers of the other pages, which the page carries."""
        shown = self.names_of(step) if step in STEPS else []
        kept = [name for name in self._fields if name not in {*shown, "csrf_token"}]
        return [(name, str(self[name].data if self[name].data is not None else "")) for name in kept]

    def recap(self) -> list[tuple[str, str, str]]:
        """What was answered, with the page where it can be changed."""
        return [(label_of(self[name]), self.told(name), step) for step in STEPS for name in self.names_of(step)]

    def told(self, name: str) -> str:
        """An answer in words."""
        field: Any = self[name]
        if hasattr(field, "choices"):
            return next((str(label) for value, label, *_ in map(tuple_of, field.choices) if value == field.data), "–")
        return str(field.data or "–")

    def application(self) -> Application:
        """What was typed, as the domain takes it."""
        return Application(
            first_name=self.first_name.data or "", last_name=self.last_name.data or "",
            motivation=self.motivation.data or "", email=self.email.data or "", phone=self.phone.data or "",
            gender=Gender(self.gender.data), birth_year=self.birth_year.data,
            quartier_id=int(self.quartier_id.data) if self.quartier_id.data else None,
            organisation_name=(self.organisation_name.data or "") if self.is_for_an_organisation else "",
            quality=(self.quality.data or "") if self.is_for_an_organisation else "",
        )  # fmt: skip


def tuple_of(option: Any) -> tuple[str, object]:
    """A choice as its code and its words."""
    return str(option.value), option.label


class DeclineForm(Form):
    """Why a candidacy is not retained."""

    reason = TextAreaField(
        _l("Pourquoi cette candidature n’est-elle pas retenue ?"),
        validators=[needed(_l("Écrivez la raison : la personne la lira.")), at_most(2000)],
        description=_l("La personne lit ces mots. Restez simple et poli."),
    )


class AnswerForm(Form):
    """What somebody answered to an invitation, told by staff."""

    answer = RadioField(
        _l("Qu’a répondu cette personne ?"),
        choices=[choice("oui", _l("Oui, elle siège")), choice("non", _l("Non, elle ne souhaite plus siéger"))],
        validators=[needed(_l("Dites ce que cette personne a répondu."))],
    )
    channel = RadioField(
        _l("Par quel moyen ?"),
        choices=[choice(one.value, one.label) for one in CandidacyChannel if one is not CandidacyChannel.ONLINE],
        validators=[needed(_l("Dites comment vous avez reçu sa réponse."))],
    )
