"""Files people give (photos): written again without their metadata, named at random, described in words."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.adapters.files import NotAPhoto, Store, clean_document, clean_photo
from app.database import Base, db
from app.domain.shared import clock
from app.domain.shared.journal import Actor
from app.domain.shared.refusals import Missing, Refusal

_SENTENCES = {
    "empty": _l("Choisissez une photo, ou passez cette question."),
    "unreadable": _l("Ce fichier n’est pas une photo que nous savons lire. Choisissez une photo JPEG, PNG ou WebP."),
    "pixels": _l("Cette photo est trop grande : 60 millions de points au plus. Réduisez-la, puis recommencez."),
}


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
    # Until it is public, only the person who gave the file and the staff see it.
    is_public: Mapped[bool] = mapped_column(default=False)
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class FileToErase(Base):
    """The name of a file no row describes any more, until its bytes are erased: after the commit, never before."""

    __tablename__ = "files_to_erase"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)


def new_file(
    media_type: str, size: int, width: int, height: int, description: str, given_by: Actor | None = None
) -> StoredFile:
    """Writes the row of a file whose bytes the adapter keeps under the same id."""
    file = StoredFile(
        id=secrets.token_hex(16), media_type=media_type, size=size, width=width, height=height,
        description=description, stored_at=clock.now(), given_by_id=given_by.id if given_by else None, is_public=False,
    )  # fmt: skip
    db.session.add(file)
    return file


def keep_photo(
    *, upload: bytes, description: str, store: Store, actor: Actor | None, field: str = "photo", public: bool = False
) -> StoredFile:
    """Cleans a photo, keeps its bytes and gives its row. Raises a ``Refusal`` (code ``photo``) on ``field``.

    The bytes are written before the commit: if the act fails, a file nobody can reach is left, never the reverse.
    """
    try:
        photo = clean_photo(upload)
    except NotAPhoto as error:
        raise Refusal(_SENTENCES[error.code], field=field, code="photo") from None
    file = new_file(photo.media_type, len(photo.content), photo.width, photo.height, description, actor)
    file.is_public = public
    db.session.flush()
    store.keep(file.id, photo.content)
    return file


_PAPER_SENTENCES = {
    "empty": _l("Choisissez un document : un PDF ou une photo."),
    "unreadable": _l("Ce fichier n’est ni un PDF ni une photo. Enregistrez-le en PDF, puis recommencez."),
    "pixels": _l("Cette photo est trop grande : 60 millions de points au plus. Réduisez-la, puis recommencez."),
    "size": _l("Ce document est trop lourd pour ce site. Réduisez-le, ou partagez-le en plusieurs."),
}


def keep_document(
    *, upload: bytes, description: str, store: Store, most_bytes: int, actor: Actor | None, field: str = "paper"
) -> StoredFile:
    """Keeps a PDF or a photo under a random name and gives its row. Raises a ``Refusal`` (code ``document``)."""
    try:
        document = clean_document(upload, most_bytes)
    except NotAPhoto as error:
        raise Refusal(_PAPER_SENTENCES[error.code], field=field, code="document") from None
    file = new_file(document.media_type, len(document.content), 0, 0, description[:300], actor)
    db.session.flush()
    store.keep(file.id, document.content)
    return file


def file_by_id(file_id: str) -> StoredFile:
    """One file. Raises ``Missing``."""
    found = db.session.get(StoredFile, file_id)
    if found is None:
        raise Missing("file")
    return found


def forget_file(file_id: str) -> None:
    """Removes a file nothing shows any more: its row now, its bytes once the commit is done (``erase_file``).

    A file that something else still shows stays: the database says so. To be called once the caller shows it no more.
    """
    try:
        with db.session.begin_nested():
            db.session.execute(delete(StoredFile).where(StoredFile.id == file_id))
    except IntegrityError:
        return
    db.session.add(FileToErase(id=file_id))


def files_to_erase() -> Sequence[str]:
    """The names of the files whose bytes wait to be erased."""
    return db.session.scalars(select(FileToErase.id).order_by(FileToErase.id)).all()


def erase_file(*, file_id: str, store: Store) -> None:
    """Erases the bytes of a forgotten file, then its name. Killed between the two, it is done again without harm."""
    store.forget(file_id)
    db.session.execute(delete(FileToErase).where(FileToErase.id == file_id))
