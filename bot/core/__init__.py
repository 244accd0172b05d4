# SPDX-License-Identifier: MIT
"""The machinery between what cogs say and what platforms do."""
