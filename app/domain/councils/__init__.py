"""Conseils citoyens: who sits, how they were drawn, what they say and what is answered."""
