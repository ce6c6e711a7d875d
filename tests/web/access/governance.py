"""Who may use the pages of governance."""

DOORS = {
    "governance.register": "anyone",
}
