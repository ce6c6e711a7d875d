"""What agents keep of a body: what it is, its life, its papers, whom it informs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.blueprints.governance import bodies_forms as forms
from app.blueprints.governance.bodies_tasks import task_list
from app.blueprints.governance.kept_files import handed, shelf
from app.blueprints.governance.views.room import bp
from app.domain.accounts.policies import anyone
from app.domain.governance import queries, rules, services
from app.domain.governance.models import BODY_LIFE, Body, BodyKind, BodyPaper, LegalRegime, PaperKind, Power
from app.domain.governance.policies import can_compose_body, can_write_functioning
from app.domain.shared import clock
from app.domain.shared.refusals import Missing
from app.domain.territories.queries import organisations, quartiers
from app.web.access import access, current_person
from app.web.forms import Form, choice
from app.web.pages import done, respond

TITLES: dict[str, Any] = {
    "identite": _l("Ce qu’elle est"),
    "perimetre": _l("Son périmètre"),
    "pouvoirs": _l("Ce qu’elle peut faire"),
    "rattachement": _l("De quoi elle dépend, et qui la porte"),
}


@dataclass(frozen=True)
class Act:
    """An act of the life of a body: its verb, its button, what it does in words, what is said once done."""

    verb: str
    label: Any
    words: Any
    told: Any
    run: Callable[..., None]


ACTS = {
    "installer": Act(
        "install", _l("Installer l’instance"),
        _l("Elle commence sa vie : ses membres siègent, ses séances peuvent se tenir."),
        _l("L’instance est installée."), services.install,
    ),
    "endormir": Act(
        "put_to_sleep", _l("Mettre en sommeil"),
        _l("Elle ne se réunit plus pour le moment. Ses membres gardent leur mandat, et vous pourrez la réveiller."),
        _l("L’instance est en sommeil."), services.put_to_sleep,
    ),
    "reveiller": Act(
        "wake", _l("Réveiller l’instance"), _l("Elle se réunit de nouveau."),
        _l("L’instance est réveillée."), services.wake,
    ),
    "reunir": Act(
        "merge", _l("Réunir à une autre instance"),
        _l(
            "Ses mandats se terminent, les instances qui dépendent d’elle sont rattachées à l’autre. "
            "Son passé reste lisible sur sa page. Ceci ne se défait pas."
        ),
        _l("L’instance est réunie à l’autre."), services.merge,
    ),
    "terminer": Act(
        "close", _l("Terminer l’instance"),
        _l(
            "Ses mandats se terminent et rien ne peut plus y être ajouté. Son passé reste lisible. "
            "Ceci ne se défait pas."
        ),
        _l("L’instance est terminée."), services.close,
    ),
}  # fmt: skip


@bp.get("/instances/<int:body_id>/preparer")
@access(can_compose_body, subject=queries.body_by_id)
def prepare_body(body: Body) -> Response:
    """What is left to do for this body, part by part, and the acts of its life."""
    verbs = BODY_LIFE.verbs(body.state)
    preset = rules.preset_of(body.kind)
    return respond(
        "governance/body_prepare.html",
        body=body,
        tasks=task_list(body),
        writes_functioning=bool(can_write_functioning(current_person(), body)),
        acts=[(slug, act.label) for slug, act in ACTS.items() if act.verb in verbs],
        child=rules.presets()[preset.child] if preset and preset.child else None,
    )


@bp.route("/instances/<int:body_id>/modifier/<part>", methods=["GET", "POST"])
@access(can_compose_body, subject=lambda body_id, part: BodyPart(queries.body_by_id(body_id), part))
def change_body(at: BodyPart) -> ResponseReturnValue:
    """Changes one group of what is said of a body."""
    body = at.body
    form = _form_of(body, at.part)
    if form.validate_on_submit():
        with form.refusals():
            services.change_body(body=body, actor=current_person(), **_typed(at.part, form))
            return done(url_for("governance.prepare_body", body_id=body.id), _("C’est enregistré."))
    return respond("governance/body_form.html", status=form.status, form=form, body=body, title=TITLES[at.part])


@dataclass(frozen=True)
class BodyPart:
    """A body and the group of questions asked."""

    body: Body
    part: str

    @property
    def contract_id(self) -> int:
        """What the policy reads of a body."""
        if self.part not in TITLES:
            raise Missing(self.part)
        return self.body.contract_id


def _form_of(body: Body, part: str) -> Form:
    if part == "identite":
        return forms.IdentityForm(name=body.name, kind=body.kind.value, purpose=body.purpose)
    if part == "perimetre":
        form = forms.PerimeterForm(quartier_ids=[one.id for one in body.quartiers], perimeter=body.perimeter)
        form.quartier_ids.choices = [choice(one.id, one.name) for one in quartiers(body.contract_id)]
        return form
    if part == "pouvoirs":
        return forms.PowersForm(
            power=body.power.value, is_independent=body.is_independent,
            regime=body.regime.value if body.regime else "", yearly_seances=body.yearly_seances,
            mandate_months=body.mandate_months,
        )  # fmt: skip
    host = "own" if body.is_association else "other" if body.host_organisation_id else "none"
    held = forms.HostForm(
        parent_id=str(body.parent_id or ""), host=host, host_organisation_id=str(body.host_organisation_id or "")
    )
    others = [one for one in queries.bodies_of_contract(body.contract_id) if one.id != body.id]
    held.parent_id.choices = [choice("", _("Aucune")), *(choice(one.id, one.name) for one in others)]
    known = [choice(one.id, one.name) for one in organisations()]
    held.host_organisation_id.choices = [choice("", _("Aucune")), *known]
    return held


def _typed(part: str, form: Any) -> dict[str, Any]:
    if part == "identite":
        return {"name": form.name.data, "kind": BodyKind(form.kind.data), "purpose": form.purpose.data or ""}
    if part == "perimetre":
        known = {one.id: one for one in quartiers()}
        chosen = [known[one] for one in form.quartier_ids.data or ()]
        return {"quartiers": chosen, "perimeter": form.perimeter.data or ""}
    if part == "pouvoirs":
        return {
            "power": Power(form.power.data), "is_independent": bool(form.is_independent.data),
            "regime": LegalRegime(form.regime.data) if form.regime.data else None,
            "yearly_seances": form.yearly_seances.data, "mandate_months": form.mandate_months.data,
        }  # fmt: skip
    other = form.host.data == "other"
    return {
        "parent_id": forms.whole_or_none(form.parent_id.data),
        "is_association": form.host.data == "own",
        "host_organisation_id": forms.whole_or_none(form.host_organisation_id.data) if other else None,
    }


# --- Its life -----------------------------------------------------------------------------------------------------


@bp.route("/instances/<int:body_id>/vie/<act>", methods=["GET", "POST"])
@access(can_compose_body, subject=lambda body_id, act: BodyAct(queries.body_by_id(body_id), act))
def live(at: BodyAct) -> ResponseReturnValue:
    """Asks before an act of the life of a body, then does it."""
    body, act = at.body, ACTS[at.act]
    form: Any = forms.MergeForm() if act.verb == "merge" else forms.ActForm()
    if act.verb == "merge":
        others = [one for one in queries.bodies_of_contract(body.contract_id) if one.id != body.id]
        form.into_id.choices = [choice(one.id, one.name) for one in others]
    if form.validate_on_submit():
        values = {"into": queries.body_by_id(int(form.into_id.data))} if act.verb == "merge" else {}
        with form.refusals():
            act.run(body=body, actor=current_person(), **values)
            return done(url_for("governance.body", body_id=body.id), act.told)
    verdict = BODY_LIFE.allows(act.verb, body.state)
    return respond("governance/body_act.html", status=form.status, form=form, body=body, act=act, verdict=verdict)


@dataclass(frozen=True)
class BodyAct:
    """A body and the act asked."""

    body: Body
    act: str

    @property
    def contract_id(self) -> int:
        """What the policy reads of a body."""
        if self.act not in ACTS:
            raise Missing(self.act)
        return self.body.contract_id


# --- Papers and distribution --------------------------------------------------------------------------------------


@bp.route("/instances/<int:body_id>/papiers", methods=["GET", "POST"])
@access(can_compose_body, subject=queries.body_by_id)
def body_papers(body: Body) -> ResponseReturnValue:
    """The papers of a body; adds one."""
    form = forms.PaperForm()
    if form.validate_on_submit():
        with form.refusals():
            services.add_body_paper(
                body=body, kind=PaperKind(form.kind.data), title=form.title.data or "",
                reference=form.reference.data or "", dated_on=form.dated_on.data or clock.today(),
                words=form.words.data or "",
                signatures=form.signatures.data, actor=current_person(),
                upload=form.paper.data.read() if form.paper.data else b"",
                most_bytes=current_app.config["DOCUMENT_BYTES"], store=shelf(),
            )  # fmt: skip
            return done(url_for("governance.body_papers", body_id=body.id), _("Le document est ajouté."))
    return respond(
        "governance/body_papers.html", status=form.status, form=form, body=body, papers=queries.papers_of(body)
    )


@bp.get("/instances/papiers/<int:paper_id>")
@access(anyone, subject=queries.body_paper_by_id)
def body_paper(paper: BodyPaper) -> Response:
    """The file of a paper of a body: everybody reads them."""
    if paper.file is None:
        raise Missing("file")
    return handed(paper.file, f"document-instance-{paper.id}")


@bp.post("/instances/<int:body_id>/papiers/retirer")
@access(can_compose_body, subject=queries.body_by_id)
def withdraw_body_paper(body: Body) -> ResponseReturnValue:
    """Withdraws a paper."""
    paper = _among(queries.papers_of(body), "paper")
    services.withdraw_body_paper(paper=paper, actor=current_person())
    return done(url_for("governance.body_papers", body_id=body.id), _("Le document est retiré."))


@bp.route("/instances/<int:body_id>/diffusion", methods=["GET", "POST"])
@access(can_compose_body, subject=queries.body_by_id)
def distribution(body: Body) -> ResponseReturnValue:
    """Whom the body sends its relevés to; adds somebody."""
    form = forms.EntryForm()
    if form.validate_on_submit():
        with form.refusals():
            services.add_entry(
                body=body, name=form.name.data or "", email=form.email.data or "", quality=form.quality.data or "",
                actor=current_person(),
            )  # fmt: skip
            return done(url_for("governance.distribution", body_id=body.id), _("C’est ajouté à la liste."))
    entries = queries.entries_of(body)
    return respond("governance/body_distribution.html", status=form.status, form=form, body=body, entries=entries)


@bp.post("/instances/<int:body_id>/diffusion/retirer")
@access(can_compose_body, subject=queries.body_by_id)
def remove_entry(body: Body) -> ResponseReturnValue:
    """Removes somebody from the list."""
    entry = _among(queries.entries_of(body), "entry")
    services.remove_entry(entry=entry, actor=current_person())
    return done(url_for("governance.distribution", body_id=body.id), _("C’est retiré de la liste."))


def _among(held: Any, name: str) -> Any:
    """The row of this body that the form names."""
    found = next((one for one in held if str(one.id) == request.form.get(name)), None)
    return found if found is not None else abort(404)
