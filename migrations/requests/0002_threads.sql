-- Whether a request has a thread of its own below its card, as its community had chosen when it was opened.
ALTER TABLE requests ADD COLUMN threaded INTEGER NOT NULL DEFAULT 0 CHECK (threaded IN (0, 1));
