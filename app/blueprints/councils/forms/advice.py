"""The forms of an avis: its text, where it goes, what it is answered."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField

from app.domain.councils.models import Avis, AvisItem, ItemAnswer
from app.domain.councils.rules.advice import Answered
from app.web.forms import Form, at_most, choice, needed


class AvisForm(Form):
    """What the conseil says, and what it asks."""

    subject = StringField(
        _l("Sur quoi porte cet avis ?"),
        validators=[needed(_l("Dites en quelques mots sur quoi porte cet avis.")), at_most(200)],
    )
    context = TextAreaField(_l("Pourquoi le conseil donne-t-il son avis ?"), validators=[at_most(8000)])
    demands = TextAreaField(
        _l("Que demande le conseil ?"), validators=[needed(_l("Écrivez au moins une demande.")), at_most(12000)]
    )

    @classmethod
    def of(cls, avis: Avis | None) -> AvisForm:
        """The form, empty or filled with a draft."""
        if avis is None:
            return cls()
        demands = "\n".join(item.text for item in avis.items)
        return cls(data={"subject": avis.subject, "context": avis.context, "demands": demands})

    def typed(self) -> dict[str, Any]:
        """What was typed, as the services take it: one item by line."""
        return {
            "subject": self.subject.data or "",
            "context": self.context.data or "",
            "items": (self.demands.data or "").splitlines(),
        }


class SendForm(Form):
    """To which body an avis goes."""

    addressed = SelectField(_l("À quelle instance l’adressez-vous ?"), coerce=int)


def unanswered(avis: Avis) -> list[AvisItem]:
    """The items that wait for their answer."""
    return [item for item in avis.items if item.answer is None]


def answer_form(avis: Avis) -> Form:
    """A form with an answer and a reason for each item that waits."""
    fields: dict[str, Any] = {}
    for item in unanswered(avis):
        fields[f"answer_{item.position}"] = RadioField(
            _l("Votre réponse à la demande %(number)d", number=item.position),
            choices=[choice("", _l("Pas encore")), *(choice(one.value, one.label) for one in ItemAnswer)],
            default="",
        )
        fields[f"reason_{item.position}"] = TextAreaField(
            _l("Pourquoi, et que ferez-vous ?"), validators=[at_most(4000)]
        )
    return type("AnswerForm", (Form,), fields)()


def answers_in(form: Form, avis: Avis) -> dict[int, Answered]:
    """The answers given in a form, by number of item."""
    return {
        item.position: Answered(
            ItemAnswer(form[f"answer_{item.position}"].data), form[f"reason_{item.position}"].data or ""
        )
        for item in unanswered(avis)
        if form[f"answer_{item.position}"].data
    }
