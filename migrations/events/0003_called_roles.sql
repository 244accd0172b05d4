-- The role of a home that is called where a new event is announced there; chosen by a moderator of that home. role_id is
-- the platform's own.
CREATE TABLE event_roles (
    home_id INTEGER PRIMARY KEY REFERENCES homes (id) ON DELETE CASCADE,
    role_id TEXT NOT NULL,
    role_name TEXT NOT NULL
) STRICT;
