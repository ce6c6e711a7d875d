"""Who may use the pages that belong to no feature in particular."""

DOORS = {
    "home.index": "anyone",
    "home.neighbourhood": "anyone",
    "home.animation": "is_staff",
    "home.desk": "is_agent",
    "home.quartiers": "anyone",
    "home.quartier": "anyone",
    "pages.explain": "anyone",
    "pages.accessibility": "anyone",
    "pages.legal": "anyone",
    "pages.personal_data": "anyone",
    "i18n.choose": "anyone",
    "gallery.index": "anyone",
    "gallery.room": "anyone",
}
