"""Of a logo only the drawing is kept."""

import io
import zlib

import pytest
from PIL import Image

from allervers.territory.logo import KEPT_MAX, SENT_MAX, BadLogo, read_logo


def png(width: int = 900, height: int = 300, *, noise: bool = False) -> bytes:
    image = (
        Image.effect_noise((width, height), 100).convert("RGB")
        if noise
        else Image.new("RGB", (width, height), "#0a5443")
    )
    file = io.BytesIO()
    image.save(file, format="PNG")
    return file.getvalue()


def svg(inside: str, attributes: str = 'viewBox="0 0 10 10"') -> bytes:
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {spaces} {attributes}>{inside}</svg>".encode()


def refusal(sent: bytes) -> str:
    with pytest.raises(BadLogo) as refused:
        read_logo(sent)
    return refused.value.why


def test_png_is_made_small_and_written_again() -> None:
    secret = b"tEXtauteur\x00Samira"
    sent = png()
    planted = (
        sent[:33]
        + (len(secret) - 4).to_bytes(4, "big")
        + secret
        + zlib.crc32(secret).to_bytes(4, "big")
        + sent[33:]
    )

    logo = read_logo(planted)

    with Image.open(io.BytesIO(logo.content)) as image:
        assert (image.format, image.size) == ("PNG", (480, 160))
    assert logo.type == "image/png" and b"Samira" in planted and b"Samira" not in logo.content


def test_photograph_is_kept_within_the_weight_of_a_page_or_refused() -> None:
    try:
        assert len(read_logo(png(480, 160, noise=True)).content) <= KEPT_MAX
    except BadLogo as refused:
        assert refused.why == "size"


@pytest.mark.parametrize(
    "planted",
    [
        "<script>alert(1)</script>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='alert(1)'/></foreignObject>",
        "<image href='https://ailleurs.example/x.png'/>",
        "<use xlink:href='https://ailleurs.example/x.svg#a'/>",
        "<a xlink:href='javascript:alert(1)'><rect width='1' height='1'/></a>",
        "<style>@import url(https://ailleurs.example/alert.css)</style>",
        "<rect width='1' height='1' onclick='alert(1)'/>",
        "<rect width='1' height='1' style='fill:url(https://ailleurs.example/alert)'/>",
        "<rect width='1' height='1' fill='url(javascript:alert(1))'/>",
        "<animate attributeName='href' to='javascript:alert(1)'/>",
        "<text>alert</text>",
    ],
)
def test_svg_keeps_only_what_draws(planted: str) -> None:
    content = read_logo(svg(f"<circle r='4' fill='#0a5443'/>{planted}")).content.decode()

    assert '<circle r="4" fill="#0a5443"' in content
    for word in ("alert", "ailleurs", "script", "onclick", "style"):
        assert word not in content


def test_svg_keeps_its_gradients_and_the_styles_that_draw() -> None:
    inside = (
        "<defs><linearGradient id='g'><stop offset='0' style='stop-color:#fff'/></linearGradient></defs>"
        "<path d='M0 0h5' style='fill:url(#g);stroke:red'/>"
    )

    content = read_logo(svg(inside, 'width="40px" height="20px"')).content.decode()

    assert 'viewBox="0 0 40 20"' in content and 'stop-color="#fff"' in content
    assert 'fill="url(#g)"' in content and 'stroke="red"' in content


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (b"GIF89a", "kind"),
        (b"", "kind"),
        (b"%PDF-1.4", "kind"),
        (b"\x89PNG\r\n\x1a\nabc", "broken"),
        (png()[:60], "broken"),
        (b"x" * (SENT_MAX + 1), "size"),
        (svg("<g/>"), "empty"),
        (svg("<path d='M0 0'/>", ""), "broken"),
        (b"<svg><path", "broken"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg viewBox="0 0 1 1"><path d="&a;"/></svg>', "broken"),
        (svg("<g>" * 50_000 + "</g>" * 50_000), "broken"),
        (svg("".join(f"<path d='M{n} {n}h9'/>" for n in range(1900))), "size"),
        (b"<html><svg/></html>", "broken"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_anything_else_is_refused(sent: bytes, why: str) -> None:
    assert refusal(sent) == why
