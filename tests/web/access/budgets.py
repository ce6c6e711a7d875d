"""Who may use the pages of budgets."""

DOORS = {
    "budgets.index": "anyone",
}
