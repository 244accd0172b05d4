-- What the platform said of somebody's rank when they were seen in a home last (seen_at): a level, and of their roles
-- those that are worth a level there, by their ids, as a JSON list. So a librarian by role is one in private, too.
ALTER TABLE memberships ADD COLUMN level INTEGER NOT NULL DEFAULT 0 CHECK (level BETWEEN 0 AND 3);
ALTER TABLE memberships ADD COLUMN roles TEXT NOT NULL DEFAULT '[]';
