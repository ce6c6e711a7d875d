"""Who may use the pages of territories."""

DOORS = {
    "territories.accent": "anyone",
    "territories.settings": "is_admin",
    "territories.overview": "is_admin",
    "territories.add": "is_admin",
    "territories.change": "is_admin",
    "territories.remove": "is_admin",
}
