-- What moderators decide. A row with home_id belongs to that home and moves with it; one without is the community's.

-- Which place is meant by a name such as "announcements"; a slot may be several places.
CREATE TABLE slots (
    slot TEXT NOT NULL,
    place_id INTEGER NOT NULL REFERENCES places (id) ON DELETE CASCADE,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER NOT NULL REFERENCES homes (id) ON DELETE CASCADE,
    PRIMARY KEY (slot, place_id)
) STRICT;

CREATE INDEX slots_of_community ON slots (community_id, slot);
CREATE INDEX slots_of_home ON slots (home_id);
CREATE INDEX slots_of_place ON slots (place_id);

CREATE TABLE settings (
    id INTEGER PRIMARY KEY,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    place_id INTEGER REFERENCES places (id) ON DELETE CASCADE,
    cog TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    changed_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
    changed_at INTEGER NOT NULL,
    CHECK ((home_id IS NULL) = (place_id IS NULL))
) STRICT;

CREATE UNIQUE INDEX settings_of_community ON settings (community_id, cog, key) WHERE place_id IS NULL;
CREATE UNIQUE INDEX settings_of_place ON settings (place_id, cog, key) WHERE place_id IS NOT NULL;
CREATE INDEX settings_of_home ON settings (home_id);
CREATE INDEX settings_by_changer ON settings (changed_by);

-- A cog ("requests") or a command ("request open") that is on or off.
CREATE TABLE switches (
    id INTEGER PRIMARY KEY,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    place_id INTEGER REFERENCES places (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    changed_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
    changed_at INTEGER NOT NULL,
    CHECK ((home_id IS NULL) = (place_id IS NULL))
) STRICT;

CREATE UNIQUE INDEX switches_of_community ON switches (community_id, name) WHERE place_id IS NULL;
CREATE UNIQUE INDEX switches_of_place ON switches (place_id, name) WHERE place_id IS NOT NULL;
CREATE INDEX switches_of_home ON switches (home_id);
CREATE INDEX switches_by_changer ON switches (changed_by);

-- What a role of a home is worth in that home: a Discord role, or a Matrix power level ("power:50").
CREATE TABLE role_levels (
    home_id INTEGER NOT NULL REFERENCES homes (id) ON DELETE CASCADE,
    role_id TEXT NOT NULL,
    role_name TEXT NOT NULL,
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
    changed_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (home_id, role_id)
) STRICT;

CREATE INDEX role_levels_by_changer ON role_levels (changed_by);

-- Levels given to a person by name, throughout the community.
CREATE TABLE person_levels (
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
    granted_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
    granted_at INTEGER NOT NULL,
    PRIMARY KEY (community_id, person_id)
) STRICT;

CREATE INDEX person_levels_of_person ON person_levels (person_id);
CREATE INDEX person_levels_by_granter ON person_levels (granted_by);

-- Who may not use the bot, as a keyed hash: being forgotten lifts no block, and a block tells nobody who it is about.
CREATE TABLE blocks (
    id INTEGER PRIMARY KEY,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    identity_hash TEXT NOT NULL,
    blocked_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
    blocked_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX blocks_of_community ON blocks (community_id, identity_hash) WHERE home_id IS NULL;
CREATE UNIQUE INDEX blocks_of_home ON blocks (home_id, identity_hash) WHERE home_id IS NOT NULL;
CREATE INDEX blocks_by_blocker ON blocks (blocked_by);

-- Keys that this database made for itself.
CREATE TABLE secrets (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
