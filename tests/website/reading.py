"""A page as its reader sees it: titles, cards, chips, links, sentences."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from django.http import HttpResponse


@dataclass
class Page:
    """`links` and `chips` are (words, address); `cards` are (title, who)."""

    html: str
    title: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def words(self) -> str:
        return _plain(self.html.split("<main", 1)[-1].split("</main>", 1)[0].split(">", 1)[-1])

    @property
    def h1(self) -> str:
        return _plain(re.findall(r"<h1[^>]*>(.*?)</h1>", self.html, re.DOTALL)[0])

    @property
    def cards(self) -> list[tuple[str, str]]:
        found = re.findall(r'<article class="card">(.*?)</article>', self.html, re.DOTALL)
        return [(_inside(card, "card__title"), _inside(card, "card__who")) for card in found]

    @property
    def reasons(self) -> list[list[str]]:
        found = re.findall(r'<article class="card">(.*?)</article>', self.html, re.DOTALL)
        return [
            [_plain(one) for one in re.findall(r'<li class="why.*?</li>', card, re.DOTALL)] for card in found
        ]

    @property
    def chips(self) -> list[tuple[str, str]]:
        found = re.findall(r'<a class="chip[^"]*" href="([^"]*)">(.*?)</a>', self.html, re.DOTALL)
        return [(_plain(words), unescape(address)) for address, words in found]

    def link(self, words: str) -> str:
        """The address behind the words."""
        return next(address for said, address in self.links if said == words)


def read(response: HttpResponse) -> Page:
    html = response.content.decode()
    return Page(html, title=_plain(re.findall(r"<title>(.*?)</title>", html)[0]), links=_links(html))


def _inside(card: str, name: str) -> str:
    return _plain(re.findall(rf'class="{name}">(.*?)</(?:h2|h3|p)>', card, re.DOTALL)[0])


def _plain(html: str) -> str:
    return " ".join(
        unescape(re.sub(r"<[^>]+>", "", html.replace("<li", " <li").replace("</p>", " "))).split()
    )


def _links(html: str) -> list[tuple[str, str]]:
    reader = _Links()
    reader.feed(html)
    return reader.found


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.address: str | None = None
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.address, self.said = dict(attrs).get("href") or "", []

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.address is not None:
            self.found.append((" ".join("".join(self.said).split()), self.address))
            self.address = None
