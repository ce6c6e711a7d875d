"""The forms of an interpellation: its text, and each of its steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField, TextAreaField

from app.domain.councils.models import Interpellation
from app.domain.councils.services import InterpellationText, Letter
from app.domain.governance.models import Body, Seance
from app.web.forms import Form, at_most, choice, needed
from app.web.i18n import moment


def _day(label: Any) -> DateField:
    return DateField(label, validators=[needed(_l("Donnez le jour."))])


class InterpellationForm(Form):
    """What the conseil brings to the préfet."""

    subject = StringField(
        _l("En quelques mots, quelle est la difficulté ?"),
        validators=[needed(_l("Dites la difficulté en quelques mots.")), at_most(200)],
    )
    quartier = SelectField(_l("Où se pose-t-elle ?"))
    difficulty = TextAreaField(
        _l("Que vivent les habitantes et les habitants ?"),
        validators=[needed(_l("Racontez la difficulté : c’est ce que le préfet lira.")), at_most(8000)],
    )
    evidence = TextAreaField(_l("Qu’est-ce qui le montre ?"), validators=[at_most(8000)])
    wish = TextAreaField(
        _l("Que souhaitez-vous ?"), validators=[needed(_l("Dites ce que vous souhaitez.")), at_most(8000)]
    )

    @classmethod
    def of(cls, body: Body, interpellation: Interpellation | None = None) -> InterpellationForm:
        """The form, empty or filled with a draft."""
        names = ("subject", "difficulty", "evidence", "wish")
        held = {name: getattr(interpellation, name) for name in names} if interpellation else {}
        chosen = interpellation.quartier_id if interpellation else None
        form = cls(data={**held, "quartier": str(chosen or "")})
        known = [choice(quartier.id, quartier.name) for quartier in body.quartiers]
        form.quartier.choices = [choice("", _l("Partout")), *known]
        return form

    def text(self) -> InterpellationText:
        """What was typed, as the domain takes it."""
        return InterpellationText(
            subject=self.subject.data or "", difficulty=self.difficulty.data or "", evidence=self.evidence.data or "",
            wish=self.wish.data or "", quartier_id=int(self.quartier.data) if self.quartier.data else None,
        )  # fmt: skip


class SendingForm(Form):
    """When and how it left."""

    happened_on = _day(_l("Quel jour est-elle partie ?"))
    words = TextAreaField(
        _l("Comment l’avez-vous envoyée ?"),
        validators=[needed(_l("Dites comment : lettre recommandée, remise en main propre, courriel.")), at_most(2000)],
    )


class LetterForm(Form):
    """A letter of the préfet, transcribed."""

    happened_on = _day(_l("Quelle est la date de la lettre ?"))
    letter_reference = StringField(
        _l("Quelle est la référence de la lettre ?"),
        validators=[needed(_l("Recopiez la référence de la lettre du préfet.")), at_most(120)],
    )
    words = TextAreaField(
        _l("Que dit la lettre ?"),
        validators=[needed(_l("Recopiez ce que dit la lettre, sans rien y changer.")), at_most(12000)],
    )

    def letter(self) -> Letter:
        """What was typed, as the domain takes it."""
        # The form was read: its day is there.
        happened_on: date = self.happened_on.data  # type: ignore[assignment]
        return Letter(happened_on, self.words.data or "", self.letter_reference.data or "")


class AgendaForm(Form):
    """At which séance of the steering committee it is heard."""

    seance = SelectField(_l("À quelle séance du comité de pilotage ?"), coerce=int)
    words = TextAreaField(_l("Sous quel point de l’ordre du jour ?"), validators=[at_most(2000)])

    @classmethod
    def of(cls, seances: Sequence[Seance]) -> AgendaForm:
        """The form, with the séances planned."""
        form = cls()
        form.seance.choices = [choice(one.id, f"{one.body.name}, {moment(one.starts_at)}") for one in seances]
        return form


class ClosingForm(Form):
    """What came of it, in the words of the conseil."""

    words = TextAreaField(
        _l("Qu’est-ce que cette interpellation a changé ?"),
        validators=[needed(_l("Dites ce qui a changé, ou que rien n’a changé.")), at_most(4000)],
    )
