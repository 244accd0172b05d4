-- Who speaks, and where.
--
-- House rules for every table, here and in cogs:
--   * a moment is an INTEGER of microseconds since 1970, UTC, in a column that ends in _at;
--   * a person is a column that REFERENCES people(id) and says what forgetting them does: ON DELETE CASCADE or SET NULL;
--   * what belongs to a home has home_id (where it was made, immutable) and community_id (where it is used).

CREATE TABLE people (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    locale TEXT,
    zone TEXT,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE identities (
    platform TEXT NOT NULL,
    external_id TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    linked_at INTEGER NOT NULL,
    PRIMARY KEY (platform, external_id)
) STRICT;

CREATE INDEX identities_of_person ON identities (person_id);

CREATE TABLE communities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    locale TEXT NOT NULL DEFAULT 'en',
    zone TEXT NOT NULL DEFAULT 'UTC',
    first_home_id INTEGER REFERENCES homes (id) ON DELETE SET NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX communities_of_first_home ON communities (first_home_id);

CREATE TABLE homes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    platform TEXT NOT NULL,
    external_id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('server', 'room', 'terminal')),
    community_id INTEGER NOT NULL REFERENCES communities (id),
    own_community_id INTEGER NOT NULL REFERENCES communities (id),
    arrived_at INTEGER NOT NULL,
    joined_at INTEGER NOT NULL,
    left_at INTEGER,
    purge_at INTEGER,
    UNIQUE (platform, external_id)
) STRICT;

CREATE INDEX homes_of_community ON homes (community_id);
CREATE INDEX homes_by_own_community ON homes (own_community_id);

-- A place without a home is a direct conversation with person_id. A place without a thread has the thread_id ''.
CREATE TABLE places (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    platform TEXT NOT NULL,
    channel_id TEXT NOT NULL,
    thread_id TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    person_id INTEGER REFERENCES people (id) ON DELETE CASCADE,
    bridge_group TEXT,
    gone_at INTEGER,
    UNIQUE (platform, channel_id, thread_id)
) STRICT;

CREATE INDEX places_of_home ON places (home_id);
CREATE INDEX places_of_person ON places (person_id);
CREATE INDEX places_bridged ON places (bridge_group) WHERE bridge_group IS NOT NULL;

-- Where a person was seen: decides which community a direct conversation means.
CREATE TABLE memberships (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    home_id INTEGER NOT NULL REFERENCES homes (id) ON DELETE CASCADE,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, home_id)
) STRICT;

CREATE INDEX memberships_of_home ON memberships (home_id);
CREATE INDEX memberships_of_community ON memberships (community_id);
