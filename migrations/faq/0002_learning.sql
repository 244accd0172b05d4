-- One row for each question, so that the buttons under its answer work after a restart. `question` stays NULL unless the
-- community chose to remember unanswered questions; who asked is never stored.
CREATE TABLE faq_asked (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    asked_at INTEGER NOT NULL,
    language TEXT NOT NULL,
    action TEXT NOT NULL,
    slug TEXT,
    candidates TEXT NOT NULL DEFAULT '[]',
    question TEXT,
    settled_at INTEGER
) STRICT;

CREATE INDEX faq_asked_by_time ON faq_asked (community_id, asked_at);
CREATE INDEX faq_asked_remembered ON faq_asked (community_id, id) WHERE question IS NOT NULL;
CREATE INDEX faq_asked_by_home ON faq_asked (home_id);

-- Who found an answer helpful or not: one verdict a person and question, so that nobody counts twice.
CREATE TABLE faq_verdicts (
    asked_id INTEGER NOT NULL REFERENCES faq_asked (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('helped', 'refused')),
    given_at INTEGER NOT NULL,
    PRIMARY KEY (asked_id, person_id, slug)
) STRICT;

CREATE INDEX faq_verdicts_by_person ON faq_verdicts (person_id);

CREATE TABLE faq_counts (
    id INTEGER PRIMARY KEY,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    shown INTEGER NOT NULL DEFAULT 0,
    helped INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    last_shown_at INTEGER
) STRICT;

CREATE INDEX faq_counts_by_slug ON faq_counts (community_id, slug);
CREATE INDEX faq_counts_by_home ON faq_counts (home_id);

-- Questions that people confirmed to be answered by an entry, for a moderator to accept as aliases.
CREATE TABLE faq_suggestions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    language TEXT NOT NULL,
    alias TEXT NOT NULL,
    times INTEGER NOT NULL DEFAULT 1,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'accepted', 'rejected')),
    made_at INTEGER NOT NULL,
    decided_at INTEGER,
    decided_by INTEGER REFERENCES people (id) ON DELETE SET NULL
) STRICT;

CREATE INDEX faq_suggestions_by_slug ON faq_suggestions (community_id, slug);
CREATE INDEX faq_suggestions_by_home ON faq_suggestions (home_id);
CREATE INDEX faq_suggestions_by_person ON faq_suggestions (decided_by);

-- Whether the pages that answers rest on are still there; shared by all communities.
CREATE TABLE faq_sources (
    url TEXT PRIMARY KEY,
    checked_at INTEGER NOT NULL,
    gone INTEGER NOT NULL DEFAULT 0,
    detail TEXT NOT NULL DEFAULT ''
) STRICT;
