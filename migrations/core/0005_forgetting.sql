-- Who asked to be forgotten while a cog was not running; it does its part when it starts.
-- The row in people stays until then, without name, language or accounts, so that the cog finds what is theirs.
CREATE TABLE pending_forgets (
    cog TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    asked_at INTEGER NOT NULL,
    PRIMARY KEY (cog, person_id)
) STRICT;

CREATE INDEX pending_forgets_of_person ON pending_forgets (person_id);

-- Communities whose posts wait until a moderator lets them go out again.
CREATE TABLE held_posts (
    community_id INTEGER PRIMARY KEY REFERENCES communities (id) ON DELETE CASCADE,
    held_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
    held_at INTEGER NOT NULL
) STRICT;

CREATE INDEX held_posts_by_holder ON held_posts (held_by);
