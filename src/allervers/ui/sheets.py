"""The style sheets in the order the browser must read them: tokens, the ground, the parts."""

GROUND = ("tokens", "base", "layout", "icon")
COMPONENTS = (
    "band",
    "button",
    "card",
    "chips",
    "desk",
    "facts",
    "field",
    "fresh",
    "languages",
    "notice",
    "pages",
    "places",
    "progress",
    "table",
    "tile",
    "week",
)
SHEETS = (*(f"ui/{name}.css" for name in GROUND), *(f"ui/components/{name}.css" for name in COMPONENTS))
