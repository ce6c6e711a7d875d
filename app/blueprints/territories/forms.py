"""The forms of the site and of its territory."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    ColorField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import NumberRange, Optional

from app.domain.territories import queries
from app.domain.territories.models import Contract, Organisation, OrganisationKind, Quartier, Site, ThematicNode
from app.domain.territories.services import ContractFacts, OrganisationFacts, QuartierFacts, SiteFacts, ThemeFacts
from app.web.forms import Form, at_most, needed

PICTOGRAMS = {
    "espaces-verts": _l("Espaces verts"), "sport": _l("Sport"), "jeunesse": _l("Jeunesse"), "culture": _l("Culture"),
    "mobilite": _l("Mobilité"), "proprete": _l("Propreté"), "solidarite": _l("Solidarité"), "sante": _l("Santé"),
    "education": _l("Éducation"), "securite": _l("Sécurité"), "logement": _l("Logement"), "emploi": _l("Emploi"),
}  # fmt: skip


def _text(label: Any, most: int, sentence: Any = None, **more: Any) -> StringField:
    return StringField(label, validators=[*([needed(sentence)] if sentence else []), at_most(most)], **more)


def _number(label: Any, low: int, high: int, sentence: Any, **more: Any) -> IntegerField:
    return IntegerField(label, validators=[needed(sentence), NumberRange(low, high, sentence)], **more)


class SiteForm(Form):
    """The settings of the site."""

    name = _text(_l("Comment s’appelle le site ?"), 120, _l("Donnez un nom au site."))
    place = _text(_l("De quelle ville ou de quel territoire ?"), 120)
    accent = ColorField(
        _l("Quelle est la couleur de la collectivité ?"),
        description=_l("Si elle est trop pâle pour être lue, elle sera foncée juste ce qu’il faut."),
    )
    phone = _text(_l("À quel numéro peut-on vous appeler ?"), 40)
    email = _text(_l("À quelle adresse e-mail peut-on vous écrire ?"), 254)
    address = _text(_l("À quelle adresse peut-on venir ?"), 300)
    footer = TextAreaField(_l("Que dit le bas de page ?"), validators=[at_most(1000)])
    publication_director = _text(_l("Qui est responsable de la publication ?"), 200)
    host = _text(_l("Qui héberge le site, et à quelle adresse ?"), 300)
    charter = TextAreaField(
        _l("Quelle charte chacun accepte-t-il en créant son compte ?"),
        validators=[needed(_l("Écrivez la charte en une ou deux phrases.")), at_most(400)],
    )
    moderation_before_publication = BooleanField(_l("Les idées sont relues avant d’être publiées"))
    small_cell_threshold = _number(
        _l("Sous quel nombre les tableaux publiés cachent-ils les effectifs ?"), 1, 100,
        _l("Écrivez un nombre entre 1 et 100."), description=_l("Pour que personne ne soit reconnu."),
    )  # fmt: skip
    sign_up_link_hours = _number(
        _l("Combien d’heures vaut le lien d’inscription ?"), 1, 720, _l("Écrivez un nombre d’heures entre 1 et 720."),
        description=_l("Le lien qui confirme une nouvelle adresse e-mail vaut aussi longtemps."),
    )  # fmt: skip
    reset_link_minutes = _number(
        _l("Combien de minutes vaut le lien de mot de passe ?"), 5, 1440,
        _l("Écrivez un nombre de minutes entre 5 et 1440."),
    )  # fmt: skip
    session_days = _number(
        _l("Après combien de jours faut-il se reconnecter ?"), 1, 365, _l("Écrivez un nombre de jours entre 1 et 365.")
    )
    idea_answer_days = _number(
        _l("En combien de jours répondez-vous à une idée ?"), 1, 730, _l("Écrivez un nombre de jours entre 1 et 730."),
        description=_l("Pour les idées données hors d’un budget participatif. Passé ce délai, le retard est visible."),
    )  # fmt: skip
    mail_kept_days = _number(
        _l("Combien de jours gardez-vous une lettre envoyée ?"), 1, 365,
        _l("Écrivez un nombre de jours entre 1 et 365."),
    )  # fmt: skip
    most_unused_cards = _number(
        _l("Combien de cartes non utilisées une même personne peut-elle avoir faites ?"), 1, 10000,
        _l("Écrivez un nombre entre 1 et 10000."),
        description=_l("Chaque carte ouvre un compte : celles qui ne servent pas se comptent et s’annulent."),
    )  # fmt: skip
    opener_wait_days = _number(
        _l("Combien de jours un rôle donné après la clôture d’un vote attend-il pour ouvrir l’urne ?"), 1, 365,
        _l("Écrivez un nombre de jours entre 1 et 365."),
        description=_l("Pour que personne n’ouvre l’urne à deux avec un second compte fait le soir même."),
    )  # fmt: skip
    reminder_days = _number(
        _l("Combien de jours avant une séance rappeler ce qui manque ?"), 1, 60,
        _l("Écrivez un nombre de jours entre 1 et 60."),
    )  # fmt: skip
    avis_answer_days = _number(
        _l("En combien de jours une instance répond-elle à l’avis d’un conseil ?"), 1, 730,
        _l("Écrivez un nombre de jours entre 1 et 730."),
        description=_l("Proposé à chaque instance, qui écrit le sien dans ses règles. Ensuite le retard est public."),
    )  # fmt: skip
    mandate_warning_months = _number(
        _l("Combien de mois avant sa fin signaler un mandat ?"), 1, 36, _l("Écrivez un nombre de mois entre 1 et 36.")
    )
    silence_warning_months = _number(
        _l("Après combien de mois sans séance ni avis signaler un conseil ?"), 1, 36,
        _l("Écrivez un nombre de mois entre 1 et 36."),
    )  # fmt: skip
    charter_months = _number(
        _l("En combien de mois un conseil installé adopte-t-il sa charte ?"), 1, 36,
        _l("Écrivez un nombre de mois entre 1 et 36."),
    )  # fmt: skip
    space_access_minutes = _number(
        _l("Combien de minutes l’administration reste-t-elle dans l’espace d’un conseil ?"), 1, 480,
        _l("Écrivez un nombre de minutes entre 1 et 480."),
        description=_l("Chaque entrée a une raison, et le conseil la lit sur sa page."),
    )  # fmt: skip
    draw_list_kilobytes = _number(
        _l("Quelle taille de liste, en kilo-octets, un tirage au sort accepte-t-il ?"), 10, 9000,
        _l("Écrivez un nombre entre 10 et 9 000."),
    )  # fmt: skip
    draw_appeal_days = _number(
        _l("Combien de jours les listes d’un tirage sont-elles gardées pour les recours ?"), 1, 730,
        _l("Écrivez un nombre de jours entre 1 et 730."),
        description=_l("Proposé à chaque instance : elle écrit le sien dans ses règles."),
    )  # fmt: skip
    draw_witnesses = _number(
        _l("Combien de témoins, au moins, signent un tirage ?"), 1, 20, _l("Écrivez un nombre entre 1 et 20."),
        description=_l("Proposé à chaque instance : elle écrit le sien dans ses règles."),
    )  # fmt: skip
    candidacy_kept_days = _number(
        _l("Combien de jours gardez-vous une candidature terminée ?"), 1, 3650,
        _l("Écrivez un nombre de jours entre 1 et 3650."),
        description=_l("Ensuite son nom, ses coordonnées et ses mots sont effacés. La ligne reste comptée."),
    )  # fmt: skip

    def facts(self) -> SiteFacts:
        """What was answered, as the domain takes it."""
        return SiteFacts(**{name: self[name].data for name in SiteFacts.__dataclass_fields__})

    @classmethod
    def of(cls, site: Site) -> SiteForm:
        """The form, filled with what is in force."""
        return cls(obj=site)


class ContractForm(Form):
    """A contrat de ville."""

    name = _text(_l("Comment s’appelle le contrat ?"), 200, _l("Donnez un nom au contrat."))
    holder = _text(_l("Qui le porte ?"), 200, description=_l("La commune ou l’intercommunalité."))
    starts_on = DateField(_l("Quel jour commence-t-il ?"), validators=[needed(_l("Écrivez le premier jour."))])
    ends_on = DateField(_l("Quel jour finit-il ?"), validators=[needed(_l("Écrivez le dernier jour."))])
    summary = TextAreaField(_l("En quelques phrases, que prévoit-il ?"), validators=[at_most(4000)])

    def facts(self) -> ContractFacts:
        """What was answered, as the domain takes it."""
        return ContractFacts(**{name: self[name].data for name in ContractFacts.__dataclass_fields__})

    @classmethod
    def of(cls, contract: Contract | None) -> ContractForm:
        """The form, empty or filled with a contract."""
        return cls(obj=contract)


class InContractForm(Form):
    """A form about something that belongs to one contract."""

    contract = SelectField(_l("Dans quel contrat de ville ?"), validators=[needed(_l("Choisissez un contrat."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contract.choices = [(str(contract.id), contract.name) for contract in queries.contracts()]


class QuartierForm(InContractForm):
    """A quartier: a QPV with its code, or another territory."""

    name = _text(_l("Comment s’appelle le quartier ?"), 120, _l("Donnez le nom du quartier."))
    qpv_code = _text(
        _l("Quel est son code de quartier prioritaire ?"), 8,
        description=_l("Huit signes, recopiés du décret. Laissez vide si ce n’est pas un quartier prioritaire."),
    )  # fmt: skip
    commune = _text(_l("Dans quelle commune ?"), 120)
    population = IntegerField(_l("Combien d’habitantes et d’habitants ?"), validators=[Optional(), NumberRange(0)])
    population_year = IntegerField(_l("En quelle année ?"), validators=[Optional(), NumberRange(1950, 2100)])
    population_source = _text(_l("D’après quelle source ?"), 200)
    referent_name = _text(_l("Qui peut aider sur place ?"), 120)
    referent_phone = _text(_l("À quel numéro l’appeler ?"), 40)
    meeting_place = _text(_l("Où peut-on venir ?"), 200)
    position = IntegerField(_l("À quel rang dans les listes ?"), default=0, validators=[Optional()])

    def facts(self) -> QuartierFacts:
        """What was answered, as the domain takes it."""
        return QuartierFacts(
            contract_id=int(self.contract.data), name=self.name.data or "", commune=self.commune.data or "",
            qpv_code=(self.qpv_code.data or "").upper().replace(" ", "") or None, population=self.population.data,
            population_year=self.population_year.data, population_source=self.population_source.data or "",
            referent_name=self.referent_name.data or "", referent_phone=self.referent_phone.data or "",
            meeting_place=self.meeting_place.data or "", position=self.position.data or 0,
        )  # fmt: skip

    @classmethod
    def of(cls, quartier: Quartier | None) -> QuartierForm:
        """The form, empty or filled with a quartier."""
        return cls(obj=quartier, data={"contract": str(quartier.contract_id)} if quartier else None)


class ThemeForm(InContractForm):
    """A node of the thematic framework."""

    parent = SelectField(_l("Sous quel thème ?"))
    reference = _text(_l("Quel est son code dans le contrat ?"), 40, _l("Donnez un code, par exemple P1."))
    level = _text(
        _l("À quel niveau est-il ?"), 80, _l("Donnez le nom du niveau."),
        description=_l("Dans les mots du contrat : priorité, objectif, défi…"),
    )  # fmt: skip
    label = _text(_l("Comment le contrat le nomme-t-il ?"), 300, _l("Recopiez l’intitulé du contrat."))
    plain_label = _text(_l("Comment le dire en mots de tous les jours ?"), 300)
    pictogram = SelectField(_l("Quel dessin l’accompagne ?"))
    position = IntegerField(_l("À quel rang dans les listes ?"), default=0, validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = [(str(theme.id), f"{theme.code} {theme.shown}") for theme in queries.themes()]
        self.parent.choices = [("", _l("Aucun : il est au premier niveau")), *themes]
        self.pictogram.choices = [("", _l("Aucun")), *PICTOGRAMS.items()]

    def facts(self) -> ThemeFacts:
        """What was answered, as the domain takes it."""
        return ThemeFacts(
            contract_id=int(self.contract.data), parent_id=int(self.parent.data) if self.parent.data else None,
            code=self.reference.data or "", level=self.level.data or "", label=self.label.data or "",
            plain_label=self.plain_label.data or "", pictogram=self.pictogram.data or "",
            position=self.position.data or 0,
        )  # fmt: skip

    @classmethod
    def of(cls, theme: ThematicNode | None) -> ThemeForm:
        """The form, empty or filled with a theme."""
        if theme is None:
            return cls()
        held = {"contract": str(theme.contract_id), "parent": str(theme.parent_id or ""), "reference": theme.code}
        return cls(obj=theme, data=held)


class OrganisationForm(Form):
    """A service or a partner."""

    name = _text(_l("Comment s’appelle ce service ou cet organisme ?"), 200, _l("Donnez son nom."))
    kind = RadioField(_l("Qu’est-ce que c’est ?"), validators=[needed(_l("Choisissez ce que c’est."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(kind.value, kind.label) for kind in OrganisationKind]

    def facts(self) -> OrganisationFacts:
        """What was answered, as the domain takes it."""
        return OrganisationFacts(name=self.name.data or "", kind=OrganisationKind(self.kind.data))

    @classmethod
    def of(cls, organisation: Organisation | None) -> OrganisationForm:
        """The form, empty or filled with an organisation."""
        if organisation is None:
            return cls()
        return cls(data={"name": organisation.name, "kind": organisation.kind.value})
