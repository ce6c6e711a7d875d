"""The forms of ideas."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
    widgets,
)

from app.domain.ideas.models import AbuseReason, AnswerOutcome, AuthorType, Channel, Idea
from app.domain.ideas.rules import LONGEST_TEXT, LONGEST_TITLE
from app.domain.processes.models import Process
from app.domain.territories.models import Quartier, ThematicNode
from app.web.forms import Form, at_most, choice, needed

# Each language under its own name.
LANGUAGES = tuple(
    choice(code, name)
    for code, name in (
        ("fr", "français"), ("en", "English"), ("ar", "العربية"), ("tr", "Türkçe"), ("es", "español"),
        ("pt", "português"), ("ro", "română"), ("uk", "українська"),
    )
)  # fmt: skip
_A_POINT = _l("Le point montré sur la carte n’a pas pu être lu. Montrez-le de nouveau, ou dites le lieu en mots.")


def new_key() -> str:
    """The key of a form: what makes a second press find the idea of the first."""
    return secrets.token_hex(16)


def read_key(form: Form, field: Any) -> None:
    """A key is one of ours: thirty-two hexadecimal digits."""
    if len(field.data or "") != 32 or not set(field.data) <= set("0123456789abcdef"):
        raise ValidationError(str(_l("Ce formulaire est incomplet. Rouvrez la page et recommencez.")))


class MultipleBoxesField(SelectMultipleField):
    """Several answers among some, as checkboxes."""

    option_widget = widgets.CheckboxInput()
    widget = widgets.ListWidget(prefix_label=False)


class MillionthsField(HiddenField):
    """A coordinate in millionths of a degree, written by the map; ``most`` degrees on each side."""

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most
        self.value: int | None = None

    def process_data(self, value: int | None) -> None:
        self.value = value
        self.data = "" if value is None else str(value)

    def pre_validate(self, form: Any) -> None:
        self.value = None
        if not self.data:
            return
        if not self.data.removeprefix("-").isdecimal() or abs(int(self.data[:20])) > self.most * 1_000_000:
            raise ValidationError(str(_A_POINT))
        self.value = int(self.data)


class StartForm(Form):
    """The first question: what one would like, in a few words."""

    key = HiddenField(validators=[read_key])
    title = StringField(
        _l("Quelle est votre idée, en quelques mots ?"),
        description=_l("Par exemple : « Un banc à l’ombre devant l’école »."),
        validators=[needed(_l("Écrivez votre idée en quelques mots.")), at_most(LONGEST_TITLE)],
    )
    demarche = HiddenField()


class WordsForm(Form):
    """The need and the solution: one may be left empty, not both."""

    title = StringField(
        _l("Quelle est votre idée, en quelques mots ?"),
        validators=[needed(_l("Écrivez votre idée en quelques mots.")), at_most(LONGEST_TITLE)],
    )
    need = TextAreaField(
        _l("Qu’est-ce qui ne va pas aujourd’hui ?"),
        description=_l(
            "Ce que vous vivez, où, et qui cela concerne. Vous pouvez passer si vous avez déjà la solution."
        ),
        validators=[at_most(LONGEST_TEXT)],
    )
    solution = TextAreaField(
        _l("Que proposez-vous ?"),
        description=_l("Vous pouvez passer : dire ce qui ne va pas suffit."),
        validators=[at_most(LONGEST_TEXT)],
    )
    language = RadioField(_l("Dans quelle langue avez-vous écrit ?"), choices=LANGUAGES, default="fr")


class PlaceForm(Form):
    """Where: quartiers first, then words, then the map for those who like it."""

    quartiers = MultipleBoxesField(_l("Quel quartier est concerné ?"), coerce=int, validate_choice=False)
    all_quartiers = BooleanField(_l("Tous les quartiers"))
    place_words = StringField(
        _l("À quel endroit précisément ?"),
        description=_l("Par exemple : « Place des Micocouliers, devant la boulangerie »."),
        validators=[at_most(300)],
    )
    latitude = MillionthsField(most=90)
    longitude = MillionthsField(most=180)

    def offer(self, quartiers: Sequence[Quartier]) -> None:
        """Fills the list of quartiers."""
        self.quartiers.choices = [choice(quartier.id, quartier.name) for quartier in quartiers]

    @property
    def point(self) -> tuple[int | None, int | None]:
        """The point in millionths of a degree; half a point is none."""
        latitude, longitude = self.latitude.value, self.longitude.value
        return (latitude, longitude) if latitude is not None and longitude is not None else (None, None)

    def chosen(self, quartiers: Sequence[Quartier]) -> list[Quartier]:
        """The quartiers ticked; a number that is not in the list is nobody's quartier."""
        return [quartier for quartier in quartiers if quartier.id in (self.quartiers.data or ())]


