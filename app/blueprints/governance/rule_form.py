"""The form of a composition rule: a few rows for colleges, and in each a few rows for kinds of seats."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, FieldList, FormField, IntegerField, SelectField, StringField
from wtforms import Form as Rows
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from app.domain.governance import rules
from app.domain.governance.models import Recruitment
from app.domain.shared.refusals import Refusal
from app.domain.shared.words import fold
from app.web.forms import Form, at_most, choice, needed

FEWEST_ROWS, MOST_COLLEGES, MOST_KINDS = 2, 12, 12


class KindRow(Rows):
    """A kind of seat. An empty name is an empty row."""

    # Stable: with another name it is still the same kind, and its seats stay open.
    code = StringField(widget=HiddenInput(), validators=[at_most(40)])
    name = StringField(_l("Sorte de siège"), validators=[at_most(200)])
    seats = StringField(_l("Part ou nombre"), validators=[at_most(20)])
    group = StringField(_l("Ensemble"), validators=[at_most(80)])
    recruitment = SelectField(_l("Comment on y vient"), choices=[choice(one.value, one.label) for one in Recruitment])
    min_age = IntegerField(_l("Âge minimum"), validators=[Optional(), NumberRange(0, 120)])
    max_age = IntegerField(_l("Âge maximum"), validators=[Optional(), NumberRange(0, 120)])
    sources = StringField(_l("D’où viennent les personnes"), validators=[at_most(300)])
    no_vote = BooleanField(_l("Sans droit de vote"))
    by_population = BooleanField(_l("Partagés entre quartiers selon la population"))


class CollegeRow(Rows):
    """A college."""

    code = StringField(widget=HiddenInput(), validators=[at_most(40)])
    name = StringField(_l("Nom du collège"), validators=[at_most(200)])
    seats = StringField(_l("Part ou nombre de sièges"), validators=[at_most(20)])
    groups = StringField(_l("Ensembles de sièges, si des sortes partagent une part"), validators=[at_most(300)])
    is_residents = BooleanField(_l("C’est le collège des habitantes et habitants"))
    parity = BooleanField(_l("Autant de femmes que d’hommes"))
    kinds = FieldList(FormField(KindRow), max_entries=MOST_KINDS)


class RuleForm(Form):
    """The whole rule."""

    formats = StringField(_l("Quels nombres de sièges en tout ?"), validators=[at_most(100)])
    rounds = BooleanField(_l("Quand une part ne tombe pas juste, arrondir au plus fort reste"))
    by_population = BooleanField(_l("Chaque quartier reçoit d’abord sa part de sièges, selon sa population"))
    colleges = FieldList(FormField(CollegeRow), max_entries=MOST_COLLEGES)
    appeal_days = IntegerField(
        _l("Pendant combien de jours peut-on contester un tirage ?"),
        validators=[Optional(), NumberRange(1, rules.MOST_APPEAL_DAYS, _l("Écrivez un nombre entre 1 et 730."))],
        description=_l("Ensuite les listes sont détruites."),
    )
    witnesses = IntegerField(
        _l("Combien de témoins, au moins, signent un tirage ?"),
        validators=[Optional(), NumberRange(1, rules.MOST_WITNESSES, _l("Écrivez un nombre entre 1 et 20."))],
    )
    in_force_on = DateField(
        _l("À partir de quel jour s’applique-t-elle ?"),
        validators=[needed(_l("Donnez une date, par exemple 03/06/2027."))],
        default=date.today,
    )
    source = StringField(_l("Qui l’a décidé, et quand ?"), validators=[at_most(300)])

    def __init__(self, rule: rules.CompositionRule | None = None, more: bool = False, **values: Any) -> None:
        super().__init__(**({**_held(rule), **values} if rule else values))
        for college in self.colleges:
            kinds = college.form.kinds
            if more or not kinds.entries:
                _room(kinds)
        if more or not self.colleges.entries:
            _room(self.colleges)
            _room(self.colleges.entries[-1].form.kinds)


def _room(rows: Any) -> None:
    """One more empty row, while there is room."""
    if len(rows.entries) < rows.max_entries:
        rows.append_entry()


def _held(rule: rules.CompositionRule) -> dict[str, Any]:
    """A rule as the form shows it."""
    return {
        "formats": ", ".join(str(total) for total in rule.formats),
        "rounds": rule.rounds,
        "by_population": rule.by_population,
        "appeal_days": rule.appeal_days,
        "witnesses": rule.witnesses,
        "colleges": [
            {
                "code": one.code, "name": one.name, "seats": _seats(one.seats),
                "is_residents": one.is_residents, "parity": one.parity,
                "groups": " ; ".join(f"{part.name} = {_seats(part.seats)}" for part in one.parts if part.name),
                "kinds": [_row(kind, part.name) for part in one.parts for kind in part.kinds],
            }
            for one in rule.colleges
        ],
    }  # fmt: skip


def _row(kind: rules.SeatKind, group: str) -> dict[str, Any]:
    return {
        "code": kind.code, "name": kind.name, "seats": _seats(kind.seats), "group": group,
        "recruitment": kind.recruitment.value,
        "min_age": kind.min_age, "max_age": kind.max_age, "sources": kind.sources, "no_vote": not kind.has_vote,
        "by_population": kind.by_population,
    }  # fmt: skip


def _seats(text: str) -> str:
    return "" if text == "rest" else text


def rule_typed(form: RuleForm) -> rules.CompositionRule:
    """The rule as typed, once read. Refusals of ``rules.read_rule``, and ``groups`` for a set nobody said."""
    totals = [int(one) for one in re.findall(r"\d{1,3}", form.formats.data or "")]
    colleges = [_college(row) for row in form.colleges.data if (row["name"] or "").strip()]
    return rules.read_rule(
        {
            "formats": totals, "rounds": form.rounds.data, "by_population": form.by_population.data,
            "colleges": colleges, "appeal_days": form.appeal_days.data, "witnesses": form.witnesses.data,
        }
    )  # fmt: skip


def _college(row: dict[str, Any]) -> dict[str, Any]:
    shares = dict(_shares(row["groups"] or ""))
    parts: dict[str, list[dict[str, Any]]] = {}
    for kind in row["kinds"]:
        if (kind["name"] or "").strip():
            parts.setdefault((kind["group"] or "").strip(), []).append(_kind(kind))
    unknown = [name for name in parts if name and name not in shares]
    if unknown:
        sentence = _l("Dites la part de l’ensemble « %(name)s », par exemple : %(name)s = 2/3.", name=unknown[0])
        raise Refusal(sentence, code="groups")
    told = [{"name": name, "seats": shares.get(name, "rest"), "kinds": kinds} for name, kinds in parts.items()]
    return {
        "code": row["code"] or _code(row["name"]), "name": row["name"], "seats": row["seats"] or "rest",
        "is_residents": row["is_residents"], "parity": row["parity"], "parts": told,
    }  # fmt: skip


def _kind(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": row["code"] or _code(row["name"]), "name": row["name"], "seats": row["seats"] or "rest",
        "recruitment": row["recruitment"], "min_age": row["min_age"], "max_age": row["max_age"],
        "sources": row["sources"] or "", "has_vote": not row["no_vote"], "by_population": row["by_population"],
    }  # fmt: skip


def _shares(text: str) -> list[tuple[str, str]]:
    pairs = [part.split("=", 1) for part in text.split(";") if "=" in part]
    return [(name.strip(), seats.strip()) for name, seats in pairs]


def _code(name: str) -> str:
    """A stable code made from a name: the same name gives the same college again."""
    return re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")[:40] or "x"
