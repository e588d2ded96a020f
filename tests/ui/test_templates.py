"""House rules for every template of every app."""

import re
from pathlib import Path

import pytest

import allervers

PACKAGE = Path(allervers.__file__).parent
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
COMMENTS = re.compile(r"{%\s*comment\b.*?endcomment\s*%}|{#.*?#}|<!--.*?-->", re.DOTALL)
TRANSLATED = re.compile(r"{%\s*blocktranslate\b.*?endblocktranslate\s*%}", re.DOTALL)
# The catalogue names components in the language of the code.
WRITTEN_FOR_VISITORS = [template for template in TEMPLATES if template.name != "catalogue.html"]


def source(template: Path) -> str:
    return COMMENTS.sub("", template.read_text(encoding="utf-8"))


def bare_words(text: str) -> list[str]:
    """Words that a visitor would read and no translator would see; the product's name is no word."""
    text = re.sub(r"{%.*?%}|{{.*?}}", " ", TRANSLATED.sub(" ", text), flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", " ", text)
    return re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;|\bAllervers\b", " ", text))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_template_has_no_inline_style_nor_script(template: Path) -> None:
    html = source(template)

    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:|hx-on|hx-vals=.js:", html) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", html) == []


@pytest.mark.parametrize("template", WRITTEN_FOR_VISITORS, ids=lambda path: path.name)
def test_template_marks_every_string_for_translation(template: Path) -> None:
    assert bare_words(source(template)) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_template_keeps_french_marks_beside_their_word(template: Path) -> None:
    strings = re.findall(r'{%\s*translate\s+"([^"]*)"', source(template))
    strings += re.findall(r"{%\s*blocktranslate\b[^%]*%}(.*?){%", source(template), flags=re.DOTALL)

    assert [text for text in strings if re.search(r" [?!:;»]|« ", text)] == []


def test_bare_words_sees_what_was_not_marked() -> None:
    assert bare_words('<p title="x">Bonjour {{ name }} {% translate "oui" %}</p>') == ["Bonjour"]
