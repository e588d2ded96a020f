"""What axe-core finds wrong with a page, as lines one can read."""

import gzip
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js.gz"
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@cache
def source() -> str:
    return gzip.decompress(SCRIPT.read_bytes()).decode("utf-8")


def violations(page: Page) -> list[str]:
    """`rule: element` for each; none when the page is clean.

    Evaluated: the page's own policy would refuse a script tag.
    """
    page.evaluate(source())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found["violations"] for node in rule["nodes"]]
