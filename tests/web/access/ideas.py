"""Who may use the pages of ideas."""

DOORS = {
    "ideas.index": "anyone",
}
