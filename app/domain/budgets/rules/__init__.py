"""What a budget participatif says, given the facts and the hour."""
