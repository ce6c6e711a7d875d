"""A fund played from a list of events, without a database: what its règlement would do, before anybody adopts it."""
