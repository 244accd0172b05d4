# SPDX-License-Identifier: MIT
"""The database: one writer, one hop per store function, one commit for all that wait; and the core's own tables."""
