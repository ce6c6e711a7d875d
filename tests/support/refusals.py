"""Expecting a refusal by its code, and its sentence to be one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.domain.shared.refusals import Refusal


@contextmanager
def assert_refused(code: str, field: str | None = None) -> Iterator[None]:
    """The block raises a ``Refusal`` with this code (and field), whose sentence ends as sentences do."""
    with pytest.raises(Refusal) as caught:
        yield
    assert caught.value.code == code, f"{caught.value.code}: {caught.value}"
    assert field is None or caught.value.field == field
    assert str(caught.value).endswith((".", "!", "?", "»"))
