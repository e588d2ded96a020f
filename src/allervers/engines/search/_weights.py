"""The whole ranking, in one place.

A score is a sum of components, each from 0 to `SCALE` points, times its weight; all are integers, so that
the same records give the same order on every machine. Ties are broken by service id. A component that the
question does not call for (no place: nearness; no need: answers) is 0 for all. Divisions are rounded down.

- answers: the best answered need: `ANSWER_BASE` + `ANSWER_SHARE` × the share of the service's thematiques
  that answer it + `ANSWER_FIRST` if its first one does − `LATER_NEED` for each need asked before it; +
  `MORE_NEEDS` for each further need answered; at most `SCALE`.
- near: `SCALE` × `HALF_WAY_M` ÷ (`HALF_WAY_M` + metres); remote and unknown places count as the metres below.
- open soon: open `SCALE`; else it falls evenly to 0 over `OPEN_SOON_MINUTES`; unknown hours `HOURS_UNKNOWN`.
  From now, or from the time asked.
- free: free `SCALE`, unknown `FEE_UNKNOWN`, else 0.
- fresh: `SCALE` × `FRESH_HALF_DAYS` ÷ (`FRESH_HALF_DAYS` + days since confirmed); unknown `FRESH_UNKNOWN`.
- public asked: meant for it `SCALE`, for everyone `FOR_EVERYONE`, unknown `PUBLIC_UNKNOWN`. None asked:
  everyone `SCALE`, unknown `FOR_EVERYONE`, meant for some `PUBLIC_UNKNOWN`.
- words: the mean over the words of the best field where each stands (`FIELD_POINTS`, halved when only the
  beginning of the word was typed).
"""

SCALE = 1000
"""Points: the most that a component gives before its weight."""

# Weights. Needs and nearness lead: a resident without a car needs the thing itself, at walking distance. The
# rest together (3 + 2 + 2 + 2) stays below either, so that it orders neighbours and never fetches a far
# place.
ANSWERS = 10
NEAR = 12
OPEN_SOON = 3
FREE = 2
FRESH = 2
PUBLIC = 2
WORDS = 12

ANSWER_BASE = 600
ANSWER_SHARE = 200
"""A service that does one thing answers it better than one that lists ten."""
ANSWER_FIRST = 100
LATER_NEED = 50
MORE_NEEDS = 200

HALF_WAY_M = 1500
"""Metres: a walk of twenty minutes, at which nearness has lost half of its worth."""
REMOTE_AS_M = 3000
"""Metres: a service by phone or internet is as handy as one a tram away."""
SAME_TOWN_AS_M = 4000
"""Metres: place unknown, but in the person's municipality."""
UNKNOWN_AS_M = 15_000
"""Metres: place unknown, elsewhere or anywhere."""

OPEN_SOON_MINUTES = 7 * 24 * 60
HOURS_UNKNOWN = 300
"""Most services without published hours do open on some weekday: between "in a week" and "in four days"."""
FEE_UNKNOWN = 400
FRESH_HALF_DAYS = 180
FRESH_UNKNOWN = 150
"""As a sheet confirmed three years ago."""
FOR_EVERYONE = 700
PUBLIC_UNKNOWN = 400

FIELD_POINTS = {"name": 1000, "acronym": 1000, "organisation": 900, "description": 300}
"""Where a word was found. An acronym typed in full names the organisation as surely as its name does."""

STALE_DAYS = 365
"""Days: beyond a year a sheet is said to be stale."""
FACET_OPEN_DAYS = (0, 1, 2, 7)
FACET_CONFIRMED_DAYS = (30, 180, 365)
