"""What the regulation of conseils citoyens says, given the facts."""
