package exchange

import (
	"context"

	"lien/coop"
)

// By returns the listings of one member that the actor sees, newest first.
func (l *Listings) By(ctx context.Context, actor coop.Actor, owner coop.MemberID) ([]Listing, error) {
	return l.read(ctx, visible+` AND l.member_id = ?`, `l.id DESC`, openAtOnce, actor, append(visibleTo(actor, l.now()), owner)...)
}
