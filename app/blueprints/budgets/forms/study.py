"""The forms of the study: to whom an idea is entrusted, what is found by criterion, the sheet of a project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, Field, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional

from app.domain.accounts.models import Person
from app.domain.budgets.models import CriterionVerdict, Feasibility, Project, Study
from app.domain.budgets.rules.reglement import ReglementContent
from app.domain.budgets.rules.studies import Found, StudyDraft
from app.domain.territories.models import Organisation, Quartier
from app.web.forms import EurosField, Form, at_most, choice, needed


class AssignForm(Form):
    """Which service studies an idea, and which agent follows it."""

    service_id = SelectField(
        _l("Quel service étudie cette idée ?"), coerce=int, validators=[InputRequired(_l("Choisissez un service."))]
    )
    agent_id = SelectField(
        _l("Quel agent la suit ?"), coerce=int, validators=[InputRequired(_l("Choisissez un agent."))]
    )

    def offer(self, services: Sequence[Organisation], agents: Sequence[Person]) -> None:
        """Gives the lists to choose from."""
        self.service_id.choices = [choice(one.id, one.name) for one in services]
        self.agent_id.choices = [choice(one.id, one.pseudonym) for one in agents]


class StudyForm(Form):
    """What the services find of an idea; one question per criterion is added by ``study_form``."""

    version = HiddenField()
    feasibility = RadioField(
        _l("L’idée est-elle réalisable ?"),
        choices=[choice(one.value, one.label) for one in Feasibility],
        validators=[Optional()],
    )
    adaptation = TextAreaField(
        _l("En quoi est-elle adaptée ?"),
        description=_l("Si elle l’est : ce qui change, comme le public le lira avant de voter."),
        validators=[at_most(3000)],
    )
    adaptation_agreed_on = DateField(
        _l("Quel jour la personne qui l’a proposée a-t-elle donné son accord ?"), validators=[Optional()]
    )
    investment_cents = EurosField(_l("Combien coûte le projet, en euros ?"), description=_l("Toutes taxes comprises."))
    running_cents = EurosField(
        _l("Combien coûtera-t-il chaque année ensuite, en euros ?"), description=_l("Écrivez 0 s’il ne coûte rien.")
    )
    delay_months = IntegerField(
        _l("En combien de mois peut-il être réalisé ?"),
        validators=[Optional(), NumberRange(min=0, max=240, message=_l("Écrivez un nombre de mois entre 0 et 240."))],
    )
    responsible_id = SelectField(_l("Quel service le réaliserait ?"), coerce=int)
    reason = TextAreaField(
        _l("Pourquoi l’idée est-elle écartée ?"),
        description=_l("Si elle l’est : l’auteur et le public le liront."),
        validators=[at_most(3000)],
    )

    def criteria(self, content: ReglementContent) -> list[tuple[Field, Field]]:
        """The two fields of each criterion: the verdict and the reason."""
        return [(self[f"criterion_{one.code}"], self[f"reason_{one.code}"]) for one in content.criteria]

    def draft(self, content: ReglementContent) -> StudyDraft:
        """What was typed, for the domain."""
        findings = {
            one.code: Found(CriterionVerdict(self[f"criterion_{one.code}"].data), self[f"reason_{one.code}"].data or "")
            for one in content.criteria
            if self[f"criterion_{one.code}"].data
        }
        return StudyDraft(
            findings=findings,
            feasibility=Feasibility(self.feasibility.data) if self.feasibility.data else None,
            adaptation=self.adaptation.data or "",
            adaptation_agreed_on=self.adaptation_agreed_on.data,
            investment_cents=self.investment_cents.cents,
            running_cents=self.running_cents.cents,
            delay_months=self.delay_months.data,
            responsible_id=self.responsible_id.data or None,
            reason=self.reason.data or "",
        )

    @property
    def seen_version(self) -> int:
        """The version the agent had before their eyes; 0, which is none, when the page was tampered with."""
        written = str(self.version.data)
        return int(written) if written.isdigit() else 0


def study_form(study: Study, services: Sequence[Organisation]) -> StudyForm:
    """The form of a study, with one question per criterion of the règlement it is made under."""
    fields: dict[str, Any] = {}
    for criterion in study.reglement.rules.criteria:
        fields[f"criterion_{criterion.code}"] = RadioField(
            criterion.wording,
            choices=[choice(one.value, one.label) for one in CriterionVerdict],
            validators=[Optional()],
        )
        fields[f"reason_{criterion.code}"] = TextAreaField(
            _l("Si ce critère n’est pas respecté, pourquoi ?"), validators=[at_most(1000)]
        )
    form: StudyForm = type("StudyFormOfEdition", (StudyForm,), fields)(data=_read(study))
    form.responsible_id.choices = [choice(0, _l("Pas encore choisi")), *(choice(one.id, one.name) for one in services)]
    return form


def _read(study: Study) -> dict[str, Any]:
    data: dict[str, Any] = {
        "version": str(study.version),
        "feasibility": study.feasibility.value if study.feasibility else None,
        "adaptation": study.adaptation,
        "adaptation_agreed_on": study.adaptation_agreed_on,
        "investment_cents": study.investment_cents,
        "running_cents": study.running_cents,
        "delay_months": study.delay_months,
        "responsible_id": study.responsible_id or study.service_id,
        "reason": study.reason,
    }
    for finding in study.findings:
        data[f"criterion_{finding.code}"] = finding.verdict.value
        data[f"reason_{finding.code}"] = finding.reason
    return data


class SheetForm(Form):
    """What voters read of a project."""

    title = StringField(
        _l("Quel est le titre du projet ?"),
        validators=[needed(_l("Donnez un titre au projet.")), at_most(200)],
    )
    summary = TextAreaField(
        _l("Le projet en quelques mots"),
        description=_l("Une ou deux phrases, lues dans l’isoloir."),
        validators=[needed(_l("Résumez le projet en une ou deux phrases.")), at_most(600)],
    )
    reserve_id = SelectField(_l("Pour quelle sous-enveloppe concourt-il d’abord ?"))
    quartier_id = SelectField(_l("Dans quel quartier ?"), coerce=int)
    photo = FileField(_l("Une photo ou un dessin"), description=_l("Sans visage ni plaque d’immatriculation."))
    photo_words = StringField(
        _l("Que voit-on sur cette image ?"),
        description=_l("Pour les personnes qui ne la voient pas."),
        validators=[at_most(300)],
    )

    def offer(self, content: ReglementContent, quartiers: Sequence[Quartier]) -> None:
        """Gives the lists to choose from."""
        self.reserve_id.choices = [
            choice("", _l("L’enveloppe générale")), *(choice(one.id, one.label) for one in content.reserves)
        ]  # fmt: skip
        self.quartier_id.choices = [
            choice(0, _l("Plusieurs, ou tous")),
            *(choice(one.id, one.name) for one in quartiers),
        ]

    @staticmethod
    def read(project: Project) -> dict[str, Any]:
        """What the form shows of a project."""
        return {
            "title": project.title,
            "summary": project.summary,
            "reserve_id": project.reserve_id or "",
            "quartier_id": project.quartier_id or 0,
        }
