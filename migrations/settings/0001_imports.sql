-- A file of settings that was looked through and waits, for a day at most, for somebody to say that it shall be taken over.
CREATE TABLE settings_imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    content BLOB NOT NULL,
    seen TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;

CREATE INDEX settings_imports_by_community ON settings_imports (community_id, made_at);
CREATE INDEX settings_imports_by_home ON settings_imports (home_id);
