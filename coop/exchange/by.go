package exchange

import (
	"context"

	"lien/coop"
)

// By returns the listings of one member that the actor sees, newest first.
func (l *Listings) By(ctx context.Context, actor coop.Actor, owner coop.MemberID) ([]Listing, error) {
	return read(ctx, l.db, actor, inSight(actor, l.now()).and(`l.member_id = ?`, owner), `l.published_at DESC, l.id DESC`, openAtOnce)
}
