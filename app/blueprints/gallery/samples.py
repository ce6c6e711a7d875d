"""What the gallery shows: one of each component, with words as long as the real ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FileField,
    Form,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    validators,
    widgets,
)

from app.web.forms import choice

# fmt: off
ICONS = (
    "check", "cross", "clock", "warning", "info", "dot", "pause", "arrow-left", "arrow-right", "chevron-down",
    "search", "plus", "menu", "list", "user", "people", "key", "print", "download", "upload", "map-pin",
    "heart", "flag", "ballot", "idea", "document", "euro", "calendar", "phone", "mail", "speaker", "lock",
    "merge", "edit", "eye", "link", "home", "globe", "hand", "chat", "chart", "bell", "trash", "sign-out",
    "screen", "settings",
)
# fmt: on
# fmt: off
PICTOGRAMS = (
    "espaces-verts", "sport", "jeunesse", "culture", "mobilite", "proprete", "solidarite", "sante", "education",
    "securite", "logement", "emploi", "autre",
)
# fmt: on


class SampleForm(Form):
    """A field of each kind."""

    title = StringField(
        "Quel est le titre de votre idée ?",
        [validators.InputRequired("Écrivez un titre, par exemple « Un banc à l’ombre ».")],
    )
    story = TextAreaField(
        "Que voulez-vous changer ?", description="Racontez comme à une voisine. Deux phrases suffisent."
    )
    quartier = SelectField(
        "Dans quel quartier ?",
        choices=[choice("", "Choisissez"), choice("pv", "Les Genêts"), choice("vl", "La Roseraie")],
        validate_choice=False,
    )
    day = DateField("Quel jour vous arrange ?", [validators.Optional()])
    amount = IntegerField("Combien demandez-vous, en euros ?", [validators.Optional()])
    email = EmailField("Votre e-mail")
    password = PasswordField("Votre mot de passe")
    picture = FileField("Une photo du lieu")
    how = RadioField(
        "Comment voulez-vous la réponse ?",
        [validators.InputRequired("Choisissez comment vous voulez recevoir la réponse.")],
        choices=[choice("sms", "Par SMS"), choice("mail", "Par e-mail"), choice("post", "Par courrier")],
    )
    themes = SelectMultipleField(
        "De quoi s’agit-il ?",
        choices=[choice("vert", "Espaces verts"), choice("sport", "Sport"), choice("sante", "Santé")],
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )
    charter = BooleanField("J’accepte que mon idée soit publiée sous mon pseudonyme")


@dataclass(frozen=True)
class SamplePage:
    """A page of a list, in its middle."""

    number: int = 3
    pages: int = 12
    total: int = 231
    has_previous: bool = True
    has_next: bool = True


def filled() -> SampleForm:
    """A form as somebody left it."""
    return SampleForm(
        data={
            "title": "Un banc à l’ombre devant l’école",
            "quartier": "pv",
            "how": "sms",
            "themes": ["vert", "sante"],
            "charter": True,
        }
    )


def refused() -> SampleForm:
    """The same with what is missing: the sentences of the validators, and one of the whole form."""
    form = SampleForm(data={"story": "Il fait très chaud à la sortie de l’école."}, prefix="refus-")
    form.validate()
    form.form_errors.append("Le dépôt des idées ferme ce soir à minuit : envoyez la vôtre avant.")
    return form


def _step(
    label: str,
    state: str,
    when: str | None = None,
    who: str | None = None,
    note: str | None = None,
    href: str | None = None,
) -> dict[str, Any]:
    return {"label": label, "state": state, "when": when, "who": who, "note": note, "href": href}


def lives() -> list[list[dict[str, Any]]]:
    """One life in progress, one late, one stopped."""
    return [
        [
            _step("Idée déposée", "done", "mardi 3 juin à 18 h", "Lina des Genêts", href="#vie"),
            _step("Idée publiée", "done", "jeudi 5 juin", "l’équipe participation"),
            _step(
                "Étude technique",
                "now",
                "jusqu’au 30 juin",
                "le service espaces verts",
                "Un technicien vient mesurer l’ombre de la place le 17 juin.",
            ),
            _step("Vote des habitantes et habitants", "next", "du 1er au 15 septembre"),
            _step("Réponse de la collectivité", "next", "avant le 15 novembre"),
        ],
        [
            _step("Avis rendu par le conseil citoyen", "done", "le 12 mars"),
            _step(
                "Réponse de la collectivité",
                "late",
                "attendue le 12 mai",
                "la direction de la cohésion sociale",
                "La réponse aurait dû être publiée. Nous l’avons demandée de nouveau.",
            ),
        ],
        [
            _step("Demande reçue", "done", "le 2 avril"),
            _step(
                "Dossier retiré",
                "stopped",
                "le 9 avril",
                "l’association",
                "Vous pouvez déposer une autre demande avant le 30 juin.",
            ),
        ],
    ]


def values() -> dict[str, Any]:
    """Everything the gallery's pages read."""
    return {
        "filled": filled(),
        "refused": refused(),
        "lives": lives(),
        "sample_page": SamplePage(),
        "page_address": lambda number: f"?page={number}",
        "icons": ICONS,
        "pictograms": PICTOGRAMS,
    }
