"""WTForms' own messages, said as instructions and in the language of the page."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "Not a valid choice.": _l("Choisissez une réponse de la liste."),
    "Invalid Choice: could not coerce.": _l("Choisissez une réponse de la liste."),
    "'%(value)s' is not a valid choice for this field.": _l("Choisissez une réponse de la liste."),
    "Not a valid integer value.": _l("Écrivez un nombre entier, en chiffres."),
    "Not a valid decimal value.": _l("Écrivez un nombre, en chiffres."),
    "Not a valid date value.": _l("Écrivez une date, par exemple 03/06/2026."),
    "Not a valid datetime value.": _l("Écrivez une date et une heure."),
    "Not a valid time value.": _l("Écrivez une heure, par exemple 18:30."),
    "This field is required.": _l("Répondez à cette question."),
    "Invalid email address.": _l("Écrivez une adresse e-mail complète, par exemple prenom@exemple.fr."),
}


class Sentences:
    """What WTForms asks its words to; a message we do not know is given back as it is."""

    def gettext(self, message: str) -> str:
        return str(SENTENCES.get(message, message))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self.gettext(singular if number == 1 else plural)
