"""Who may use the pages of health."""

DOORS: dict[str, str] = {}
