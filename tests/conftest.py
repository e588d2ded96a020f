"""Two lengths of the same tests: `short` by default, `long` with ALLERVERS_TEST_PROFILE=long."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("short", max_examples=100, deadline=None, derandomize=True)
settings.register_profile(
    "long", max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("ALLERVERS_TEST_PROFILE", "short"))
