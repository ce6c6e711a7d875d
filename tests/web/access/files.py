"""Who may use the pages of files."""

DOORS: dict[str, str] = {}
