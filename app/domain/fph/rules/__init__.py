"""What a fund promises: its règlement, its three lives, what may be granted and paid, its ledger. Amounts in cents."""
