"""Who may use the pages of accounts."""

DOORS = {
    "accounts.sign_in": "anyone",
    "accounts.sign_out": "signed_in",
    "accounts.sign_up": "anyone",
    "accounts.account": "signed_in",
    "accounts.administration": "is_admin",
}
