"""Who may use the pages of ballots."""

DOORS: dict[str, str] = {}
