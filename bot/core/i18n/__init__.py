# SPDX-License-Identifier: MIT
"""Words in the reader's language: catalogs, and the voice that speaks them."""
