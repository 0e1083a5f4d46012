-- Fewer paper ballots in the urn than were handed out: who closes the vote says why, and everybody reads it.
-- +goose Up
ALTER TABLE coop.votes ADD COLUMN paper_why text NOT NULL DEFAULT ''
  CONSTRAINT only_a_closed_vote_says_which_paper_lacks CHECK (paper_why = '' OR state = 'closed' AND method = 'secret');
GRANT UPDATE (paper_why) ON coop.votes TO lien_coop;

-- +goose Down
ALTER TABLE coop.votes DROP COLUMN paper_why;
