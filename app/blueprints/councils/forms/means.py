"""The forms of the means: places and equipment, grants and their lines, trainings, accompaniment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.councils.models import CouncilEnvelope, LineCategory, LineKind, MeansKind
from app.domain.councils.services import Mission, Movement
from app.domain.governance.models import Mandate
from app.domain.shared import clock
from app.web.forms import EurosField, Form, at_most, choice, needed


def _text(label: Any, most: int, sentence: Any = None) -> StringField:
    return StringField(label, validators=[*([needed(sentence)] if sentence else []), at_most(most)])


def _day(label: Any) -> DateField:
    return DateField(label, default=clock.today, validators=[needed(_l("Donnez le jour."))])


def _euros(label: Any) -> EurosField:
    return EurosField(label, validators=[needed(_l("Écrivez un montant en euros, par exemple 350."))])


def _year() -> IntegerField:
    sentence = _l("Écrivez une année, par exemple 2027.")
    return IntegerField(
        _l("Pour quelle année ?"), default=lambda: clock.today().year,
        validators=[needed(sentence), NumberRange(2000, 2100, sentence)],
    )  # fmt: skip


class MeansForm(Form):
    """A place or a piece of equipment."""

    kind = RadioField(
        _l("Qu’est-ce que c’est ?"),
        choices=[choice(kind.value, kind.label) for kind in MeansKind],
        validators=[needed(_l("Choisissez ce que c’est."))],
    )
    name = _text(_l("Comment le nommer ?"), 200, _l("Nommez-le, par exemple « Salle 2, maison du projet »."))
    provider = _text(_l("Qui le prête ?"), 200)
    conditions = TextAreaField(_l("Quand et comment s’en servir ?"), validators=[at_most(2000)])
    since = _day(_l("Depuis quel jour ?"))

    def typed(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        return {
            "kind": MeansKind(self.kind.data), "name": self.name.data or "", "provider": self.provider.data or "",
            "conditions": self.conditions.data or "", "since": self.since.data,
        }  # fmt: skip


class EnvelopeForm(Form):
    """What a contract sets aside in a year."""

    year = _year()
    cents = _euros(_l("Combien le contrat prévoit-il pour tous les conseils ?"))
    base_cents = _euros(_l("Combien propose-t-on à chaque conseil, quelle que soit sa taille ?"))
    per_seat_cents = _euros(_l("Et combien de plus par siège ?"))

    @classmethod
    def of(cls, envelope: CouncilEnvelope | None) -> EnvelopeForm:
        """The form, empty or filled with the envelope of the year."""
        return cls(obj=envelope)

    def typed(self) -> dict[str, Any]:
        """What was typed, in cents."""
        return {
            "year": self.year.data, "cents": self.cents.cents or 0, "base_cents": self.base_cents.cents or 0,
            "per_seat_cents": self.per_seat_cents.cents or 0,
        }  # fmt: skip


class GrantForm(Form):
    """A grant for a year."""

    year = _year()
    amount = _euros(_l("Combien accorde-t-on ?"))
    decided_by = _text(_l("Quel acte l’a décidé ?"), 200, _l("Nommez l’acte, par exemple « délibération du 3 juin »."))


# A correction names the line it undoes: it has its own page.
WRITTEN = (LineKind.SPENDING, LineKind.REFUND, LineKind.RECEIVED)


class LineForm(Form):
    """A movement of money."""

    kind = RadioField(
        _l("Qu’est-ce que c’est ?"),
        choices=[choice(kind.value, kind.label) for kind in WRITTEN],
        validators=[needed(_l("Choisissez ce que c’est."))],
    )
    category = SelectField(
        _l("Pour quoi faire ?"),
        choices=[choice("", _l("Sans objet, pour un versement")), *(choice(c.value, c.label) for c in LineCategory)],
    )
    label = _text(_l("Décrivez en quelques mots"), 200, _l("Dites de quoi il s’agit. Aucun nom de personne."))
    amount = _euros(_l("Quel montant ?"))
    happened_on = _day(_l("Quel jour ?"))

    def movement(self) -> Movement:
        """What was typed, as the domain takes it."""
        category = LineCategory(self.category.data) if self.category.data else None
        # The form was read: its day is there.
        return Movement(
            LineKind(self.kind.data), category, self.label.data or "", self.amount.cents or 0,
            self.happened_on.data,  # type: ignore[arg-type]
        )  # fmt: skip


class CorrectLineForm(Form):
    """Why a line is wrong."""

    reason = _text(_l("Pourquoi cette ligne est-elle fausse ?"), 200, _l("Dites pourquoi : la correction le garde."))


class TrainingForm(Form):
    """A training and who came."""

    title = _text(_l("Sur quoi portait la formation ?"), 200, _l("Dites sur quoi elle portait."))
    held_on = _day(_l("Quel jour ?"))
    provider = _text(_l("Qui l’a donnée ?"), 200)
    words = TextAreaField(_l("Que faut-il en retenir ?"), validators=[at_most(2000)])
    members = SelectMultipleField(
        _l("Qui est venu ?"), coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )

    @classmethod
    def of(cls, mandates: Sequence[Mandate]) -> TrainingForm:
        """The form, with those who sit."""
        form = cls()
        form.members.choices = [choice(one.member_id, one.member.full_name) for one in mandates]
        return form

    def typed(self) -> dict[str, Any]:
        """What was typed, but who came."""
        return {
            "title": self.title.data or "", "held_on": self.held_on.data, "provider": self.provider.data or "",
            "words": self.words.data or "",
        }  # fmt: skip


class MissionForm(Form):
    """A mission of help."""

    mission = _text(_l("Quelle est la mission ?"), 200, _l("Dites quelle est la mission."))
    provider = _text(_l("Qui accompagne le conseil ?"), 200, _l("Dites qui accompagne le conseil."))
    starts_on = _day(_l("Depuis quel jour ?"))
    ends_on = _day(_l("Jusqu’à quel jour ?"))
    words = TextAreaField(_l("Que fait cette personne ou cette structure ?"), validators=[at_most(2000)])
    is_renewable = BooleanField(_l("La mission peut être renouvelée"))

    def typed(self) -> Mission:
        """What was typed, as the domain takes it."""
        return Mission(
            mission=self.mission.data or "", provider=self.provider.data or "", words=self.words.data or "",
            starts_on=self.starts_on.data, ends_on=self.ends_on.data,  # type: ignore[arg-type]  # the form was read
            is_renewable=bool(self.is_renewable.data),
        )  # fmt: skip
