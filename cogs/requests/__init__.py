# SPDX-License-Identifier: MIT
"""Reference requests: members ask for a source, librarians claim and answer it."""
