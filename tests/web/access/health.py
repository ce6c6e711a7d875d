"""Who may use the pages of health."""

DOORS = {
    "health.alive": "anyone",
    "health.ready": "anyone",
}
