-- One-time codes, running numbers, and who changed what.

CREATE TABLE link_codes (
    code_hash TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('home', 'person')),
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    person_id INTEGER REFERENCES people (id) ON DELETE CASCADE,
    created_by INTEGER REFERENCES people (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    redeemed_at INTEGER,
    CHECK ((kind = 'home') = (home_id IS NOT NULL)),
    CHECK ((kind = 'person') = (person_id IS NOT NULL))
) STRICT;

CREATE INDEX link_codes_of_home ON link_codes (home_id);
CREATE INDEX link_codes_of_person ON link_codes (person_id);
CREATE INDEX link_codes_by_maker ON link_codes (created_by);

-- The last number given; a number is never given twice, even when its row is deleted.
CREATE TABLE counters (
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (community_id, kind)
) STRICT;

-- given_by: the community whose counter gave the number. community_id: where it is looked up now.
CREATE TABLE numbers (
    id INTEGER PRIMARY KEY,
    given_by INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    row_id INTEGER NOT NULL,
    current INTEGER NOT NULL CHECK (current IN (0, 1)),
    UNIQUE (given_by, kind, number)
) STRICT;

CREATE UNIQUE INDEX numbers_of_row ON numbers (kind, row_id) WHERE current = 1;
CREATE INDEX numbers_given ON numbers (kind, row_id, given_by);
CREATE INDEX numbers_looked_up ON numbers (community_id, kind, number);
CREATE INDEX numbers_of_home ON numbers (home_id, kind);

-- Details hold ids and settings, never names or what people wrote.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id INTEGER REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    person_id INTEGER REFERENCES people (id) ON DELETE SET NULL,
    action TEXT NOT NULL,
    detail TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX audit_of_community ON audit (community_id, id);
CREATE INDEX audit_of_home ON audit (home_id);
CREATE INDEX audit_of_person ON audit (person_id);
