"""The forms of a draw: what is drawn, the lists and their columns, the event, its value, the answers."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, DateTimeLocalField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional

from app.domain.councils.models import CallAnswer, Draw
from app.domain.councils.queries import OpenSeats
from app.domain.councils.rules import drawing
from app.domain.councils.rules.draw.rule import Rule
from app.domain.councils.rules.drawing import Share, Wish
from app.domain.shared import clock
from app.domain.shared.refusals import Refusal
from app.web.forms import Form, at_most, choice, needed, typed_in

# "16-25 : 2" – from sixteen to twenty-five, two seats at least; "60+ : 3", "-26 : 1".
BAND = re.compile(r"^(?:(\d{1,3})\s*[-–]\s*(\d{1,3})|(\d{1,3})\s*\+|[-–]\s*(\d{1,3}))(?:\s*:\s*(\d{1,3}))?$")
NAMED = re.compile(r"^([^:]+?)(?:\s*:\s*(\d{1,3}))?$")


def _number(label: Any, low: int, high: int, sentence: Any, **more: Any) -> IntegerField:
    return IntegerField(label, validators=[needed(sentence), NumberRange(low, high, sentence)], **more)


class DrawForm(Form):
    """What is drawn, by which rule."""

    title = StringField(
        _l("Comment s’appelle ce tirage ?"), validators=[needed(_l("Donnez un nom à ce tirage.")), at_most(200)]
    )
    seats = _number(_l("Combien de sièges sont tirés au sort ?"), 1, 500, _l("Écrivez un nombre de sièges."))
    sources = TextAreaField(
        _l("D’où viennent les listes ?"),
        validators=[needed(_l("Écrivez au moins une source, une par ligne."))],
        description=_l("Une source par ligne. Après deux-points, le nombre de sièges qui lui revient, s’il est fixé."),
    )
    parity = BooleanField(_l("Autant de femmes que d’hommes"), default=True)
    bands = TextAreaField(
        _l("Tranches d’âge"),
        description=_l("Une par ligne, avec son minimum de sièges : « 16-25 : 2 », « 26-59 », « 60+ : 1 »."),
    )
    ages_from = SelectField(
        _l("Les listes donnent…"),
        choices=[
            choice("birth_date", _l("la date de naissance")), choice("birth_year", _l("l’année de naissance")),
            choice("age", _l("l’âge")),
        ],
    )  # fmt: skip
    quartiers = TextAreaField(
        _l("Quartiers"), description=_l("Un par ligne, avec son minimum de sièges. Laissez vide s’il n’y en a qu’un.")
    )
    one_per_household = BooleanField(_l("Une personne au plus par adresse"))
    alternates = IntegerField(
        _l("Combien de suppléants par siège ?"),
        validators=[Optional(), NumberRange(0, 100)],
        description=_l("Laissez vide pour garder tout le monde, dans l’ordre."),
    )
    rule = TextAreaField(
        _l("La règle, écrite en JSON"),
        description=_l("Pour une règle que ces questions ne permettent pas. Remplie, elle remplace les réponses."),
    )

    @classmethod
    def of(cls, seats: Sequence[OpenSeats], proposed: Wish, draw: Draw | None) -> DrawForm:
        """The form, filled with what the rulebook of the body says of the seats that are free, or with the draw."""
        form = cls(obj=draw)
        form.kinds = [one for one in seats if one.vacant]
        if form.is_submitted():
            return form
        asked = proposed if draw is None else drawing.wish_of(draw.rule_facts)
        if draw is not None and (asked is None or not all(BAND.match(one.name) for one in asked.bands)):
            form.rule.data = json.dumps(draw.rule_facts, ensure_ascii=False, indent=2)
            form.sources.data = "\n".join(source["name"] for source in draw.rule_facts["sources"])
        elif asked is not None:
            form._fill(asked)
        return form

    def _fill(self, asked: Wish) -> None:
        self.title.data, self.seats.data, self.parity.data = asked.title, asked.seats, asked.parity
        self.bands.data, self.quartiers.data = _written(asked.bands), _written(asked.quartiers)
        self.sources.data = _written(asked.sources) or str(_l("Liste électorale\nVolontaires"))
        self.ages_from.data, self.alternates.data = asked.ages_from, asked.alternates
        self.one_per_household.data, self.rule.data = asked.one_per_household, ""

    kinds: list[OpenSeats]

    def facts(self) -> dict[str, Any]:
        """The rule. Refusals on the field that cannot be read."""
        if typed_in(self.rule):
            try:
                written = json.loads(typed_in(self.rule))
            except (ValueError, RecursionError):
                raise Refusal(_l("Cette règle n’est pas du JSON."), field="rule", code="rule") from None
            return written if isinstance(written, dict) else {}
        return drawing.facts_of(
            Wish(
                title=typed_in(self.title), seats=self.seats.data or 0, sources=self._shares("sources"),
                parity=bool(self.parity.data), bands=self._bands(), ages_from=self.ages_from.data, on=clock.today(),
                quartiers=self._shares("quartiers"), one_per_household=bool(self.one_per_household.data),
                alternates=self.alternates.data,
            )
        )  # fmt: skip

    def seat_types(self, seats: int) -> dict[int, int]:
        """For which seats: the kinds in their order, until the number is reached."""
        wanted: dict[int, int] = {}
        for one in self.kinds:
            taken = min(one.vacant, max(0, seats - sum(wanted.values())))
            if taken:
                wanted[one.seat_type.id] = taken
        return wanted

    def _lines(self, name: str) -> list[str]:
        return [line.strip() for line in typed_in(self[name]).splitlines() if line.strip()]

    def _shares(self, name: str) -> tuple[Share, ...]:
        shares = []
        for line in self._lines(name):
            found = NAMED.match(line)
            if found is None:
                raise Refusal(_l("« %(line)s » n’est pas compris. Écrivez « nom : nombre ».", line=line), field=name)
            shares.append(Share(found[1].strip(), least=int(found[2] or 0)))
        return tuple(shares)

    def _bands(self) -> tuple[Share, ...]:
        bands = []
        for line in self._lines("bands"):
            found = BAND.match(line)
            if found is None:
                sentence = _l("« %(line)s » n’est pas compris. Écrivez par exemple « 16-25 : 2 ».", line=line)
                raise Refusal(sentence, field="bands", code="bands")
            low, high = found[1] or found[3], found[2] or found[4]
            name = line.partition(":")[0].strip()
            bands.append(Share(name, int(found[5] or 0), None, int(low) if low else None, int(high) if high else None))
        return tuple(bands)


def _written(shares: Sequence[Share]) -> str:
    """Categories as this form reads them: one per line, with its minimum when it has one."""
    return "\n".join(f"{one.name} : {one.least}" if one.least else one.name for one in shares)


class ListForm(Form):
    """A list to load."""

    source = SelectField(_l("Quelle source ?"))
    file = FileField(
        _l("Le fichier CSV"), description=_l("La première ligne nomme les colonnes ; une personne par ligne.")
    )
    encoding = RadioField(
        _l("Comment le fichier est-il enregistré ?"), default="utf-8",
        choices=[
            choice("utf-8", _l("UTF-8"), _l("Dans un tableur : « CSV UTF-8 (délimité par des virgules) »")),
            choice("cp1252", _l("Windows (ANSI)"), _l("Si les accents s’affichent mal à la page suivante")),
        ],
    )  # fmt: skip

    @classmethod
    def of(cls, sources: Sequence[str]) -> ListForm:
        """The form with the sources of the rule."""
        form = cls()
        form.source.choices = [choice(name, name) for name in sources]
        return form

    def content(self) -> tuple[str, bytes]:
        """The name of the file and its bytes. Refusal ``file``."""
        if not self.file.data or not getattr(self.file.data, "filename", ""):
            raise Refusal(_l("Choisissez un fichier."), field="file", code="file")
        name = re.split(r"[\\/]", str(self.file.data.filename))[-1]
        return name[-120:], self.file.data.read()


LABELS = {
    drawing.GENDER: _l("La civilité ou le sexe"),
    drawing.AGE: _l("L’âge ou la naissance"),
    drawing.QUARTIER: _l("Le quartier"),
    "household": _l("L’adresse qui dit le foyer"),
    "id": _l("Un numéro propre à chaque personne"),
    "last_name": _l("Le nom de famille"),
    "first_name": _l("Le prénom"),
    "address": _l("L’adresse postale"),
    "phone": _l("Le téléphone"),
    "email": _l("L’adresse électronique"),
    "birth": _l("La naissance, pour l’âge des sièges"),
}
# What the heads of columns usually say.
GUESSES = {
    drawing.GENDER: ("sexe", "civilité", "civilite", "genre"),
    drawing.AGE: ("âge", "age", "né en", "né le", "naissance", "date de naissance", "année de naissance"),
    drawing.QUARTIER: ("quartier", "qpv", "secteur"),
    "household": ("adresse", "foyer"),
    "id": ("id", "numéro", "numero", "n°"),
    "last_name": ("nom", "nom de famille", "nom de naissance"),
    "first_name": ("prénom", "prenom", "prénoms"),
    "address": ("adresse",),
    "phone": ("téléphone", "telephone", "tél", "tel"),
    "email": ("courriel", "email", "e-mail", "mail"),
    "birth": ("date de naissance", "année de naissance", "né en", "né le", "naissance"),
}


def mapping_form(rule: Rule, header: Sequence[str], columns: dict[str, str]) -> Form:
    """One question per thing to find in a list; criteria must be found, the rest may be left out."""
    wanted = drawing.columns_to_find(rule)
    names = [*wanted, "id", *drawing.CONTACTS]
    columns_of = [choice(name, name) for name in header]

    class MappingForm(Form):
        """Which column is what."""

    for place, name in enumerate(names):
        must = name in wanted
        field = SelectField(
            LABELS.get(name, name),
            choices=[choice("", _l("Choisissez") if must else _l("Pas dans cette liste")), *columns_of],
            validators=[needed(_l("Dites dans quelle colonne cela se trouve."))] if must else [],
            default=columns.get(name) or _guess(name, header),
        )  # fmt: skip
        setattr(MappingForm, f"column_{place}", field)
    form = MappingForm()
    form.names = names
    return form


def mapped(form: Form) -> dict[str, str]:
    """What was answered, by name."""
    names: list[str] = form.names
    return {name: typed_in(form[f"column_{place}"]) for place, name in enumerate(names)}


def _guess(name: str, header: Sequence[str]) -> str:
    return next((head for guess in GUESSES.get(name, (name,)) for head in header if head.casefold() == guess), "")


class PublishForm(Form):
    """The public event that will give the seed."""

    event_words = TextAreaField(
        _l("Quel événement public donnera la valeur ?"),
        validators=[needed(_l("Dites quel événement donnera la valeur, et où chacun pourra la lire.")), at_most(1000)],
        description=_l("Par exemple : les six numéros du Loto du samedi 3 octobre, dans l’ordre croissant."),
    )
    event_at = DateTimeLocalField(
        _l("Quand cet événement a-t-il lieu ?"),
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        validators=[needed(_l("Donnez le jour et l’heure de l’événement."))],
    )
    people_told = BooleanField(_l("Les personnes des listes savent que la liste brouillée est publiée"))


class LotsForm(Form):
    """The value of the event and who saw it."""

    event_value = StringField(
        _l("Quelle valeur l’événement a-t-il donnée ?"),
        validators=[needed(_l("Écrivez la valeur, telle qu’elle a été publiée.")), at_most(500)],
    )
    witnesses = TextAreaField(
        _l("Qui a vu l’événement et le tirage ?"),
        validators=[needed(_l("Écrivez le nom des témoins, un par ligne.")), at_most(2000)],
        description=_l("Un nom par ligne. Ces noms figurent au procès-verbal."),
    )

    def names(self) -> list[str]:
        """The witnesses."""
        return [line.strip() for line in typed_in(self.witnesses).splitlines() if line.strip()]


class DropForm(Form):
    """Why a draw is given up."""

    reason = TextAreaField(
        _l("Pourquoi ce tirage est-il abandonné ?"),
        validators=[needed(_l("Dites pourquoi ce tirage est abandonné.")), at_most(1000)],
    )
    event_value = StringField(
        _l("La valeur de l’événement, s’il a eu lieu"),
        validators=[at_most(500)],
        description=_l("Après l’événement, on n’abandonne qu’un tirage que cette valeur rend impossible."),
    )


class CallForm(Form):
    """What somebody who was called answered."""

    answer = RadioField(
        _l("Qu’a répondu cette personne ?"),
        choices=[choice(one.value, one.label) for one in CallAnswer],
        validators=[needed(_l("Dites ce que cette personne a répondu."))],
    )
