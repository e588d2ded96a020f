"""What every page's frame shows. The website fills it (it knows the territory); `ui` only draws it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go and the words that name it."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another language; `is_current`: the one being read."""

    url: str
    name: str
    tag: str
    direction: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """Whom to call when the page does not answer: `sentence` says who picks up and until when."""

    phone: str
    name: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """The frame of `ui/base.html`, given to templates as `frame` (`site` is taken: allauth gives its own)."""

    desk: Desk
    territory_name: str = ""
    home_url: str = "/"
    logo_url: str = ""  # the territory's, in the place of ours
    accent_url: str = ""  # a sheet that gives the territory's colour to the tokens
    desk_links: tuple[Link, ...] = ()  # the operators' pages, shown on those pages only
    legal_links: tuple[Link, ...] = ()
    languages: tuple[LanguageLink, ...] = ()
    source_url: str = ""
    version: str = ""
