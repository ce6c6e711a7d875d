"""The forms of bodies: what each is, who sits, its papers; one group of questions each."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms import TextAreaField as Text
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.governance.models import (
    BodyKind,
    EndReason,
    Gender,
    LegalRegime,
    OfficeKind,
    PaperKind,
    Power,
    Recruitment,
    Standing,
)
from app.domain.governance.rules import presets
from app.web.forms import Form, at_most, choice, needed

DAY = _l("Donnez une date, par exemple 03/06/2027.")


def _number(label: object, least: int = 1, most: int = 1000) -> IntegerField:
    sentence = _l("Écrivez un nombre entier de %(least)d à %(most)d.", least=least, most=most)
    return IntegerField(label, validators=[Optional(), NumberRange(least, most, sentence)])  # type: ignore[arg-type]


def _codes(kinds: Any) -> list[Any]:
    return [choice(kind.value, kind.label) for kind in kinds]


def whole_or_none(text: str | None) -> int | None:
    """An id chosen in a list whose first line is nothing."""
    return int(text) if text and text.isdigit() else None


def _name() -> StringField:
    asked = _l("Écrivez le nom de l’instance, par exemple « Conseil citoyen des Genêts ».")
    return StringField(_l("Comment s’appelle l’instance ?"), validators=[needed(asked), at_most(200)])


def _quartiers() -> SelectMultipleField:
    return SelectMultipleField(
        _l("Quels quartiers ? Aucun si elle les concerne tous."), coerce=int, option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )  # fmt: skip


class BodyForm(Form):
    """A new instance, from a model."""

    name = _name()
    preset = RadioField(
        _l("De quelle sorte d’instance s’agit-il ?"), validators=[needed(_l("Choisissez la sorte d’instance."))]
    )
    contract_id = SelectField(_l("Quel contrat de ville ?"), coerce=int)
    quartier_ids = _quartiers()
    parent_id = SelectField(_l("De quelle instance dépend-elle ?"))

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.preset.choices = [choice(one.code, one.label, one.help) for one in presets().values()]


class IdentityForm(Form):
    """What it is."""

    name = _name()
    kind = RadioField(_l("De quelle sorte d’instance s’agit-il ?"), choices=_codes(BodyKind))
    purpose = Text(_l("À quoi sert-elle ?"), validators=[at_most(2000)])


class PerimeterForm(Form):
    """Where."""

    quartier_ids = _quartiers()
    perimeter = StringField(
        _l("Le périmètre en quelques mots, si les quartiers ne disent pas tout"), validators=[at_most(300)]
    )


class PowersForm(Form):
    """What it may, under which text, how often it meets."""

    power = RadioField(_l("Que peut-elle faire ?"), choices=_codes(Power))
    is_independent = BooleanField(_l("Elle est indépendante : les institutions n’écrivent pas dans son espace"))
    regime = RadioField(
        _l("Sous quel texte vit-elle ?"),
        choices=[choice("", _l("Aucun texte particulier")), *_codes(LegalRegime)],
    )
    yearly_seances = _number(_l("Combien de séances par an, au moins ?"), most=366)
    mandate_months = _number(_l("Combien de mois dure un mandat ?"), most=240)


class HostForm(Form):
    """To what it is attached, and who carries it in law."""

    parent_id = SelectField(_l("De quelle instance dépend-elle ?"))
    host = RadioField(
        _l("Qui la porte ?"),
        choices=[
            choice("none", _l("Personne en particulier")),
            choice("own", _l("Sa propre association")),
            choice("other", _l("Une autre structure, avec une convention")),
        ],
    )
    host_organisation_id = SelectField(_l("Quelle structure ?"))


class MergeForm(Form):
    """Into which body."""

    into_id = SelectField(_l("À quelle instance la réunir ?"), validators=[needed(_l("Choisissez une instance."))])


class ActForm(Form):
    """A confirmation: nothing to fill."""


class PaperForm(Form):
    """A dated paper."""

    kind = SelectField(_l("De quel document s’agit-il ?"), choices=_codes(PaperKind))
    title = StringField(
        _l("Quel est son titre ?"), validators=[needed(_l("Écrivez le titre du document.")), at_most(200)]
    )
    reference = StringField(_l("Son numéro ou sa référence"), validators=[at_most(120)])
    dated_on = DateField(_l("De quel jour est-il ?"), validators=[needed(DAY)])
    words = Text(_l("Ce qu’il dit"), validators=[at_most(8000)])
    paper = FileField(_l("Le fichier, un PDF ou une photo"))
    signatures = _number(_l("Combien de membres l’ont signé ?"), least=0, most=500)


class EntryForm(Form):
    """Somebody the relevés are sent to."""

    name = StringField(
        _l("À qui ?"), validators=[needed(_l("Écrivez le nom de la personne ou du service.")), at_most(200)]
    )
    email = StringField(
        _l("À quelle adresse e-mail ?"),
        validators=[needed(_l("Écrivez l’adresse e-mail, par exemple nom@exemple.fr.")), at_most(254)],
    )
    quality = StringField(_l("En quelle qualité ?"), validators=[at_most(200)])


class SeatsForm(Form):
    """How many seats."""

    total = IntegerField(
        _l("Combien de sièges en tout ?"),
        validators=[needed(_l("Écrivez un nombre de sièges.")), NumberRange(1, 500, _l("Entre 1 et 500 sièges."))],
    )


class ImportForm(Form):
    """A rule from a file."""

    file = FileField(_l("Quel fichier ?"), validators=[needed(_l("Choisissez un fichier JSON donné par cette page."))])
    source = StringField(_l("Qui l’a décidé, et quand ?"), validators=[at_most(300)])


class MemberForm(Form):
    """Who sits."""

    first_name = StringField(_l("Prénom"), validators=[needed(_l("Écrivez le prénom.")), at_most(80)])
    last_name = StringField(_l("Nom"), validators=[needed(_l("Écrivez le nom.")), at_most(80)])
    gender = RadioField(_l("Ce que la personne déclare"), choices=_codes(Gender), default=Gender.UNDECLARED.value)
    birth_year = _number(_l("Année de naissance"), least=1900, most=2100)
    quartier_id = SelectField(_l("Dans quel quartier habite-t-elle ?"))
    organisation_id = SelectField(_l("Pour quelle association ou structure siège-t-elle ?"))
    quality = StringField(_l("En quelle qualité ?"), validators=[at_most(200)])
    declared_free = RadioField(
        _l("A-t-elle déclaré n’être ni élue, ni de l’État, ni agente de la politique de la ville ?"),
        choices=[choice("", _l("Pas encore demandé")), choice("oui", _l("Oui")), choice("non", _l("Non"))],
        default="",
    )
    guardian_agreed = RadioField(
        _l("Si elle est mineure, son parent ou tuteur a-t-il donné son autorisation ?"),
        choices=[choice("", _l("Pas encore demandé")), choice("oui", _l("Oui")), choice("non", _l("Non"))],
        default="",
    )


class ContactForm(Form):
    """How a member is reached."""

    email = StringField(_l("Adresse e-mail"), validators=[at_most(254)])
    phone = StringField(_l("Numéro de téléphone"), validators=[at_most(40)])
    address = StringField(
        _l("Adresse postale"), description=_l("Pour les lettres seulement. Jamais publique."), validators=[at_most(300)]
    )


class MandateForm(Form):
    """The seat given."""

    member_id = SelectField(_l("À qui donner ce siège ?"))
    standing = RadioField(_l("Comme"), choices=_codes(Standing), default=Standing.TITULAR.value)
    rank = _number(_l("Place sur la liste de suppléance"))
    recruitment = SelectField(_l("Comment a-t-elle été choisie ?"), choices=_codes(Recruitment))
    starts_on = DateField(_l("À partir de quel jour ?"), validators=[needed(DAY)], default=date.today)
    ends_on = DateField(_l("Jusqu’à quel jour ?"), validators=[Optional()])
    represents_body_id = SelectField(_l("Représente-t-elle une autre instance ?"))


class EndForm(Form):
    """Why a mandate ends."""

    reason = RadioField(
        _l("Pourquoi ce mandat se termine-t-il ?"),
        choices=_codes(one for one in EndReason if one not in {EndReason.BODY_ENDED, EndReason.BECAME_TITULAR}),
        validators=[needed(_l("Choisissez une raison."))],
    )
    ended_on = DateField(_l("Quel jour ?"), validators=[needed(DAY)])
    words = Text(_l("Ce qui a été écrit : lettre de démission, procédure suivie"), validators=[at_most(2000)])


class OfficeForm(Form):
    """A charge."""

    kind = RadioField(
        _l("Quelle charge ?"), choices=_codes(OfficeKind), validators=[needed(_l("Choisissez une charge."))]
    )


class AccountForm(Form):
    """The account of a member."""

    pseudonym = StringField(
        _l("Quel est le nom public de son compte ?"),
        validators=[needed(_l("Écrivez le nom public, exactement.")), at_most(40)],
    )


class AttestationForm(Form):
    """What an attestation is for."""

    occasion = StringField(
        _l("Pour quelle séance ou quelle formation ?"),
        validators=[needed(_l("Écrivez par exemple « Séance du conseil citoyen ».")), at_most(200)],
    )
    on = DateField(_l("Quel jour ?"), validators=[needed(DAY)])
