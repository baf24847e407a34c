"""How much hypothesis asks: as much as fits a quick run, unless HYPOTHESIS_PROFILE names another measure."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

ALWAYS = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}
settings.register_profile("quick", max_examples=100, derandomize=True, **ALWAYS)
settings.register_profile("few", max_examples=25, derandomize=True, phases=[Phase.explicit, Phase.generate], **ALWAYS)
settings.register_profile("nightly", max_examples=5000, **ALWAYS)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
