-- How far a home has come in setting the bot up: a step that has a row was answered, or kept as it was.
CREATE TABLE setup_steps (
    home_id INTEGER NOT NULL REFERENCES homes (id) ON DELETE CASCADE,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    step TEXT NOT NULL,
    done_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
    done_at INTEGER NOT NULL,
    PRIMARY KEY (home_id, step)
) STRICT;

CREATE INDEX setup_steps_of_community ON setup_steps (community_id);
CREATE INDEX setup_steps_by_person ON setup_steps (done_by);
