"""Papers as tagged PDF: a Typst template, facts as JSON, fonts of the program. Nothing leaves the machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import typst

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "documents"
# PDF/UA-1: headings, tables and language are marked for those who listen to a document.
STANDARD: Final = "ua-1"


def pdf(template: str, facts: Mapping[str, Any], at: datetime | None) -> bytes:
    """The document ``templates/documents/<template>.typ`` filled with facts, which it reads from ``sys.inputs.facts``.

    ``at`` is the date written in the file: the same facts always give the same bytes.
    """
    return typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
        pdf_standards=[STANDARD],
        timestamp=int(at.timestamp()) if at else None,
    )
