"""A territory's logo: a PNG drawn anew, or an SVG of which only the drawing is kept."""

import io
import re
from dataclasses import dataclass
from xml.etree import ElementTree

from PIL import Image, UnidentifiedImageError

SENT_MAX = 1_000_000  # bytes that are looked at
KEPT_MAX = 40_000  # bytes that each page may weigh more; the first page has 100 kB for everything
PIXELS_MAX = 16_000_000  # of the image as sent: a small file may unfold to gigabytes
SIZE = (480, 160)  # the most that a page shows, at twice its size
ELEMENTS_MAX = 2_000

PNG, SVG = "image/png", "image/svg+xml"
XMLNS = "http://www.w3.org/2000/svg"
XLINK = "{http://www.w3.org/1999/xlink}href"

SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_ELEMENTS = "svg g defs title desc linearGradient radialGradient stop clipPath mask use symbol"
_ATTRIBUTES = """id viewBox width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points transform offset
gradientUnits
gradientTransform spreadMethod clipPathUnits maskUnits maskContentUnits preserveAspectRatio href"""
_DRAWING = """fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit
stroke-dasharray stroke-opacity opacity clip-path clip-rule mask stop-color stop-opacity"""
ELEMENTS = frozenset(_ELEMENTS.split()) | SHAPES
ATTRIBUTES, DRAWING = frozenset(_ATTRIBUTES.split()), frozenset(_DRAWING.split())
SAFE_VALUE = re.compile(r"[\w#.,%()\s+\-]*")
LOCAL_URL = re.compile(r"url\(\s*[\"']?#[\w\-]+[\"']?\s*\)")


class BadLogo(Exception):
    """`why`: kind, size, pixels, broken or empty."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Logo:
    content: bytes
    type: str  # image/png or image/svg+xml


def read_logo(sent: bytes) -> Logo:
    """What may be shown of it. Raises BadLogo."""
    if len(sent) > SENT_MAX:
        raise BadLogo("size")
    logo = Logo(_png(sent), PNG) if sent.startswith(b"\x89PNG") else Logo(_svg(sent), SVG)
    if len(logo.content) > KEPT_MAX:
        raise BadLogo("size")
    return logo


def _png(sent: bytes) -> bytes:
    """Read, made small, written again: nothing but its pixels is kept."""
    try:
        with Image.open(io.BytesIO(sent), formats=["PNG"]) as image:
            if image.width * image.height > PIXELS_MAX:
                raise BadLogo("pixels")
            drawn = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadLogo("broken") from error
    drawn.thumbnail(SIZE)
    written = _written(drawn)
    return written if len(written) <= KEPT_MAX else _written(drawn.quantize(256))


def _written(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, format="PNG", optimize=True)
    return file.getvalue()


def _svg(sent: bytes) -> bytes:
    """A new tree that holds only what draws: no script, no style sheet, no link, no text, no entity."""
    try:
        text = sent.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadLogo("kind") from error
    if "<svg" not in text:
        raise BadLogo("kind")
    if "<!ENTITY" in text or "<!DOCTYPE" in re.sub(
        r'<!DOCTYPE svg PUBLIC "[^"\[\]]*"\s+"[^"\[\]]*"\s*>', "", text
    ):
        raise BadLogo("broken")
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise BadLogo("broken") from error
    if _name(root) != "svg" or sum(1 for _ in root.iter()) > ELEMENTS_MAX:
        raise BadLogo("broken")
    clean = _kept(root)
    _frame(clean)
    if not any(_name(one) in SHAPES for one in clean.iter()):
        raise BadLogo("empty")
    ElementTree.register_namespace("", XMLNS)
    written: bytes = ElementTree.tostring(clean, encoding="utf-8")
    return written


def _name(element: ElementTree.Element) -> str:
    """Of the SVG namespace or of none; "" for all others."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag.startswith("{"):
        space, _, local = tag[1:].partition("}")
        return local if space == XMLNS else ""
    return tag


def _kept(element: ElementTree.Element) -> ElementTree.Element:
    clean = ElementTree.Element(f"{{{XMLNS}}}{_name(element)}", _attributes(element))
    if _name(element) in {"title", "desc"}:
        clean.text = element.text
    clean.extend(_kept(child) for child in element if _name(child) in ELEMENTS)
    return clean


def _attributes(element: ElementTree.Element) -> dict[str, str]:
    said = {"href" if name == XLINK else name: value for name, value in element.attrib.items()}
    for declaration in said.pop("style", "").split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() in DRAWING:
            said[name.strip()] = value.strip()
    return {name: value for name, value in said.items() if _is_safe(name, value)}


def _is_safe(name: str, value: str) -> bool:
    if name == "href":
        return value.startswith("#")
    if name not in ATTRIBUTES | DRAWING:
        return False
    without = LOCAL_URL.sub("", value)
    return "url" not in without.lower() and SAFE_VALUE.fullmatch(without) is not None


def _frame(root: ElementTree.Element) -> None:
    """The page gives its size: the drawing says its proportions."""
    width, height = (re.sub(r"px$", "", root.attrib.pop(side, "")) for side in ("width", "height"))
    if "viewBox" not in root.attrib:
        try:
            wide, high = float(width), float(height)
        except ValueError as error:
            raise BadLogo("broken") from error
        root.set("viewBox", f"0 0 {wide:g} {high:g}")
