"""The forms of those who make cards and of the administration."""

from __future__ import annotations

import secrets
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import Length, Optional

from app.blueprints.accounts.places import Places
from app.domain.accounts import rules
from app.domain.accounts.models import Role, Scope
from app.domain.shared.refusals import Refusal
from app.domain.territories.queries import quartiers
from app.web.forms import Form, at_most, needed


class CardsForm(Form):
    """How many cards, and for where; ``batch`` makes a second sending of the same form known."""

    count = IntegerField(
        _l("Combien de cartes ?"),
        description=_l("%(most)d au plus à la fois.", most=rules.MOST_CARDS),
        default=8,
        validators=[needed(_l("Dites combien de cartes imprimer."))],
    )
    place = SelectField(
        _l("Pour quel quartier ?"), description=_l("Ses trois premières lettres commencent les identifiants.")
    )
    batch = HiddenField(validators=[Length(min=32, max=32)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place.choices = [("", _l("Aucun en particulier")), *((one.name, one.name) for one in quartiers())]
        self.batch.data = self.batch.data or secrets.token_hex(16)


class SearchForm(Form):
    """Whom to look for."""

    terms = StringField(
        _l("Qui cherchez-vous ?"),
        description=_l("Une partie du nom public, ou l’adresse e-mail entière, ou l’identifiant d’une carte."),
        validators=[needed(_l("Écrivez un nom, une adresse e-mail ou un identifiant de carte.")), at_most(254)],
    )


class RoleForm(Form):
    """A role, where it holds, and until when."""

    role = RadioField(_l("Quel rôle ?"), validators=[needed(_l("Choisissez un rôle."))])
    place = SelectField(_l("Où ce rôle s’exerce-t-il ?"))
    ends_on = DateField(
        _l("Jusqu’à quel jour ?"), description=_l("Laissez vide pour un rôle sans fin."), validators=[Optional()]
    )

    def __init__(self, places: Places, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [(role.value, role.label) for role in Role]
        self.place.choices = places.choices()

    @property
    def chosen_place(self) -> tuple[Scope, int | None]:
        """The scope and its object, read from one list."""
        scope, _, number = str(self.place.data).partition(":")
        return Scope(scope), int(number) if number else None


class BracketsForm(Form):
    """The ages at which brackets begin: what begins where the other ends has neither hole nor overlap."""

    starts = StringField(
        _l("À quel âge commence chaque tranche ?"),
        description=_l("Écrivez les âges de départ, séparés par des virgules. La dernière tranche n’a pas de fin."),
        validators=[needed(_l("Écrivez au moins un âge de départ, par exemple 0.")), at_most(200)],
    )

    def ages(self) -> list[int]:
        """The ages as numbers. Refusal ``brackets`` on anything else."""
        parts = [part.strip() for part in (self.starts.data or "").replace(";", ",").split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() and len(part) <= 3 for part in parts):
            sentence = _l("Écrivez des nombres séparés par des virgules, par exemple 0, 16, 18, 26.")
            raise Refusal(sentence, field="starts", code="brackets")
        return [int(part) for part in parts]


class JournalForm(Form):
    """What is looked for in the journal. It is read from the address: it changes nothing."""

    class Meta(Form.Meta):
        csrf = False

    verb = SelectField(_l("Quel acte ?"), default="")
    kind = SelectField(_l("Sur quoi ?"), default="")
    actor = StringField(_l("Par qui ?"), description=_l("Le nom public exact."), validators=[at_most(40)])
    day = DateField(_l("Quel jour ?"), validators=[Optional()])
