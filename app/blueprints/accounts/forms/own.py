"""The forms of one's own account."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectField, StringField

from app.blueprints.accounts.forms.joining import ProfileForm
from app.domain.accounts.models import Person
from app.domain.accounts.rules import can_be_email, can_be_password
from app.web.forms import Form, held_by, needed
from app.web.i18n import languages


class OwnProfileForm(ProfileForm):
    """What one says of oneself, and the language of the pages."""

    language = SelectField(_l("Dans quelle langue voulez-vous lire le site ?"))

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        held = {
            "pseudonym": person.pseudonym,
            "link": person.link.value,
            "quartier": str(person.quartier_id or ""),
            "age_bracket": str(person.age_bracket_id),
            "language": person.language,
        }
        super().__init__(*args, data=held, **kwargs)
        self.language.choices = languages()


class ChangePasswordForm(Form):
    """The present password, and the next."""

    current_password = PasswordField(
        _l("Votre mot de passe actuel, ou le code de votre carte"),
        validators=[needed(_l("Écrivez votre mot de passe actuel."))],
    )
    new_password = PasswordField(
        _l("Votre nouveau mot de passe"),
        description=_l("12 caractères au moins, par exemple quatre mots à vous."),
        validators=[needed(_l("Choisissez un mot de passe d’au moins 12 caractères.")), held_by(can_be_password)],
    )


def own_password() -> PasswordField:
    """The password again, so that a telephone left on a table does not close an account nor change its address."""
    return PasswordField(
        _l("Votre mot de passe, ou le code de votre carte"),
        validators=[needed(_l("Écrivez votre mot de passe pour confirmer que c’est bien vous."))],
    )


class PasswordForm(Form):
    """An act that asks nothing but the password: closing the account, removing its address."""

    password = own_password()


class AddressForm(Form):
    """The e-mail somebody wants for their account."""

    email = StringField(
        _l("Votre nouvelle adresse e-mail"),
        description=_l("Elle reste privée : elle sert à vous connecter et à vous répondre."),
        validators=[
            needed(_l("Écrivez votre adresse e-mail en entier, par exemple nour@exemple.fr.")),
            held_by(can_be_email),
        ],
    )
    password = own_password()
