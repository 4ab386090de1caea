"""Pictures: a Vega-Lite specification, and SVG, PNG and PDF that vl-convert draws of it."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from transfer_cli.errors import UsageError
from transfer_cli.messages import _, speaking
from transfer_cli.output.formats.interface import Format, Settings

if TYPE_CHECKING:
    from transfer_cli.tables.table import Table

Spec = dict[str, Any]
SCALE = 2
"""Pixels of a PNG for each point, so that it is sharp on a slide."""
_CHINESE = re.compile("[\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]+")


class Picture(Format):
    """A picture of a comparison, which ``chart`` and ``compare`` draw."""

    def __init__(self, name: str, *, binary: bool = False) -> None:
        self.name = name
        self.suffixes = (f".{name}",)
        self.binary = binary
        if name != "vl.json":  # A specification needs no library.
            self.extra = ("vl_convert", "chart")

    def encode(self, tables: "Iterable[Table]", settings: Settings) -> Iterator[bytes]:
        """Raise UsageError: a table is not a picture."""
        raise UsageError(
            _("{format} is a picture, which chart and compare draw", format=self.name),
            "transfer-cli chart --help",
        )

    def draw(self, picture: Callable[[], Spec]) -> tuple[bytes, list[str]]:
        """Return a picture, made by ``picture``, and notes on it.

        Where no font has Chinese glyphs its labels are English; an SVG and a specification take
        the fonts of the viewer.
        """
        spec = picture()
        if self.name not in ("png", "pdf") or not _is_chinese(spec) or has_chinese_font():
            return self._encoded(spec), []
        note = _(
            "no font of this machine has Chinese glyphs: labels are English, and … stands for"
            " Chinese text; an .svg takes the fonts of whoever looks at it"
        )
        with speaking("en"):
            english = picture()
        spec = json.loads(_CHINESE.sub("…", json.dumps(english, ensure_ascii=False)))
        return self._encoded(spec), [note]

    def _encoded(self, spec: Spec) -> bytes:
        if self.name == "vl.json":
            return f"{json.dumps(spec, ensure_ascii=False, indent=1)}\n".encode()
        import vl_convert

        if self.name == "svg":
            return str(vl_convert.vegalite_to_svg(spec)).encode()
        if self.name == "png":
            return bytes(vl_convert.vegalite_to_png(spec, scale=SCALE))
        return bytes(vl_convert.vegalite_to_pdf(spec))


def _is_chinese(spec: Spec) -> bool:
    return bool(_CHINESE.search(json.dumps(spec, ensure_ascii=False)))


def has_chinese_font() -> bool:
    """Return whether a font has Chinese glyphs: two characters without one look the same."""
    import vl_convert

    shape = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{}</svg>'
    text = '<text x="4" y="30" font-family="sans-serif" font-size="24">{}</text>'
    first, second = (
        bytes(vl_convert.svg_to_png(shape.format(text.format(char)))) for char in "产东"
    )
    return first != second


PICTURES = (
    Picture("svg"),
    Picture("png", binary=True),
    Picture("pdf", binary=True),
    Picture("vl.json"),
)
