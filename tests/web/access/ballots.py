"""Who may use the pages of ballots."""

DOORS: dict[str, str] = {
    "ballots.show": "anyone",
    "ballots.booth": "can_vote",
    "ballots.cast": "can_vote",
    "ballots.receipt": "signed_in",
    "ballots.receipt_text": "signed_in",
    "ballots.put_away": "signed_in",
    "ballots.verify": "anyone",
    "ballots.count": "can_open_count",
    "ballots.results": "anyone",
    "ballots.public_ballots": "anyone",
    "ballots.export": "anyone",
    "ballots.minutes": "anyone",
    "ballots.minutes_pdf": "anyone",
}
