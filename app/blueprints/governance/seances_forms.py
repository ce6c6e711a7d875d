"""The forms of a séance: its agenda, its attendance, what is followed, its minutes, its rules."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, DateTimeLocalField, HiddenField, IntegerField, RadioField, SelectField
from wtforms import StringField as Line
from wtforms import TextAreaField as Text
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import NumberRange, Optional, ValidationError

from app.domain.governance.models import DecisionKind, ItemKind, VoteChoice, VoteKind
from app.domain.governance.rules import PROPOSERS
from app.web.forms import Form, at_most, choice, needed, typed_in

COLLEGE = "college_"
WHEN = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
PROPOSERS_WORDS = {"members": _l("Tous les membres"), "leaders": _l("Celles et ceux qui animent")}


def whole(label: Any) -> IntegerField:
    """A number that is not negative, or nothing."""
    return IntegerField(label, validators=[Optional(), NumberRange(min=0, max=100000)])


def chosen(message: Any) -> Callable[[Form, SelectField], None]:
    """One of the people offered, in our words."""

    def check(_form: Form, field: SelectField) -> None:
        if not field.data or str(field.data) not in {str(offered.data) for offered in field}:
            raise ValidationError(message)

    return check


class ItemForm(Form):
    """A subject."""

    title = Line(_l("Quel sujet ?"), validators=[needed(_l("Écrivez le sujet en quelques mots.")), at_most(200)])
    kind = RadioField(
        _l("Qu’en attend-on ?"),
        choices=[choice(kind.value, kind.label) for kind in ItemKind],
        default=ItemKind.DISCUSSION.value,
        validators=[needed(_l("Choisissez ce qu’on en attend."))],
    )
    words = Text(_l("Que faut-il savoir avant d’en parler ?"), validators=[at_most(4000)])
    presenter = Line(_l("Qui le présente ?"), validators=[at_most(200)])
    minutes_foreseen = whole(_l("Combien de minutes ?"))


class ReasonForm(Form):
    """A reason."""

    reason = Text(_l("Pourquoi ?"), validators=[at_most(2000)])


class PaperForm(Form):
    """A document."""

    title = Line(
        _l("Comment s’appelle ce document ?"), validators=[needed(_l("Donnez un nom au document.")), at_most(200)]
    )
    paper = FileField(_l("Quel fichier ? Un PDF ou une photo."))


class GuestForm(Form):
    """Somebody invited."""

    name = Line(_l("Qui invitez-vous ?"), validators=[needed(_l("Écrivez le nom de la personne.")), at_most(200)])
    quality = Line(_l("En quelle qualité ?"), validators=[at_most(200)])
    email = Line(_l("Adresse e-mail"), validators=[at_most(254)])


class ProofForm(Form):
    """How a letter went."""

    proof = Line(_l("Comment la lettre est-elle partie ?"), validators=[at_most(200)])


class TabletForm(Form):
    """Whose name was touched."""

    mandate = SelectField(
        _l("Votre nom"), coerce=int, validate_choice=False, validators=[chosen(_l("Touchez votre nom dans la liste."))]
    )


class SignatureForm(Form):
    """What was drawn, as the address of a picture that the page makes."""

    drawing = HiddenField()

    def png(self) -> bytes:
        """The bytes of the drawing; none when it is not a picture."""
        head, _comma, body = (self.drawing.data or "").partition(",")
        try:
            return base64.b64decode(body, validate=True) if head == "data:image/png;base64" else b""
        except ValueError:
            return b""


class ProxyForm(Form):
    """Who speaks for whom."""

    giver = SelectField(
        _l("Qui donne son pouvoir ?"), coerce=int, validate_choice=False,
        validators=[chosen(_l("Choisissez qui donne son pouvoir."))],
    )  # fmt: skip
    proxy_to = SelectField(
        _l("À qui ?"), coerce=int, validate_choice=False,
        validators=[chosen(_l("Choisissez à qui le pouvoir est donné."))],
    )  # fmt: skip

    @classmethod
    def of(cls, members: Sequence[SelectChoice]) -> ProxyForm:
        """The form for those who sit."""
        form = cls()
        form.giver.choices = form.proxy_to.choices = [choice(0, _l("Choisissez")), *members]
        return form


class AbsenceForm(Form):
    """A member will not come."""

    words = Line(_l("Voulez-vous laisser un mot ?"), validators=[at_most(300)])
    proxy_to = SelectField(_l("À qui donnez-vous votre voix ?"), coerce=int)


class CodeForm(Form):
    """The code of the room."""

    code = Line(
        _l("Quel code est affiché dans la salle ?"), validators=[needed(_l("Tapez les six chiffres affichés."))]
    )


class OpeningForm(Form):
    """Who presides and who writes."""

    presided_by = Line(
        _l("Qui préside ?"),
        validators=[needed(_l("Écrivez qui préside : le compte rendu doit le dire.")), at_most(300)],
    )
    secretaries = Line(
        _l("Qui prend les notes ?"), validators=[needed(_l("Écrivez qui prend les notes.")), at_most(300)]
    )


class FollowForm(Form):
    """What is said and decided."""

    version = HiddenField()
    points = Text(_l("Qu’est-ce qui s’est dit ?"), validators=[at_most(8000)])
    decision = Text(_l("Qu’est-ce qui est décidé ?"), validators=[at_most(4000)])
    decision_kind = SelectField(
        _l("De quelle sorte de décision s’agit-il ?"),
        choices=[choice("", _l("Pas de décision")), *[choice(kind.value, kind.label) for kind in DecisionKind]],
    )
    vote_kind = SelectField(
        _l("Comment a-t-on voté ?"),
        choices=[choice("", _l("On n’a pas voté")), *[choice(kind.value, kind.label) for kind in VoteKind]],
    )
    votes_for = whole(_l("Pour"))
    votes_against = whole(_l("Contre"))
    votes_abstain = whole(_l("Abstentions"))
    votes_blank = whole(_l("Blancs"))
    counted_by = Line(_l("Qui a compté les bulletins ?"), validators=[at_most(300)])
    dissent = Text(_l("Qui pense autrement, et pourquoi ?"), validators=[at_most(4000)])
    # What goes with it on the same screen: whichever button is pressed, everything typed is kept.
    what = Line(_l("Que faut-il faire ?"), validators=[at_most(300)])
    responsible = Line(_l("Qui s’en charge ?"), validators=[at_most(200)])
    due_on = DateField(_l("Avant quel jour ?"), validators=[Optional()])
    mandate_id = SelectField(_l("Qui se retire de ce sujet ?"), coerce=int, default=0)
    reason = Line(_l("Pourquoi se retirer ?"), validators=[at_most(1000)])
    why = Line(_l("Pourquoi le reporter ?"), validators=[at_most(1000)])

    @classmethod
    def of(cls, members: Sequence[tuple[int, str]], voters: Sequence[tuple[int, str]], **values: Any) -> FollowForm:
        """The form for those who sit; ``voters`` each answer by name, when the rules of the body ask for it."""
        choices = [choice("", _l("Ne vote pas")), *[choice(one.value, one.label) for one in VoteChoice]]
        by_name = {f"voix_{number}": SelectField(name, choices=choices) for number, name in voters}
        form: FollowForm = type("FollowByName", (cls,), by_name)(**values)
        form.mandate_id.choices = [choice(0, _l("Personne")), *[choice(number, name) for number, name in members]]
        return form

    @property
    def by_name(self) -> list[Any]:
        """The answers of those who vote by name."""
        return [field for field in self if field.name.startswith("voix_")]

    def named(self) -> dict[int, VoteChoice]:
        """Who voted what."""
        return {int(field.name.removeprefix("voix_")): VoteChoice(field.data) for field in self.by_name if field.data}


class SecondCallForm(Form):
    """When the second call takes place."""

    starts_at = DateTimeLocalField(
        _l("Quel jour et à quelle heure ?"), format=WHEN,
        validators=[needed(_l("Donnez le jour et l’heure, par exemple 03/06/2027 18:30."))],
    )  # fmt: skip


class SettleForm(Form):
    """What became of an action."""

    words = Text(_l("Que s’est-il passé ?"), validators=[at_most(2000)])


class FunctioningForm(Form):
    """How a body meets, in plain questions."""

    quorum = Line(_l("Quelle part des voix faut-il pour décider ?"), validators=[at_most(20)])
    second_call_quorum = Line(_l("Et à la seconde convocation ?"), validators=[at_most(20)])
    second_call_days = whole(_l("Combien de jours avant la seconde convocation ?"))
    proxies_count = BooleanField(_l("Les pouvoirs comptent dans le quorum"))
    recused_leave_quorum = BooleanField(_l("Qui se retire d’un sujet ne compte plus dans le quorum"))
    named_votes = BooleanField(_l("À main levée, on note le nom de chaque personne et ce qu’elle a voté"))
    proxies_per_person = whole(_l("Combien de pouvoirs une personne peut-elle porter ?"))
    notice_days = whole(_l("Combien de jours avant la séance envoie-t-on la convocation ?"))
    minutes_days = whole(_l("En combien de jours le compte rendu est-il envoyé ?"))
    proposers = RadioField(
        _l("Qui peut proposer un sujet ?"), choices=[choice(code, PROPOSERS_WORDS[code]) for code in PROPOSERS],
        validators=[needed(_l("Choisissez qui peut proposer un sujet."))],
    )  # fmt: skip
    propose_until_days = whole(_l("Jusqu’à combien de jours avant la séance ?"))
    seance_minutes = whole(_l("Combien de minutes dure une séance d’habitude ?"))
    signature_days = IntegerField(
        _l("Combien de jours garde-t-on les signatures dessinées sur la tablette ?"),
        description=_l("Laissez vide si l’on ne signe pas en dessinant : la présence notée suffit."),
        validators=[Optional(), NumberRange(min=0, max=3650)],
    )  # fmt: skip
    answer_days = IntegerField(
        _l("En combien de jours l’instance répond-elle à un avis qu’elle reçoit ?"),
        validators=[Optional(), NumberRange(1, 730, _l("Écrivez un nombre de jours entre 1 et 730."))],
        description=_l("Compté depuis l’envoi. Passé ce délai, le retard est public."),
    )
    in_force_on = DateField(_l("À partir de quel jour ?"), validators=[needed(_l("Donnez le jour."))])
    source = Line(
        _l("Qui l’a décidé, et quand ?"),
        validators=[needed(_l("Écrivez par exemple « séance du 12 mai ».")), at_most(300)],
    )

    # The conditions of the colleges come with the quorum they add to.
    @classmethod
    def of(cls, colleges: Sequence[tuple[str, str]], held: Mapping[str, str], **values: Any) -> FunctioningForm:
        """The form, with one more question for each college (its code and its name)."""
        asked = {
            f"{COLLEGE}{code}": Line(
                _l("Et quelle part des voix de « %(name)s » ?", name=name), validators=[at_most(20)],
                default=held.get(code, ""),
            )
            for code, name in colleges
        }  # fmt: skip
        made = type("FunctioningOfColleges", (cls,), {**asked, "asked_first": ("quorum", *asked)})
        form: FunctioningForm = made(**values)
        return form

    def college_quorums(self) -> dict[str, str]:
        """What was typed for each college; an empty answer asks for nothing."""
        return {
            field.name.removeprefix(COLLEGE): typed_in(field)
            for field in self
            if field.name.startswith(COLLEGE) and field.data
        }
