"""What each model of body is called, and what it is in a sentence: read before choosing, in the reader’s language."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

# By code of the model, in the file beside.
PRESET_WORDS: dict[str, tuple[LazyString, LazyString]] = {
    "conseil_citoyen": (
        _l("Conseil citoyen"),
        _l(
            "Des personnes qui habitent le quartier, tirées au sort ou volontaires, et des associations. "
            "Pour un quartier, plusieurs, ou tous."
        ),
    ),
    "conseil_citoyen_par_population": (
        _l("Conseil citoyen partagé par plusieurs quartiers"),
        _l("Un seul conseil ; chaque quartier y a des sièges selon sa population."),
    ),
    "conseil_communautaire": (
        _l("Conseil communautaire de citoyens"),
        _l("Il réunit les représentantes et représentants de plusieurs conseils citoyens, que vous lui rattachez."),
    ),
    "conseil_developpement": (
        _l("Conseil de développement"),
        _l("Quatre collèges ; un cinquième peut être ajouté plus tard."),
    ),
    "groupe_evaluation": (
        _l("Groupe d’évaluation territoriale"),
        _l("Il suit ce que le contrat change dans les quartiers."),
    ),
    "table_de_quartier": (
        _l("Table de quartier"),
        _l("Associations et habitants se parlent, à leur initiative."),
    ),
    "commission": (
        _l("Commission thématique"),
        _l("Elle prépare un sujet : emploi, cadre de vie, éducation…"),
    ),
    "cotech": (
        _l("Comité technique (COTECH)"),
        _l("Les services préparent ce que le comité de pilotage décide."),
    ),
    "copil_2": (
        _l("Comité de pilotage (COPIL) à deux coprésidences"),
        _l("L’État et l’intercommunalité le président ensemble."),
    ),
    "copil_3": (
        _l("Comité de pilotage (COPIL) à trois coprésidences"),
        _l("L’État, l’intercommunalité et la commune le président ensemble."),
    ),
    "conseil_des_jeunes": (
        _l("Conseil des jeunes"),
        _l("Les jeunes du quartier, pour ce qui les concerne."),
    ),
}
