-- The community's own entries. The starter set is not stored: it ships with the bot and is read only.
-- A draft is a row beside the published or hidden one of the same slug and language.
CREATE TABLE faq_entries (
    id INTEGER PRIMARY KEY,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    language TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('draft', 'published', 'hidden')),
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    aliases TEXT NOT NULL DEFAULT '[]',
    source_title TEXT NOT NULL DEFAULT '',
    source_url TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '[]',
    audience TEXT NOT NULL DEFAULT 'both' CHECK (audience IN ('librarians', 'wikimedians', 'both')),
    as_of TEXT NOT NULL DEFAULT '',
    translation_of TEXT,
    reviewed_at INTEGER,
    reviewed_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- Not unique: homes that join one community may each bring an entry of the same slug; the older one stands.
CREATE INDEX faq_entries_by_slug ON faq_entries (community_id, slug, language);
CREATE INDEX faq_entries_by_home ON faq_entries (home_id);
CREATE INDEX faq_entries_by_person ON faq_entries (reviewed_by);

-- Every change, with the words as they were afterwards (JSON), never altered later.
CREATE TABLE faq_revisions (
    id INTEGER PRIMARY KEY,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    language TEXT NOT NULL,
    number INTEGER NOT NULL,
    change TEXT NOT NULL,
    status TEXT NOT NULL,
    content TEXT,
    made_at INTEGER NOT NULL,
    made_by INTEGER REFERENCES people (id) ON DELETE SET NULL
) STRICT;

CREATE INDEX faq_revisions_by_slug ON faq_revisions (community_id, slug, number);
CREATE INDEX faq_revisions_by_home ON faq_revisions (home_id);
CREATE INDEX faq_revisions_by_person ON faq_revisions (made_by);

-- What a community says of starter entries without copying them. A hidden slug is hidden in every language ('').
-- `digest` names the words that were reviewed: when a release changes them, the review no longer holds.
CREATE TABLE faq_marks (
    id INTEGER PRIMARY KEY,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    language TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL CHECK (kind IN ('hidden', 'reviewed')),
    digest TEXT NOT NULL DEFAULT '',
    marked_at INTEGER NOT NULL,
    marked_by INTEGER REFERENCES people (id) ON DELETE SET NULL
) STRICT;

CREATE INDEX faq_marks_by_slug ON faq_marks (community_id, slug);
CREATE INDEX faq_marks_by_home ON faq_marks (home_id);
CREATE INDEX faq_marks_by_person ON faq_marks (marked_by);

-- Other ways of asking that a community added to an entry of either layer.
CREATE TABLE faq_aliases (
    id INTEGER PRIMARY KEY,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    language TEXT NOT NULL,
    alias TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    added_by INTEGER REFERENCES people (id) ON DELETE SET NULL
) STRICT;

CREATE INDEX faq_aliases_by_slug ON faq_aliases (community_id, slug);
CREATE INDEX faq_aliases_by_home ON faq_aliases (home_id);
CREATE INDEX faq_aliases_by_person ON faq_aliases (added_by);

-- Rises with every change, so that another process's search index is noticed to be old.
CREATE TABLE faq_versions (
    community_id INTEGER PRIMARY KEY REFERENCES communities (id) ON DELETE CASCADE,
    version INTEGER NOT NULL
) STRICT;

-- Sentence vectors (little-endian float16), shared by all communities: they depend on the text alone.
CREATE TABLE faq_vectors (
    model TEXT NOT NULL,
    hash TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (model, hash)
) STRICT;
