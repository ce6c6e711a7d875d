"""The pages of councils, module by module."""

from __future__ import annotations

from app.blueprints.councils.views.room import bp as bp
