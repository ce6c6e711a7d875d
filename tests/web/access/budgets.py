"""Who may use the pages of budgets."""

DOORS = {
    "budgets.index": "anyone",
    "budgets.show": "can_see",
    "budgets.reglement": "can_see",
    "budgets.reglement_version": "can_see",
    "budgets.create": "is_agent",
    "budgets.dashboard": "is_agent",
    "budgets.manage": "can_manage",
    "budgets.describe": "can_manage",
    "budgets.schedule": "can_manage",
    "budgets.write_part": "can_manage",
    "budgets.apply_preset": "can_manage",
    "budgets.reserves": "can_manage",
    "budgets.add_reserve": "can_manage",
    "budgets.edit_reserve": "can_manage",
    "budgets.remove_reserve": "can_manage",
    "budgets.preview": "can_manage",
    "budgets.open_call": "can_manage",
    "budgets.close_call": "can_manage",
}
