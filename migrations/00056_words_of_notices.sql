-- One search for what hangs on boards and what is coming: the same words as listings are searched by.
-- +goose Up
ALTER TABLE coop.notices ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('french'::regconfig, coop.plain(title || ' ' || body))) STORED;
CREATE INDEX notices_by_words ON coop.notices USING gin (words) WHERE gone_at IS NULL;
ALTER TABLE coop.events ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('french'::regconfig, coop.plain(title || ' ' || details || ' ' || place))) STORED;

-- +goose Down
ALTER TABLE coop.events DROP COLUMN words;
ALTER TABLE coop.notices DROP COLUMN words;
