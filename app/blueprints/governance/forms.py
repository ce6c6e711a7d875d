"""The forms of governance: search the register, correct a record, prepare bodies and séances."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateTimeLocalField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms import TextAreaField as Text
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.governance.models import BodyKind
from app.web.forms import Form, at_most, choice, needed


class SearchForm(Form):
    """Words of a title; sent by GET, so that a search has an address."""

    class Meta(Form.Meta):
        csrf = False

    q = StringField(_l("Chercher dans les titres"))


class CorrectionForm(Form):
    """Why a record is wrong, and what should be read."""

    reason = Text(
        _l("Pourquoi faut-il corriger cette pièce ?"),
        validators=[needed(_l("Écrivez la raison de la correction : elle sera publique.")), at_most(1000)],
    )
    corrected = Text(
        _l("Que faut-il lire à la place ?"),
        validators=[needed(_l("Écrivez les faits corrigés, tels qu’ils doivent être lus.")), at_most(8000)],
    )


class BodyForm(Form):
    """An instance."""

    name = StringField(
        _l("Comment s’appelle l’instance ?"),
        validators=[
            needed(_l("Écrivez le nom de l’instance, par exemple « Conseil citoyen des Genêts ».")),
            at_most(200),
        ],
    )
    kind = RadioField(
        _l("De quelle sorte d’instance s’agit-il ?"),
        choices=[choice(kind.value, kind.label) for kind in BodyKind],
        validators=[needed(_l("Choisissez la sorte d’instance."))],
    )
    contract_id = SelectField(_l("Quel contrat de ville ?"), coerce=int)
    quartier_ids = SelectMultipleField(
        _l("Quels quartiers ? Aucun si elle les concerne tous."),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


class SeanceForm(Form):
    """A séance: its hour is needed, its place and agenda may come later."""

    title = StringField(
        _l("Quel est le titre de la séance ?"),
        validators=[needed(_l("Écrivez un titre, par exemple « Séance de rentrée ».")), at_most(200)],
    )
    starts_at = DateTimeLocalField(
        _l("Quel jour et à quelle heure ?"),
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        validators=[needed(_l("Donnez le jour et l’heure, par exemple 03/06/2027 18:30."))],
    )
    ends_at = DateTimeLocalField(
        _l("Jusqu’à quand ?"),
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        validators=[Optional()],
    )
    place = StringField(_l("Où ?"), validators=[at_most(200)])
    access = StringField(_l("Comment y entre-t-on ?"), validators=[at_most(300)])
    childcare = StringField(_l("Qui garde les enfants pendant la séance ?"), validators=[at_most(300)])
    interpreter = StringField(_l("Y aura-t-il quelqu’un pour traduire ?"), validators=[at_most(300)])
    introduction = Text(_l("Que voulez-vous dire en invitant ?"), validators=[at_most(2000)])
    agenda = Text(_l("De quoi parlera-t-on ?"), validators=[at_most(4000)])
    also = SelectMultipleField(
        _l("D’autres instances se réunissent-elles avec elle ?"),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    is_public = BooleanField(_l("Tout le monde peut venir"), default=True)
