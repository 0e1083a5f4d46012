package ownweb

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop/safetynet"
)

// Silence notices who has been silent, for members who asked for it and nobody else. It
// stands here because only the staircase knows both: the accounts, when somebody was last
// signed in; the cooperative, whom that member chose.
type Silence struct {
	accounts bun.IDB
	nets     *safetynet.Nets
	now      func() time.Time
}

// NewSilence returns the listener over the accounts' pool and the members' nets.
func NewSilence(accounts bun.IDB, nets *safetynet.Nets, now func() time.Time) *Silence {
	return &Silence{accounts: accounts, nets: nets, now: now}
}

// atOnce is how many nets are looked at together.
const atOnce = 200

// Listen looks at every net once: it tells the persons chosen by who fell silent, once
// for each silence, and calls off what was told of who came back. It returns how many
// were told. What it learns of when people were here, it keeps nowhere.
func (s *Silence) Listen(ctx context.Context) (int, error) {
	told, after := 0, uuid.Nil
	for {
		nets, err := s.nets.Watched(ctx, after, atOnce)
		if err != nil || len(nets) == 0 {
			return told, err
		}
		after = nets[len(nets)-1].ID
		silent, back, err := s.sort(ctx, nets)
		if err != nil {
			return told, err
		}
		if err := s.nets.Calm(ctx, back); err != nil {
			return told, err
		}
		raised, err := s.nets.Raise(ctx, silent)
		told += raised
		if err != nil {
			return told, err
		}
	}
}

// sort finds who fell silent and who came back.
func (s *Silence) sort(ctx context.Context, nets []safetynet.Watched) (silent, back []safetynet.Watched, err error) {
	seen, err := s.seen(ctx, nets)
	if err != nil {
		return nil, nil, err
	}
	for _, net := range nets {
		last := seen[net.Member.UUID]
		switch {
		case !net.RaisedAt.IsZero() && last.After(net.RaisedAt):
			back = append(back, net)
		case net.RaisedAt.IsZero() && net.Silent(last, s.now()):
			silent = append(silent, net)
		}
	}
	return silent, back, nil
}

// seen asks when these members were last signed in, on whichever device; who never was is
// not in the answer.
func (s *Silence) seen(ctx context.Context, nets []safetynet.Watched) (map[uuid.UUID]time.Time, error) {
	members := make([]uuid.UUID, len(nets))
	for n, net := range nets {
		members[n] = net.Member.UUID
	}
	var rows []struct {
		MemberID uuid.UUID
		Seen     time.Time
	}
	err := s.accounts.NewRaw(`
		SELECT r.member_id, max(d.seen_at) AS seen
		FROM account.residents r JOIN account.devices d ON d.resident_id = r.id
		WHERE r.member_id IN (?) GROUP BY r.member_id`, bun.List(members)).Scan(ctx, &rows)
	seen := make(map[uuid.UUID]time.Time, len(rows))
	for _, row := range rows {
		seen[row.MemberID] = row.Seen
	}
	return seen, err
}
