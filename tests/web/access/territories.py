"""Who may use the pages of territories."""

DOORS: dict[str, str] = {}
