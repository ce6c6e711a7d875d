"""The forms by which people come in: signing in, signing up, activating a card, choosing a password."""

from __future__ import annotations

from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, RadioField, SelectField, StringField

from app.domain.accounts import queries
from app.domain.accounts.models import Link
from app.domain.accounts.rules import can_be_email, can_be_password, can_be_pseudonym
from app.domain.accounts.services import Profile
from app.domain.territories.queries import quartiers
from app.web.forms import Form, at_most, held_by, needed


class SignInForm(Form):
    """Identifier and secret; ``typed`` carries a form whose session had ended."""

    identifier = StringField(
        _l("Votre e-mail, ou l’identifiant de votre carte"),
        validators=[needed(_l("Écrivez votre e-mail ou l’identifiant imprimé sur votre carte.")), at_most(254)],
    )
    password = PasswordField(
        _l("Votre mot de passe, ou le code de votre carte"),
        validators=[needed(_l("Écrivez votre mot de passe ou le code de votre carte.")), at_most(200)],
    )
    next = HiddenField()
    typed = HiddenField()


class ProfileForm(Form):
    """What somebody says of themselves, without name, address nor birth date."""

    pseudonym = StringField(
        _l("Sous quel nom voulez-vous apparaître ?"),
        description=_l("Ce nom est public. Un prénom ou un surnom suffit, pas votre nom de famille."),
        validators=[needed(_l("Choisissez le nom que les autres verront.")), held_by(can_be_pseudonym)],
    )
    link = RadioField(
        _l("Quel est votre lien avec le territoire ?"), validators=[needed(_l("Dites ce qui vous lie au territoire."))]
    )
    quartier = SelectField(_l("Quel est votre quartier ?"))
    age_bracket = RadioField(
        _l("Quel âge avez-vous ?"),
        description=_l("Nous ne demandons pas votre date de naissance."),
        validators=[needed(_l("Choisissez votre tranche d’âge."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.link.choices = [(link.value, link.label) for link in Link]
        places = [(str(quartier.id), quartier.name) for quartier in quartiers()]
        self.quartier.choices = [("", _l("Aucun de ces quartiers")), *places]
        self.age_bracket.choices = [(str(bracket.id), bracket.label) for bracket in queries.age_brackets()]

    def profile(self, language: str | None = None) -> Profile:
        """What was answered, as the domain takes it."""
        return Profile(
            pseudonym=self.pseudonym.data or "",
            link=Link(self.link.data),
            quartier_id=int(self.quartier.data) if self.quartier.data else None,
            age_bracket_id=int(self.age_bracket.data),
            language=language or str(get_locale() or "fr"),
        )


class JoiningForm(ProfileForm):
    """A profile, and the charter that everybody accepts; its words come from the settings of the site."""

    charter = BooleanField(
        _l("J’accepte la charte"), validators=[needed(_l("Pour participer, acceptez la charte en cochant la case."))]
    )


class SignUpForm(JoiningForm):
    """An account with an e-mail."""

    asked_first = ("email", "password")
    email = StringField(
        _l("Votre adresse e-mail"),
        description=_l("Elle reste privée : elle sert à vous connecter et à vous répondre."),
        validators=[
            needed(_l("Écrivez votre adresse e-mail. Vous n’en avez pas ? Demandez une carte.")),
            held_by(can_be_email),
        ],
    )
    password = PasswordField(
        _l("Choisissez un mot de passe"),
        description=_l("12 caractères au moins, par exemple quatre mots à vous."),
        validators=[needed(_l("Choisissez un mot de passe d’au moins 12 caractères.")), held_by(can_be_password)],
    )


class CardForm(JoiningForm):
    """An account with a printed card."""

    asked_first = ("identifier", "code")
    identifier = StringField(
        _l("L’identifiant imprimé sur votre carte"),
        description=_l("Il ressemble à GEN-4K7M-2Q9T."),
        validators=[needed(_l("Recopiez l’identifiant imprimé sur votre carte.")), at_most(40)],
    )
    code = StringField(
        _l("Le code imprimé sur votre carte"),
        validators=[needed(_l("Recopiez le code imprimé sur votre carte.")), at_most(40)],
    )


class ConfirmForm(Form):
    """The last step of a sign-up; the name may be changed, in case somebody has just taken it."""

    pseudonym = StringField(
        _l("Le nom que les autres verront"),
        validators=[needed(_l("Choisissez le nom que les autres verront.")), held_by(can_be_pseudonym)],
    )


class ForgottenForm(Form):
    """The address to which a link is sent."""

    email = StringField(
        _l("Votre adresse e-mail"), validators=[needed(_l("Écrivez l’adresse e-mail de votre compte.")), at_most(254)]
    )


class NewPasswordForm(Form):
    """The new password, once the link has been opened."""

    password = PasswordField(
        _l("Votre nouveau mot de passe"),
        description=_l("12 caractères au moins, par exemple quatre mots à vous."),
        validators=[needed(_l("Choisissez un mot de passe d’au moins 12 caractères.")), held_by(can_be_password)],
    )
