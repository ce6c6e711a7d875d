"""The forms of the règlement, part by part: each reads its part of the content and gives it back changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.ballots.rules.terms import BallotForm, BallotType, Overflow, Score, TieBreak
from app.domain.budgets.rules.presets import CRITERIA
from app.domain.budgets.rules.reglement import ReglementContent, Reserve, ReservedFor, Section
from app.domain.processes.rules import Eligibility
from app.domain.shared.canonical import digest
from app.domain.shared.criteria import Criterion
from app.domain.shared.refusals import Refusal
from app.domain.territories.models import Quartier
from app.web.forms import EurosField, Form, at_most, choice, needed

# More than this is a slip of the finger.
MOST = NumberRange(min=0, max=100_000, message=_l("Écrivez un nombre entre 0 et 100 000."))


class PartForm(Form):
    """One part of the règlement."""

    # The field on which a refusal about a whole theme is shown.
    places: dict[str, str] = {}  # noqa: RUF012 - a table, read only

    def refuse(self, refusal: Refusal) -> None:
        field = self.places.get(refusal.field or "", refusal.field)
        super().refuse(Refusal(refusal.sentence, field=field, code=refusal.code))

    def offer(self, quartiers: Sequence[Quartier]) -> None:
        """Gives the lists to choose from, for the parts that have some."""

    @staticmethod
    def read(content: ReglementContent) -> dict[str, Any]:
        """What the form shows of the content."""
        raise NotImplementedError

    def change(self, content: ReglementContent) -> ReglementContent:
        """The content with what was typed."""
        raise NotImplementedError


class EnvelopeForm(PartForm):
    """The money: how much, of which section, and how much one project may cost."""

    places = {"envelope": "envelope_cents", "sub_envelopes": "envelope_cents", "amount_cents": "envelope_cents"}  # noqa: RUF012

    envelope_cents = EurosField(
        _l("Quel est le montant de l’enveloppe, en euros ?"),
        validators=[needed(_l("Indiquez le montant de l’enveloppe."))],
    )
    section = RadioField(
        _l("De quelle section du budget ?"),
        choices=[choice(section.value, section.label) for section in Section],
        validators=[InputRequired(_l("Choisissez la section du budget."))],
    )
    min_project_cents = EurosField(
        _l("Coût minimal d’un projet, en euros"), description=_l("Laissez vide s’il n’y en a pas.")
    )
    max_project_cents = EurosField(
        _l("Coût maximal d’un projet, en euros"), description=_l("Laissez vide s’il n’y en a pas.")
    )

    @staticmethod
    def read(content: ReglementContent) -> dict[str, Any]:
        return {
            "envelope_cents": content.envelope_cents,
            "section": content.section.value if content.section else None,
            "min_project_cents": content.min_project_cents,
            "max_project_cents": content.max_project_cents,
        }

    def change(self, content: ReglementContent) -> ReglementContent:
        return replace(
            content,
            envelope_cents=self.envelope_cents.cents,
            section=Section(self.section.data),
            min_project_cents=self.min_project_cents.cents,
            max_project_cents=self.max_project_cents.cents,
        )


class CriteriaForm(PartForm):
    """The criteria: those of the list, and one's own."""

    codes = SelectMultipleField(
        _l("Quels critères une idée doit-elle respecter ?"),
        choices=[choice(code, wording) for code, wording in CRITERIA.items()],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    others = TextAreaField(
        _l("Vos propres critères"), description=_l("Un par ligne, en une phrase."), validators=[at_most(4000)]
    )

    @staticmethod
    def read(content: ReglementContent) -> dict[str, Any]:
        return {
            "codes": [criterion.code for criterion in content.criteria if criterion.code in CRITERIA],
            "others": "\n".join(one.wording for one in content.criteria if one.code not in CRITERIA),
        }

    def change(self, content: ReglementContent) -> ReglementContent:
        # A règlement is written in French, whatever the language of the agent who fills it.
        with force_locale("fr"):
            known = [Criterion(code, str(CRITERIA[code])) for code in CRITERIA if code in (self.codes.data or ())]
        lines = dict.fromkeys(line.strip() for line in (self.others.data or "").split("\n") if line.strip())
        # The code of one's own criterion follows from its words, so that writing it again changes nothing.
        own = [Criterion(f"autre_{digest(line)[:8]}", line) for line in lines]
        return replace(content, criteria=(*known, *own))


class EligibilityForm(PartForm):
    """Who may take part in a step: proposing, or voting."""

    step = "proposers"

    min_age = IntegerField(
        _l("Âge minimal, en années"),
        description=_l("Laissez vide s’il n’y en a pas."),
        validators=[Optional(), NumberRange(min=0, max=120, message=_l("Écrivez un âge entre 0 et 120 ans."))],
    )
    residents_only = BooleanField(_l("Seulement les personnes qui habitent le territoire"))
    exclude_elected = BooleanField(_l("Les personnes élues ne participent pas"))
    exclude_agents = BooleanField(_l("Les agentes et agents qui étudient les projets ne participent pas"))
    quartier_ids = SelectMultipleField(
        _l("Seulement ces quartiers"),
        description=_l("Sans choix, tous les quartiers participent."),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def offer(self, quartiers: Sequence[Quartier]) -> None:
        self.quartier_ids.choices = [choice(quartier.id, quartier.name) for quartier in quartiers]

    @classmethod
    def read(cls, content: ReglementContent) -> dict[str, Any]:
        return dict(getattr(content, cls.step).to_facts())

    def change(self, content: ReglementContent) -> ReglementContent:
        eligibility = Eligibility(
            min_age=self.min_age.data,
            residents_only=bool(self.residents_only.data),
            exclude_elected=bool(self.exclude_elected.data),
            exclude_agents=bool(self.exclude_agents.data),
            quartier_ids=tuple(sorted(self.quartier_ids.data or ())),
        )
        return self.put(content, eligibility)

    def put(self, content: ReglementContent, eligibility: Eligibility) -> ReglementContent:
        """The content with these people for this step."""
        return replace(content, proposers=eligibility)


class VotersForm(EligibilityForm):
    """Who may vote."""

    step = "voters"

    def put(self, content: ReglementContent, eligibility: Eligibility) -> ReglementContent:
        return replace(content, voters=eligibility)


class BallotPartForm(PartForm):
    """The ballot: what the voter is asked, and its numbers."""

    places = {"points": "points_total", "choices": "choices_max", "score": "type"}  # noqa: RUF012

    type = RadioField(
        _l("Que fait la personne qui vote ?"),
        choices=[
            choice(BallotType.POINTS.value, _l("Elle répartit des points entre les projets")),
            choice(BallotType.UP_TO.value, _l("Elle choisit des projets, jusqu’à un maximum")),
            choice(BallotType.EXACTLY.value, _l("Elle choisit un nombre exact de projets")),
        ],
        validators=[InputRequired(_l("Choisissez la forme du bulletin."))],
    )
    points_total = IntegerField(
        _l("Combien de points à répartir ?"), description=_l("Pour un vote par points."), validators=[Optional(), MOST]
    )
    points_max = IntegerField(
        _l("Combien de points au plus pour un projet ?"),
        description=_l("Pour un vote par points. Laissez vide s’il n’y a pas de maximum."),
        validators=[Optional(), MOST],
    )
    choices_max = IntegerField(
        _l("Combien de projets ?"),
        description=_l("Le maximum, ou le nombre exact. Laissez vide pour un vote par points sans maximum."),
        validators=[Optional(), MOST],
    )
    blank_allowed = BooleanField(_l("Le vote blanc est possible"))

    @staticmethod
    def read(content: ReglementContent) -> dict[str, Any]:
        form = content.ballot
        if form is None:
            return {"blank_allowed": True}
        return {**form.to_facts(), "type": form.type.value}

    def change(self, content: ReglementContent) -> ReglementContent:
        kind = BallotType(self.type.data)
        points = kind is BallotType.POINTS
        exactly = kind is BallotType.EXACTLY
        form = BallotForm(
            type=kind,
            points_total=self.points_total.data if points else None,
            points_max=self.points_max.data if points else None,
            choices_min=(self.choices_max.data or 0) if exactly else 1,
            choices_max=self.choices_max.data,
            blank_allowed=bool(self.blank_allowed.data),
        )
        # Points can only be counted where points are given.
        score = content.score if points else Score.VOTES
        return replace(content, ballot=form, score=score)


TIE_ORDERS = {
    "more_voters,lower_cost,draw": _l("Le plus de personnes, puis le moins cher, puis le tirage au sort public"),
    "lower_cost,more_voters,draw": _l("Le moins cher, puis le plus de personnes, puis le tirage au sort public"),
    "more_voters,draw": _l("Le plus de personnes, puis le tirage au sort public"),
    "lower_cost,draw": _l("Le moins cher, puis le tirage au sort public"),
    "draw": _l("Le tirage au sort public"),
}


class CountForm(PartForm):
    """The count: what ranks, what happens when it does not fit, how ties are broken, who opens the box."""

    places = {"tie_breaks": "ties"}  # noqa: RUF012

    score = RadioField(
        _l("Qu’est-ce qui classe les projets ?"),
        choices=[
            choice(Score.POINTS.value, _l("Le total des points reçus (vote par points)")),
            choice(Score.VOTES.value, _l("Le nombre de personnes qui ont choisi le projet")),
        ],
        validators=[InputRequired(_l("Choisissez ce qui classe les projets."))],
    )
    overflow = RadioField(
        _l("Que fait-on quand le projet suivant coûte plus que ce qui reste ?"),
        choices=[
            choice(Overflow.SKIP.value, _l("On passe au suivant qui rentre dans ce qui reste")),
            choice(Overflow.STOP.value, _l("On s’arrête là")),
        ],
        validators=[InputRequired(_l("Choisissez ce que l’on fait quand un projet ne rentre pas."))],
    )
    ties = RadioField(
        _l("Comment départage-t-on deux projets à égalité ?"),
        choices=[choice(order, words) for order, words in TIE_ORDERS.items()],
        validators=[InputRequired(_l("Choisissez comment on départage."))],
    )
    threshold = IntegerField(
        _l("Score minimal pour être lauréat"), description=_l("Laissez vide s’il n’y en a pas."),
        validators=[Optional(), MOST],
    )  # fmt: skip
    threshold_percent_of_voters = IntegerField(
        _l("Part minimale des votants, en pourcentage"), description=_l("Laissez vide s’il n’y en a pas."),
        validators=[Optional(), NumberRange(min=0, max=100, message=_l("Écrivez un nombre entre 0 et 100."))],
    )  # fmt: skip
    max_winners = IntegerField(
        _l("Nombre maximal de lauréats"), description=_l("Laissez vide s’il n’y en a pas."),
        validators=[Optional(), MOST],
    )  # fmt: skip
    openers_needed = IntegerField(
        _l("Combien de personnes ouvrent le dépouillement ensemble ?"),
        description=_l("Valeur de démonstration : 2. Votre règlement dit la sienne."),
        validators=[InputRequired(_l("Indiquez combien de personnes ouvrent le dépouillement.")), MOST],
    )
    minimum_batch = IntegerField(
        _l("Par combien les bulletins sont-ils mélangés, au moins ?"),
        description=_l("10 au moins : en dessous, on pourrait deviner qui a voté quoi."),
        validators=[InputRequired(_l("Indiquez la taille du plus petit lot de bulletins.")), MOST],
    )

    @staticmethod
    def read(content: ReglementContent) -> dict[str, Any]:
        return {
            "score": content.score.value if content.score else None,
            "overflow": content.overflow.value if content.overflow else None,
            "ties": ",".join(criterion.value for criterion in content.tie_breaks),
            "threshold": content.threshold,
            "threshold_percent_of_voters": content.threshold_percent_of_voters,
            "max_winners": content.max_winners,
            "openers_needed": content.openers_needed,
            "minimum_batch": content.minimum_batch,
        }

    def change(self, content: ReglementContent) -> ReglementContent:
        return replace(
            content,
            score=Score(self.score.data),
            overflow=Overflow(self.overflow.data),
            tie_breaks=tuple(TieBreak(criterion) for criterion in str(self.ties.data).split(",")),
            threshold=self.threshold.data,
            threshold_percent_of_voters=self.threshold_percent_of_voters.data,
            max_winners=self.max_winners.data,
            openers_needed=self.openers_needed.data or 0,
            minimum_batch=self.minimum_batch.data or 0,
        )


class ReserveForm(Form):
    """One sub-envelope."""

    label = StringField(
        _l("Comment s’appelle cette sous-enveloppe ?"),
        validators=[needed(_l("Donnez un nom à cette sous-enveloppe.")), at_most(120)],
    )
    kind = RadioField(
        _l("À quoi est-elle réservée ?"),
        choices=[choice(kind.value, kind.label) for kind in ReservedFor],
        validators=[InputRequired(_l("Choisissez à quoi elle est réservée."))],
    )
    quartier_id = SelectField(_l("Quel quartier ?"), coerce=int)
    amount_cents = EurosField(
        _l("Quel est son montant, en euros ?"), validators=[needed(_l("Indiquez le montant de la sous-enveloppe."))]
    )
    max_winners = IntegerField(
        _l("Nombre maximal de lauréats"), description=_l("Laissez vide s’il n’y en a pas."),
        validators=[Optional(), MOST],
    )  # fmt: skip
    remainder_to_general = BooleanField(_l("Ce qu’elle n’utilise pas rejoint l’enveloppe générale"))
    second_chance = BooleanField(_l("Ses projets non financés concourent ensuite dans l’enveloppe générale"))

    def offer(self, quartiers: Sequence[Quartier]) -> None:
        """Gives the quartiers to choose from."""
        self.quartier_id.choices = [
            choice(0, _l("Aucun en particulier")),
            *(choice(one.id, one.name) for one in quartiers),
        ]

    def reserve(self, reserve_id: str) -> Reserve:
        """What was typed, for the domain."""
        kind = ReservedFor(self.kind.data)
        return Reserve(
            id=reserve_id,
            label=self.label.data or "",
            kind=kind,
            amount_cents=self.amount_cents.cents or 0,
            quartier_id=(self.quartier_id.data or None) if kind is ReservedFor.QUARTIER else None,
            max_winners=self.max_winners.data,
            remainder_to_general=bool(self.remainder_to_general.data),
            second_chance=bool(self.second_chance.data),
        )

    @staticmethod
    def read(reserve: Reserve | None) -> dict[str, Any]:
        """What the form shows: a sub-envelope, or the usual answers of a new one."""
        if reserve is None:
            return {"remainder_to_general": True, "second_chance": True}
        return {**reserve.to_facts(), "kind": reserve.kind.value, "quartier_id": reserve.quartier_id or 0}
