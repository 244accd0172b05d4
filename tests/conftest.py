# SPDX-License-Identifier: MIT
"""How property tests run: the same examples each time, and as long as they take on a busy machine.

Look for new examples with `pytest --hypothesis-profile=search`.
"""

from hypothesis import HealthCheck, settings

_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

settings.register_profile("refdesk", _PATIENT, derandomize=True)
settings.register_profile("search", _PATIENT, max_examples=500)
settings.load_profile("refdesk")