class ThemeForm(Form):
    """About what, and for which démarche."""

    theme = RadioField(_l("De quoi parle votre idée ?"), coerce=str, validate_choice=False)
    demarche = RadioField(_l("Pour quelle démarche ?"), coerce=str, validate_choice=False)

    def offer_themes(self, themes: Sequence[ThematicNode], processes: Sequence[Process]) -> None:
        """Fills the lists: everyday words, then the official label as a help where it differs."""
        self.theme.choices = [
            *(choice(t.id, t.shown, t.label if t.label != t.shown else None) for t in themes),
            choice("", _l("Je ne sais pas, ou autre chose")),
        ]
        self.demarche.choices = [
            *(choice(process.id, process.title) for process in processes),
            choice("", _l("Aucune : la boîte à idées, ouverte toute l’année")),
        ]


class PhotoForm(Form):
    """A photo of the place, and what it shows in words."""

    photo = FileField(
        _l("Avez-vous une photo du lieu ?"),
        description=_l(
            "Sans visage ni plaque d’immatriculation. Le lieu et la date cachés dans la photo sont effacés."
        ),
    )
    description = StringField(
        _l("Que voit-on sur la photo ?"),
        description=_l(
            "Pour les personnes qui ne la voient pas. Par exemple : « Un arrêt de bus sans abri, en plein soleil »."
        ),
        validators=[at_most(300)],
    )


class AuthorForm(Form):
    """In whose name."""

    author_type = RadioField(
        _l("Au nom de qui donnez-vous cette idée ?"), choices=[choice(one.value, one.label) for one in AuthorType]
    )
    group_name = StringField(
        _l("Quel est son nom ?"),
        description=_l("Le nom du groupe, de l’association, de l’école ou du conseil. Il sera public."),
        validators=[at_most(120)],
    )


def _of_somebody(kind: AuthorType) -> Any:
    """In whose name, asked about another person: "my name" would be that of whoever types."""
    return _l("En son nom") if kind is AuthorType.RESIDENT else kind.label


class PaperForm(WordsForm, PlaceForm, ThemeForm, AuthorForm):
    """An idea entered for somebody, on one page: a paper form is read from top to bottom."""

    asked_first = ("channel", "author_type", "group_name", "author_name")
    key = HiddenField(validators=[read_key])
    channel = RadioField(
        _l("Comment avez-vous reçu cette idée ?"),
        choices=[choice(one.value, one.label) for one in Channel if one is not Channel.ONLINE],
        default=Channel.PAPER.value,
    )
    author_type = RadioField(
        _l("Au nom de qui la personne donne-t-elle cette idée ?"),
        choices=[choice(one.value, _of_somebody(one)) for one in AuthorType],
    )
    author_name = StringField(
        _l("Quel nom la personne veut-elle montrer ?"),
        description=_l("Un prénom ou un surnom suffit. Laissez vide si elle ne veut pas donner de nom."),
        validators=[at_most(80)],
    )
    agreement = BooleanField(
        _l("La personne est d’accord pour que son idée soit déposée et publiée, et je le lui ai expliqué.")
    )

    def offer_all(
        self, quartiers: Sequence[Quartier], themes: Sequence[ThematicNode], processes: Sequence[Process]
    ) -> None:
        """Fills every list."""
        PlaceForm.offer(self, quartiers)
        self.offer_themes(themes, processes)


