"""The forms of accounts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField

from app.web.forms import Form, at_most, needed


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
