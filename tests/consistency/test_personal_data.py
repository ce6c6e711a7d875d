"""Personal columns are marked, so that exports, erasures and reviews find them all."""

from __future__ import annotations

import re

from app.database import Base

# What a column about somebody is usually called.
LOOKS_PERSONAL = re.compile(
    r"(^|_)(e?mail|phone|telephone|mobile|pseudonym|recipient|address|birth|first_name|last_name|surname|nickname|"
    r"author_name|person_name|ip|user_agent|signature)(_|$)"
)
# Why these are not about a resident.
NOT_OF_A_PERSON = {
    "site.email": "the address of the collectivité",
    "site.phone": "the telephone of the collectivité",
    "site.address": "the address of the collectivité",
    "site.mail_kept_days": "a number of days",
    "quartiers.referent_phone": "the telephone of a function, published so that people call it",
}


def columns() -> dict[str, bool]:
    """Each column, and whether it is marked."""
    return {
        f"{table.name}.{column.name}": bool(column.info.get("personal"))
        for table in Base.metadata.sorted_tables
        for column in table.columns
    }


def test_a_column_that_looks_personal_is_marked_or_says_why_not():
    silent = [
        name
        for name, marked in columns().items()
        if LOOKS_PERSONAL.search(name.split(".")[1]) and not marked and name not in NOT_OF_A_PERSON
    ]
    assert silent == [], 'mark them with info={"personal": True}'


def test_every_exception_still_exists():
    assert set(NOT_OF_A_PERSON) <= set(columns())


def test_a_marked_column_is_never_in_a_table_that_cannot_forget(app):
    """The register, the journal and the ballots refuse UPDATE and DELETE: nothing there may have to be erased."""
    frozen = {"governance_records", "journal", "ballots", "ballot_arrivals", "seals"}
    assert [name for name, marked in columns().items() if marked and name.split(".")[0] in frozen] == []
