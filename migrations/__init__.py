# SPDX-License-Identifier: MIT
"""Numbered SQL migrations, one folder for each owner."""
