"""Who may use the pages of governance."""

DOORS = {
    "governance.register": "anyone",
    "governance.record": "anyone",
    "governance.facts": "anyone",
    "governance.seal": "anyone",
    "governance.correct": "can_correct",
    "governance.bodies": "is_staff",
    "governance.create_body": "is_agent",
    "governance.body": "can_lead_body",
    "governance.plan_seance": "can_lead_body",
    "governance.seances": "anyone",
    "governance.seance": "can_see_seance",
    "governance.change_seance": "can_lead_seance",
    "governance.convene": "can_lead_seance",
}
