package ownweb

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/rule"
)

// Highlight is a moment that the owner picked, in their own words.
type Highlight struct {
	ID       uuid.UUID
	Words    string
	PickedAt time.Time
}

// longestMoment is what a_highlight_is_short holds.
const longestMoment = 200

// Pick keeps a moment in the owner's own words, at most ten at a time. The key makes a
// double tap one moment.
func (d *Door) Pick(ctx context.Context, o Owner, words, key string) error {
	return d.Reword(ctx, o, uuid.Nil, words, key)
}

// Reword keeps a moment in the place of another one.
func (d *Door) Reword(ctx context.Context, o Owner, instead uuid.UUID, words, key string) error {
	words, err := rule.Line("words", words, 1, longestMoment)
	if err != nil {
		return err
	}
	id, err := rule.Key(key)
	if err != nil {
		return err
	}
	return d.within(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewRaw(`SELECT bond.drop_highlight(?, ?)`, o.Resident, instead).Exec(ctx); err != nil {
			return err
		}
		var done bool
		err := tx.NewRaw(`SELECT bond.pick(?, ?, ?)`, id, o.Resident, words).Scan(ctx, &done)
		if err == nil && !done {
			return rule.Broken("words", "share.moments.full")
		}
		return err
	})
}

// Drop puts a moment away; one that is not the owner's stays.
func (d *Door) Drop(ctx context.Context, o Owner, highlight uuid.UUID) error {
	return d.does(ctx, `SELECT bond.drop_highlight(?, ?)`, o.Resident, highlight)
}

// Picked returns the owner's moments, oldest first, ten at most.
func (d *Door) Picked(ctx context.Context, o Owner) ([]Highlight, error) {
	var list []Highlight
	err := d.within(ctx, func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw(`SELECT id, words, picked_at FROM bond.picked(?)`, o.Resident).Scan(ctx, &list)
	})
	return list, err
}

// Proposal is an open event or offer that the referent put before the owner. They join it
// like anyone, and nobody learns where the idea came from.
type Proposal struct {
	ID       uuid.UUID
	Kind     string // event or listing
	TargetID uuid.UUID
	Title    string
	StartsAt time.Time // zero for a listing
	ByName   string
}

// Proposed returns what is put before the owner, newest first, twenty at most.
func (d *Door) Proposed(ctx context.Context, o Owner) ([]Proposal, error) {
	var list []Proposal
	err := d.within(ctx, func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw(`
			SELECT id, kind, target_id, title, coalesce(starts_at, '0001-01-01 00:00:00Z') AS starts_at, by_name
			FROM bond.proposed(?)`, o.Resident).Scan(ctx, &list)
	})
	return list, err
}

// PutAway takes a proposal off the owner's page; nobody is told.
func (d *Door) PutAway(ctx context.Context, o Owner, proposal uuid.UUID) error {
	return d.does(ctx, `SELECT bond.put_away(?, ?)`, o.Resident, proposal)
}

// Glance is one time that somebody looked: through the door, at the scopes in What, or at
// the case, at its section.
type Glance struct {
	ID           uuid.UUID
	At           time.Time
	Worker       string
	Organisation string
	What         []string `bun:",array"`
	Purpose      string
}

// glances is how many looks a page shows.
const glances = 30

// Looked returns who looked, newest first, before the given look; the zero values begin
// with the newest.
func (d *Door) Looked(ctx context.Context, o Owner, before time.Time, last uuid.UUID) ([]Glance, error) {
	if before.IsZero() {
		before, last = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), uuid.Max
	}
	var list []Glance
	err := d.within(ctx, func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw(`SELECT id, at, worker, organisation, what, purpose FROM bond.looked(?, ?, ?, ?)`,
			o.Resident, before, last, glances).Scan(ctx, &list)
	})
	return list, err
}
