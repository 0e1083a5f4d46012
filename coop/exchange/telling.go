package exchange

import (
	"context"
	"strconv"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
)

// kindOf is the kind of item that the other one of the two gets of a step; a mediation is
// told to both.
func kindOf(step Step) string {
	return map[Step]string{
		ToPropose: "agreement_proposed", ToCounter: "agreement_countered", ToAgree: "agreement_agreed", ToDecline: "agreement_declined",
		ToCancel: "agreement_cancelled", ToClaim: "agreement_claimed", ToConfirm: "agreement_confirmed", ToDiffer: "agreement_differs",
		ToDispute: "agreement_differs", ToAccept: "agreement_confirmed", ToMove: "workshop_moved", ToSettle: "agreement_settled", ToVoid: "agreement_void",
	}[step]
}

// tellOf tells of a step whomever it concerns and who did not take it: never its words.
func tellOf(ctx context.Context, tx bun.Tx, actor coop.Actor, before, g Agreement, step Step, now time.Time) error {
	once := "agreement:" + g.ID.String() + ":" + strconv.Itoa(max(g.Steps, 1))
	item := inbox.Item{
		Cooperative: actor.Cooperative, Kind: kindOf(step), Subject: g.ID.UUID, Once: once, At: now,
		By: actor.Member, When: g.PlannedAt, Minutes: max(g.Paid, g.Claimed),
	}
	var items []inbox.Item
	for _, m := range []coop.MemberID{g.Giver.ID, g.Receiver.ID} {
		if m != actor.Member {
			item.Member = m
			items = append(items, g.asSeat(item, before.State, step)...)
		}
	}
	if g.State == Disputed {
		helpers, err := callHelp(ctx, tx, actor.Cooperative, g, once, now)
		if err != nil {
			return err
		}
		items = append(items, helpers...)
	}
	return inbox.Tell(ctx, tx, items...)
}

// tellWritten tells the two that somebody wrote to them, once until they have read.
func tellWritten(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.AgreementID, now time.Time) error {
	var others []struct {
		Member coop.MemberID
		Read   int64
	}
	err := tx.NewRaw(`SELECT p.member, coalesce(r.seq, 0) AS read
FROM coop.agreements g, LATERAL (VALUES (g.giver_id), (g.receiver_id)) p (member)
LEFT JOIN coop.talk_reads r ON r.agreement_id = ? AND r.member_id = p.member
WHERE g.cooperative_id = ? AND g.id = ? AND p.member <> ?
  AND (g.deadline_at IS NOT NULL OR coop.hid_at(g.cooperative_id, p.member, ?) IS NULL)`, id, actor.Cooperative, id, actor.Member, actor.Member).Scan(ctx, &others)
	var items []inbox.Item
	for _, o := range others {
		items = append(items, inbox.Item{
			Cooperative: actor.Cooperative, Member: o.Member, Kind: "agreement_message", Subject: id.UUID,
			Once: "talk:" + id.String() + ":" + strconv.FormatInt(o.Read, 10), At: now, By: actor.Member,
		})
	}
	if err != nil {
		return err
	}
	return inbox.Tell(ctx, tx, items...)
}

// tellHelper tells the two that a facilitator reads along.
func tellHelper(ctx context.Context, tx bun.Tx, actor coop.Actor, g Agreement, now time.Time) error {
	item := inbox.Item{
		Cooperative: actor.Cooperative, Member: g.Giver.ID, Kind: "agreement_helper", Subject: g.ID.UUID,
		Once: "agreement:" + g.ID.String() + ":" + strconv.Itoa(g.Steps) + ":helper:" + actor.Member.String(), At: now, By: actor.Member,
	}
	other := item
	other.Member = g.Receiver.ID
	return inbox.Tell(ctx, tx, item, other)
}
