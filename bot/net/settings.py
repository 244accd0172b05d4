# SPDX-License-Identifier: MIT
"""How the client behaves: who it says it is, how long it waits, and how gently each service is asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class HostPolicy:
    """How gently to ask one service, or a family of hosts that count together.

    `host` is a name or `*.suffix` (the suffix itself included); `path` narrows it to addresses below that path. Hosts
    with the same `group` share one budget. `per_second` None means no pace of our own.
    """

    host: str
    path: str = "/"
    group: str = ""
    concurrency: int = 2
    per_second: float | None = None

    def matches(self, host: str, path: str) -> bool:
        """Tell whether this policy governs an address."""
        if self.host.startswith("*."):
            named = host == self.host[2:] or host.endswith(self.host[1:])
        else:
            named = host == self.host
        return named and path.startswith(self.path)


def _wikimedia(host: str) -> HostPolicy:
    return HostPolicy(host, group="wikimedia", concurrency=2)


# Citoid's own specification asks automated clients for one request a second; Wikimedia's rate limits for at most three
# at once in all, so that two are left for the rest. Open Library allows three a second to who says who they are.
# Crossref tells its limits in each answer's headers; these are the ones of its public pool.
DEFAULT_POLICIES: tuple[HostPolicy, ...] = (
    HostPolicy("*.wikipedia.org", path="/api/rest_v1/data/citation/", group="citoid", concurrency=1, per_second=1),
    *map(
        _wikimedia,
        (
            "*.wikipedia.org",
            "*.wikimedia.org",
            "*.wikidata.org",
            "*.wikisource.org",
            "*.wiktionary.org",
            "*.wikibooks.org",
            "*.wikiquote.org",
            "*.wikinews.org",
            "*.wikiversity.org",
            "*.wikivoyage.org",
            "*.mediawiki.org",
        ),
    ),
    HostPolicy("api.crossref.org", concurrency=1, per_second=5),
    HostPolicy("openlibrary.org", concurrency=1, per_second=3),
    HostPolicy("api.openalex.org", concurrency=2, per_second=10),
    HostPolicy("api.unpaywall.org", concurrency=2, per_second=5),
    HostPolicy("*.archive.org", group="archive", concurrency=1, per_second=1),
)


@dataclass(frozen=True, slots=True)
class NetSettings:
    """Everything that can be set about the client; times in seconds, sizes in bytes.

    `allow` lists hosts ("mirror.lan") or origins ("http://127.0.0.1:8080") that may lie in a private network.
    Raises ValueError without a way to contact whoever runs the bot: services block such clients.
    """

    contact: str
    version: str
    name: str = "Refdesk"
    connect_timeout: float = 5
    read_timeout: float = 15
    deadline: float = 40
    max_bytes: int = 5_000_000
    retries: int = 2
    backoff: float = 0.5
    max_retry_after: float = 20
    max_redirects: int = 5
    breaker_failures: int = 5
    breaker_rest: float = 60
    missing_ttl: float = 300
    allow: frozenset[str] = frozenset()
    policies: Sequence[HostPolicy] = field(default=DEFAULT_POLICIES)

    def __post_init__(self) -> None:
        """Check who is to be contacted."""
        if not self.contact.startswith(("http://", "https://")) and "@" not in self.contact:
            raise ValueError("contact must be a web page or an e-mail address, such as https://example.org/refdesk")

    def policy_for(self, host: str, path: str) -> HostPolicy:
        """Return the first policy that governs an address, or a cautious one of its own."""
        for policy in self.policies:
            if policy.matches(host, path):
                return policy
        return HostPolicy(host)
