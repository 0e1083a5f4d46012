package demo

import (
	"context"

	"lien/coop/assembly"
	"lien/coop/membership"
)

// chooseScrutineers gives two neighbours the counting of votes.
func (t *teller) chooseScrutineers(ctx context.Context) error {
	for _, r := range t.residents[3:5] {
		if err := unlessRefused(t.members.Give(ctx, t.facilitator.Actor, r.Member, membership.Giving{Key: t.key(), Role: membership.AScrutineer})); err != nil {
			return err
		}
	}
	return nil
}

// startVote opens a vote on a point of a meeting, and returns it.
func (t *teller) startVote(ctx context.Context, m *meeting, point int, method assembly.Method) (v assembly.Vote, err error) {
	agenda, err := t.assemblies.Agenda(ctx, t.facilitator.Actor, m.id)
	if err != nil {
		return v, err
	}
	if _, err := t.votes.Start(ctx, t.facilitator.Actor, agenda[point].ID, method); err != nil {
		return v, err
	}
	list, err := t.votes.Of(ctx, t.facilitator.Actor, m.id)
	if err != nil {
		return v, err
	}
	return list[len(list)-1], nil
}

// voteByHands lets most of the hall say yes.
func (t *teller) voteByHands(m *meeting, point int) func(context.Context) error {
	return func(ctx context.Context) error {
		v, err := t.startVote(ctx, m, point, assembly.Hands)
		if err != nil {
			return err
		}
		of, err := t.assemblies.One(ctx, t.facilitator.Actor, m.id)
		if err != nil {
			return err
		}
		q, err := t.assemblies.Quorum(ctx, t.facilitator.Actor, of)
		if err != nil {
			return err
		}
		against := q.Voices() / 5
		_, err = t.votes.Finish(ctx, t.facilitator.Actor, v.ID, assembly.Tally{InFavour: q.Voices() - against - 1, Against: against, Blank: 1}, "")
		return err
	}
}

// voteInSecret lets people vote with their phone, for themselves and for whom they stand, and
// some on paper; the vote is closed when the scrutineers agree, or is still open.
func (t *teller) voteInSecret(m *meeting, point int, ends bool) func(context.Context) error {
	return func(ctx context.Context) error {
		v, err := t.startVote(ctx, m, point, assembly.Secret)
		if err != nil {
			return err
		}
		papers := 0
		for number := range int64(3) {
			_, err := t.votes.HandOut(ctx, t.facilitator.Actor, v.ID, number+2, t.key())
			if unlessRefused(err) != nil {
				return err
			}
			if err == nil {
				papers++
			}
		}
		for n, r := range t.residents {
			if err := t.slip(ctx, v, r, ends || n%2 == 0); err != nil {
				return err
			}
		}
		if !ends {
			return nil
		}
		counted, why := assembly.Tally{InFavour: max(0, papers-1)}, "" // one paper stayed in a pocket
		if papers > 0 {
			why = "Un bulletin est resté dans une poche, sa propriétaire est partie avant la fin."
		}
		for _, r := range t.residents[3:5] {
			if _, err := t.votes.Count(ctx, r.Actor, v.ID, counted); unlessRefused(err) != nil {
				return err
			}
		}
		_, err = t.votes.Finish(ctx, t.facilitator.Actor, v.ID, assembly.Tally{}, why)
		return err
	}
}

// slip casts the voices of one neighbour, if they do it now.
func (t *teller) slip(ctx context.Context, v assembly.Vote, r *resident, now bool) error {
	voices, err := t.votes.Voices(ctx, r.Actor, v)
	if err != nil || !now {
		return err
	}
	for _, voice := range voices {
		b := assembly.Ballot{Key: t.key(), Voice: voice.Member, Choice: pick(t, []string{assembly.For, assembly.For, assembly.For, assembly.Against, assembly.Blank})}
		if _, err := t.votes.Slip(ctx, r.Actor, v.ID, b); unlessRefused(err) != nil {
			return err
		}
	}
	return nil
}
