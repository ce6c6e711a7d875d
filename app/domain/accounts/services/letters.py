"""The letters of accounts: short, without anything that would serve somebody else who reads them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.shared.refusals import Refusal
from app.domain.territories.queries import site

Letter = tuple[str, str]


def confirm(link: str, hours: int) -> Letter:
    """To a new address: the link that confirms it."""
    return _letter(
        _l("Confirmez votre compte"),
        _l(
            "Bonjour,\n\nPour terminer la création de votre compte, ouvrez ce lien puis appuyez sur le bouton :\n\n"
            "%(link)s\n\nCe lien fonctionne pendant %(hours)d heures. Si vous n’avez rien demandé, n’ouvrez pas ce "
            "lien : aucun compte ne sera créé.",
            link=link,
            hours=hours,
        ),
    )


def already_joined(sign_in_at: str) -> Letter:
    """To an address that has an account: nothing was changed."""
    return _letter(
        _l("Vous avez déjà un compte"),
        _l(
            "Bonjour,\n\nQuelqu’un, sans doute vous, a demandé à créer un compte avec cette adresse. Vous en avez "
            "déjà un : connectez-vous ici.\n\n%(link)s\n\nSi vous avez oublié votre mot de passe, cette page permet "
            "d’en choisir un autre. Rien n’a été changé.",
            link=sign_in_at,
        ),
    )


def confirm_address(link: str, hours: int) -> Letter:
    """To the address somebody wants for their account: the link that confirms it."""
    return _letter(
        _l("Confirmez votre adresse e-mail"),
        _l(
            "Bonjour,\n\nPour utiliser cette adresse avec votre compte, ouvrez ce lien, connectez-vous s’il le faut, "
            "puis appuyez sur le bouton :\n\n%(link)s\n\nCe lien fonctionne pendant %(hours)d heures. Si vous n’avez "
            "rien demandé, n’ouvrez pas ce lien : rien ne sera changé.",
            link=link,
            hours=hours,
        ),
    )


def address_taken(sign_in_at: str) -> Letter:
    """To an address that has an account, wanted for another one: nothing was changed."""
    return _letter(
        _l("Cette adresse a déjà un compte"),
        _l(
            "Bonjour,\n\nQuelqu’un, sans doute vous, a demandé à utiliser cette adresse avec un autre compte. Elle "
            "en a déjà un : connectez-vous ici.\n\n%(link)s\n\nPour l’utiliser avec l’autre compte, changez-la d’abord "
            "dans celui-ci, ou fermez-le. Rien n’a été changé.",
            link=sign_in_at,
        ),
    )


def new_password(link: str, minutes: int) -> Letter:
    """To somebody who forgot their password: the link to choose another."""
    return _letter(
        _l("Choisissez un nouveau mot de passe"),
        _l(
            "Bonjour,\n\nPour choisir un nouveau mot de passe, ouvrez ce lien :\n\n%(link)s\n\nIl fonctionne une "
            "fois, pendant %(minutes)d minutes. Si vous n’avez rien demandé, ne faites rien : votre mot de passe "
            "ne change pas.",
            link=link,
            minutes=minutes,
        ),
    )


def closed() -> Letter:
    """To somebody who has closed their account: the last letter they receive."""
    return _letter(
        _l("Votre compte est fermé"),
        _l(
            "Bonjour,\n\nVotre compte est fermé. Votre nom, votre adresse e-mail et votre mot de passe sont effacés. "
            "Ce que vous avez publié reste, sans votre nom."
        ),
    )


def dead_link() -> Refusal:
    """A link that serves no more; the sentence does not say why, for the link says nothing of who opens it."""
    return Refusal(
        _l("Ce lien ne marche plus : il a déjà servi, ou il est trop ancien. Connectez-vous, ou refaites la demande."),
        code="link",
    )


def _letter(subject: object, body: object) -> Letter:
    here = site()
    signature = "\n".join(filter(None, (here.name, here.phone)))
    return f"{subject} – {here.name}", f"{body}\n\n{signature}"