class ReasonForm(Form):
    """A reason its reader can act upon."""

    reason = TextAreaField(
        _l("Quelle est la raison ?"),
        description=_l("L’auteur la lira : dites ce qui ne va pas et ce qu’il peut changer."),
        validators=[needed(_l("Écrivez la raison : l’auteur la lira pour corriger son idée.")), at_most(1000)],
    )


class ReportForm(Form):
    """Something is wrong with this idea."""

    reason = RadioField(
        _l("Qu’est-ce qui ne va pas dans cette idée ?"),
        choices=[choice(one.value, one.label) for one in AbuseReason],
        validators=[needed(_l("Choisissez une raison dans la liste."))],
    )
    words = TextAreaField(
        _l("Voulez-vous ajouter quelque chose ?"),
        description=_l("Seule l’équipe le lira."),
        validators=[at_most(1000)],
    )


class HandleForm(Form):
    """What becomes of an idea reported."""

    outcome = RadioField(
        _l("Que décidez-vous ?"),
        choices=[
            choice("kept", _l("Laisser l’idée publiée")),
            choice("unpublished", _l("Retirer l’idée de la publication")),
        ],
        validators=[needed(_l("Choisissez une décision."))],
    )
    reason = TextAreaField(
        _l("Si vous la retirez, pour quelle raison ?"),
        description=_l("L’auteur la lira : dites ce qui ne va pas et ce qu’il peut changer."),
        validators=[at_most(1000)],
    )


class AnswerForm(Form):
    """The official answer."""

    outcome = RadioField(
        _l("Quelle est la réponse ?"),
        choices=[choice(one.value, one.label) for one in AnswerOutcome],
        validators=[needed(_l("Choisissez une réponse."))],
    )
    text = TextAreaField(
        _l("Pourquoi ?"),
        description=_l("La raison est publique. Écrivez-la comme vous le diriez à la personne."),
        validators=[needed(_l("Écrivez la raison de cette réponse : l’auteur et le public la liront.")), at_most(5000)],
    )


class CodeForm(Form):
    """The code printed on the copy of an idea."""

    code = StringField(
        _l("Quel code est écrit sur votre feuille ?"),
        description=_l("Dix lettres et chiffres, en deux morceaux. Par exemple : K7MPQ 2RVXA."),
        validators=[needed(_l("Écrivez le code de votre feuille.")), at_most(20)],
    )


class ConfirmForm(Form):
    """One button, after having read what it does."""


class MergeForm(Form):
    """Which idea takes the other over."""

    target = RadioField(
        _l("Quelle idée la reprend ?"), coerce=str, validate_choice=False,
        validators=[needed(_l("Choisissez l’idée qui reprend celle-ci."))],
    )  # fmt: skip

    def offer(self, ideas: Sequence[Idea]) -> None:
        """Fills the list with the ideas found."""
        self.target.choices = [
            choice(idea.number, f"n° {idea.number} – {idea.title}", idea.state.label) for idea in ideas
        ]

    def validate_target(self, field: Any) -> None:
        """A number of idea, whatever the list showed: another tab may have searched other words."""
        if not (field.data or "").isdecimal() or len(field.data) > 9:
            raise ValidationError(str(_l("Choisissez l’idée qui reprend celle-ci.")))


class QuestionForm(Form):
    """Whether one also supports the idea that takes over."""

    also = RadioField(
        _l("Soutenez-vous aussi cette idée ?"),
        choices=[
            choice("oui", _l("Oui, je soutiens les deux")),
            choice("non", _l("Non, je garde seulement mon premier soutien")),
        ],
        validators=[needed(_l("Choisissez oui ou non."))],
    )
