"""QR codes as drawings inside the page: nothing is fetched, nothing is stored."""

from __future__ import annotations

import segno
from markupsafe import Markup


def qr_svg(text: str) -> Markup:
    """The QR code of a text, as an SVG that takes the size of its place; black on white, printed as it is."""
    drawing = segno.make(text, error="m").svg_inline(omitsize=True, border=2, light="#fff", svgclass="qr")
    # Made of numbers by the library: the text itself is not written in it.
    return Markup(drawing)  # noqa: S704
