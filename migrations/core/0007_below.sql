-- Posts that belong below another, by its key: in the thread on it, where the platform has threads.
ALTER TABLE outbox ADD COLUMN below TEXT;
