"""Texts that cannot harm whoever shows or exports them: no markup, no hidden sign. Markdown stays."""

import html
import re

import nh3

TAG = re.compile(r"<(?:[a-zA-Z!/?][^<>]{0,10000}>?|[^<>]{0,200}>)")
LIKELY_TAG = re.compile(r"<\s*[a-zA-Z!/?]|&(?:[a-zA-Z]+|#\w+);")
BREAKS = re.compile(r"<\s*(?:br|/p|/div|/h[1-6]|/li|/tr|/ul|/ol)\b[^<>]*>", re.IGNORECASE)
BULLETS = re.compile(r"<\s*li\b[^<>]*>", re.IGNORECASE)
# Marks that show text in another order or hide it: embeddings, overrides, isolates, zero-width signs, tags.
HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# Joiners have a use inside Arabic, Persian, Indian words and emoji: alone between Latin letters they hide.
LONE_JOINERS = re.compile(
    "(?<=[0-9A-Za-z\u00c0-\u024f])[\u200c\u200d]+|[\u200c\u200d]+(?=[0-9A-Za-z\u00c0-\u024f])"
)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
# A Markdown or bare link that a browser would run.
RUN_BY_BROWSERS = re.compile(
    r"\b(?:j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t|vbscript|data|file)\s*:(?=\S)", re.IGNORECASE
)
MARKDOWN_LINK = re.compile(r"(!?\[[^\]\n]{0,500}\])\(\s*([^)\s]{0,2000})[^)\n]{0,500}\)")
REFERENCE_LINK = re.compile(r"^(\s{0,3}\[[^\]\n]{1,200}\]:)\s*<?(\S{1,2000})", re.MULTILINE)
AUTOLINK = re.compile(r"^(?:https?:|mailto:|tel:)", re.IGNORECASE)
BLANK_LINES = re.compile(r"\n{3,}")
ROUNDS = 4  # of escaped markup inside escaped markup


def clean_line(text: str) -> str:
    """A name, an address: one line."""
    return " ".join(clean_text(text).split())


def clean_text(text: str) -> str:
    """Plain text or Markdown. HTML becomes text, without its scripts; links that are no web links go."""
    text = _without_markup(text) if LIKELY_TAG.search(text) else text
    text = CONTROLS.sub(" ", LONE_JOINERS.sub("", HIDDEN.sub("", text)))
    if "](" in text:
        text = MARKDOWN_LINK.sub(_harmless_link, text)
    if "]:" in text:
        text = REFERENCE_LINK.sub(_harmless_reference, text)
    return text.strip()


def _without_markup(text: str) -> str:
    for _round in range(ROUNDS):
        if not LIKELY_TAG.search(text):
            return text
        spaced = BULLETS.sub("- ", BREAKS.sub("\n", text))
        bare = html.unescape(nh3.clean(spaced, tags=set(), clean_content_tags={"script", "style", "iframe"}))
        if bare == text:
            break
        text = BLANK_LINES.sub("\n\n", bare)
    return TAG.sub(" ", text) if re.search(r"<\s*[a-zA-Z!/?]", text) else text


def _harmless_link(match: re.Match[str]) -> str:
    """An image would tell its host who reads: it becomes a link's words."""
    words, target = match[1], html.unescape(match[2])
    if AUTOLINK.match(target) and not words.startswith("!"):
        return match[0]
    return words.removeprefix("!").strip("[]")


def _harmless_reference(match: re.Match[str]) -> str:
    return match[0] if AUTOLINK.match(match[2]) else match[1].strip().rstrip(":").strip("[]")
