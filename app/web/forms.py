"""The base of every form: it strips what was typed, speaks in instructions, and shows what the domain refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length, ValidationError

from app.database import db
from app.domain.shared.money import format_euros, parse_euros, plain_euros
from app.domain.shared.refusals import Refusal, Verdict
from app.web.sentences import Sentences


class Form(FlaskForm):
    """A form whose fields are stripped and whose refusals land on the field concerned."""

    # A form made from another asks some questions before those it takes over: errors are summed up in that order.
    asked_first: ClassVar[tuple[str, ...]] = ()

    def __iter__(self) -> Iterator[Field]:
        """The fields in the order of the page."""
        first = [self._fields[name] for name in self.asked_first]
        return iter([*first, *(field for name, field in self._fields.items() if name not in self.asked_first)])

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            filters = list(unbound_field.kwargs.get("filters", ()))
            if issubclass(unbound_field.field_class, StringField) and not issubclass(
                unbound_field.field_class, PasswordField
            ):
                filters.append(tidy)
            return unbound_field.bind(form=form, filters=filters, **options)

        def get_translations(self, form: Any) -> Sentences:
            return Sentences()

    def refuse(self, refusal: Refusal) -> None:
        """Writes a refusal where the person will see it: on its field, or at the top of the form.

        What is refused of other fields is written too, but not what this form does not ask.
        """
        asked = (one for one in refusal.also if one.field in self._fields)
        for one in (refusal, *asked):
            field = self._fields.get(one.field or "")
            if field is not None:
                field.errors = [*field.errors, str(one)]
            else:
                self.form_errors.append(str(one))

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Runs an act; a refusal undoes what the act began and becomes an error of this form."""
        savepoint = db.session.begin_nested()
        try:
            yield
        except Refusal as refusal:
            savepoint.rollback()
            self.refuse(refusal)
        except BaseException:
            savepoint.rollback()
            raise
        else:
            if savepoint.is_active:
                savepoint.commit()

    @property
    def has_errors(self) -> bool:
        """Whether something is to be corrected, on a field or on the whole."""
        return bool(self.form_errors or any(field.errors for field in self))

    @property
    def status(self) -> int:
        """The status of the page that shows this form: 422 when something is to be corrected."""
        return 422 if self.has_errors else 200


class EurosField(StringField):
    """An amount typed as people write it, given to the domain as cents."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cents: int | None = None

    def process_data(self, value: int | None) -> None:
        self.cents = value
        self.data = plain_euros(value) if value is not None else ""

    def pre_validate(self, form: Any) -> None:
        self.cents = None
        if self.data:
            try:
                self.cents = parse_euros(self.data, self.name)
            except Refusal as refusal:
                raise ValidationError(str(refusal)) from None

    @property
    def shown(self) -> str:
        """The amount as read, for a recap."""
        return format_euros(self.cents) if self.cents is not None else ""


# The signs that turn the order of the letters around them: a title could show other words than those it holds.
TURNING = dict.fromkeys((0, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def tidy(text: str | None) -> str | None:
    """Strips the ends, unifies line endings, drops what no database can hold and what shows words in another order."""
    if text is None:
        return None
    return text.translate(TURNING).replace("\r\n", "\n").replace("\r", "\n").strip()


def needed(sentence: object) -> DataRequired:
    """The field must be filled; ``sentence`` is the instruction shown otherwise."""
    return DataRequired(message=sentence)  # type: ignore[arg-type]


def held_by(rule: Callable[[str], Verdict]) -> Callable[[Any, Field], None]:
    """What is typed must satisfy a rule of the domain: its sentence comes with the others, not once they are mended."""

    def check(form: Any, field: Field) -> None:
        verdict = rule(typed_in(field))
        if isinstance(verdict, Refusal):
            raise ValidationError(str(verdict))

    return check


def at_most(characters: int) -> Length:
    """The text must fit; the sentence says by how much to shorten."""
    return Length(max=characters, message=_l("Ce texte est trop long : raccourcissez-le à %(max)d caractères au plus."))


def choice(value: object, label: object, help: object = None) -> SelectChoice:
    """One answer of a list to choose from: the code sent, what is read, and a sentence of help under it."""
    return SelectChoice(str(value), label, {"data-help": help} if help else {})


def typed_in(field: Field) -> str:
    """What was typed in a field, as a text: empty when nothing was."""
    return str(field.data or "")


def label_of(field: Field) -> str:
    """The label of a field as plain text, for recaps and summaries."""
    return str(field.label.text)
