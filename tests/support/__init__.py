"""What tests lean on: a PostgreSQL server, a browser, a strict reader of HTML. Nothing here knows a feature."""
