# SPDX-License-Identifier: MIT
"""Citations as ready wikitext, in the templates and habits of five Wikipedias."""

from cogs.requests.cite.refname import ref_name
from cogs.requests.cite.render import WIKIS, Citation, UnknownWiki, cite

__all__ = ["WIKIS", "Citation", "UnknownWiki", "cite", "ref_name"]
