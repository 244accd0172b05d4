-- What the platform keeps for itself: nothing here belongs to a person, save the pages that one may turn.

-- Facts by name, such as the digest of the commands that were published last.
CREATE TABLE discord_state (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

-- The pages of a long public answer, as they are sent; asker: the account that turns them for everybody.
CREATE TABLE discord_pages (
    token TEXT PRIMARY KEY,
    asker TEXT NOT NULL,
    pages TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX discord_pages_by_end ON discord_pages (expires_at);

-- What a button does whose arguments do not fit into the 100 characters that it may carry; token: their hash.
CREATE TABLE discord_presses (
    token TEXT PRIMARY KEY,
    target TEXT NOT NULL,
    arguments TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX discord_presses_by_end ON discord_presses (expires_at);
