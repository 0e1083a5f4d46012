package welcome

import (
	"context"
	"strconv"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/coop/neighbour"
)

// tell tells the other one of a step what they may know of it: a neighbour who is asked
// learns the language and no name, a no has no author.
func tell(ctx context.Context, tx bun.Tx, by coop.Actor, s Buddyship, line Transition, now time.Time) error {
	item := inbox.Item{
		Cooperative: by.Cooperative, Subject: s.ID, At: now,
		Once: "buddy:" + s.ID.String() + ":" + strconv.Itoa(s.Steps), Title: neighbour.TongueName(s.Language),
	}
	switch {
	case line.Step == ToAsk:
		item.Kind, item.Member = "buddy_asked", s.Buddy
	case line.Step == ToAccept:
		item.Kind, item.Member, item.By = "buddy_offered", s.Newcomer, s.Buddy
	case line.Step == ToPair:
		item.Kind, item.Member, item.By = "buddy_paired", s.Buddy, s.Newcomer
	case line.Step == ToFinish:
		other := item
		item.Kind, item.Member, item.By = "buddy_ended", s.Newcomer, s.Buddy
		other.Kind, other.Member, other.By = "buddy_ended", s.Buddy, s.Newcomer
		return inbox.Tell(ctx, tx, item, other)
	case line.Step == ToEnd && by.Member == s.Newcomer:
		item.Kind, item.Member, item.By = "buddy_ended", s.Buddy, s.Newcomer
	case line.Step == ToEnd:
		item.Kind, item.Member, item.By = "buddy_ended", s.Newcomer, s.Buddy
	case line.Who == Newcomer || line.Step == ToLapse && line.From == Offered:
		item.Kind, item.Member = "buddy_closed", s.Buddy
	default: // the neighbour does not come: another one is asked instead
		return nil
	}
	return inbox.Tell(ctx, tx, item)
}

// tellNobody tells a newcomer that nobody was free and that the desk knows.
func tellNobody(ctx context.Context, tx bun.Tx, newcomer coop.Actor, s Buddyship, now time.Time) error {
	return inbox.Tell(ctx, tx, inbox.Item{
		Cooperative: newcomer.Cooperative, Member: newcomer.Member, Kind: "buddy_nobody", Subject: s.ID, At: now,
		Once: "buddy:" + s.ID.String() + ":nobody",
	})
}
