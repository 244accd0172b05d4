# SPDX-License-Identifier: MIT
"""What `refdesk check` looks at: each check yields findings, with what to do about those that are not well."""

from bot.checks.finding import Finding, Mark

__all__ = ["Finding", "Mark"]
