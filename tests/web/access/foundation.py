"""Who may use the pages that belong to no feature in particular."""

DOORS = {
    "home.index": "anyone",
    "home.desk": "is_staff",
    "pages.explain": "anyone",
    "pages.accessibility": "anyone",
    "i18n.choose": "anyone",
    "gallery.index": "anyone",
}
