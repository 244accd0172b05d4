# SPDX-License-Identifier: MIT
"""The catalogs of translations, one `<language>.po` each; English is the source and needs none.

`scripts/messages.py` keeps the catalogs in step with the code.
"""
