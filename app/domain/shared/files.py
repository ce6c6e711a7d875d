"""Files people give (photos): re-encoded before they arrive here, named at random, described in words."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, db
from app.domain.shared import clock


class StoredFile(Base):
    """A file kept under a random name. The name it had on somebody's telephone is not kept."""

    __tablename__ = "stored_files"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    # What one sees, in words, for those who do not see it.
    description: Mapped[str] = mapped_column(String(300), default="")
    stored_at: Mapped[datetime]


def new_file(media_type: str, size: int, width: int, height: int, description: str) -> StoredFile:
    """Writes the row of a file whose bytes the adapter keeps under the same id."""
    file = StoredFile(
        id=secrets.token_hex(16), media_type=media_type, size=size, width=width, height=height,
        description=description, stored_at=clock.now(),
    )  # fmt: skip
    db.session.add(file)
    return file
