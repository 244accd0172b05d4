-- A file that was looked through and waits, for a day at most, for somebody to say that it shall be imported.
CREATE TABLE faq_imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    content BLOB NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;

CREATE INDEX faq_imports_by_community ON faq_imports (community_id, made_at);
CREATE INDEX faq_imports_by_home ON faq_imports (home_id);

-- How sure the bot must be by a community's own entries, so that it is known from the start.
CREATE TABLE faq_learnt (
    community_id INTEGER PRIMARY KEY REFERENCES communities (id) ON DELETE CASCADE,
    threshold REAL,
    learnt_at INTEGER NOT NULL
) STRICT;
