package session

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// mostVouching is how many of a member's devices, the last seen first, a PIN at the desk
// is compared with.
const mostVouching = 5

// HasPIN reports whether the member has a PIN at all: a device that is not forgotten.
func (d *Devices) HasPIN(ctx context.Context, cooperative coop.CooperativeID, member coop.MemberID) (bool, error) {
	var yes bool
	err := d.db.NewRaw(`
		SELECT EXISTS (
		  SELECT FROM account.devices AS d JOIN account.residents AS r ON r.id = d.resident_id
		  WHERE r.cooperative_id = ? AND r.member_id = ? AND d.ended_at IS NULL AND r.ended_at IS NULL)`, cooperative, member).Scan(ctx, &yes)
	return yes, err
}

// Vouch checks the PIN that a member types on somebody else's screen, and opens nothing:
// it is right when it is that of any of their devices. Each device that it is compared
// with is charged a try under its lock first, as when it is opened, so that the desk gives
// nobody one guess more; a device that waits is not compared. It answers *rule.Invalid on
// "pin": no PIN, a wrong one, or one to wait for.
func (d *Devices) Vouch(ctx context.Context, cooperative coop.CooperativeID, member coop.MemberID, pin string) error {
	devices, err := d.chargeAll(ctx, cooperative, member)
	if err != nil {
		return err
	}
	for _, device := range devices {
		fits, err := d.hasher.fits(ctx, pin, device.PinHash)
		if err != nil {
			return err
		}
		if fits {
			return d.pardon(ctx, device.ID, devices)
		}
	}
	left := 0
	for _, device := range devices {
		left = max(left, freeTries-device.Tries)
	}
	if left == 0 {
		return rule.Broken("pin", "tablet.pin.used_up")
	}
	return rule.Broken("pin", "open.pin.wrong", "n", left)
}

// chargeAll charges a try to each of the member's devices that may be tried now.
func (d *Devices) chargeAll(ctx context.Context, cooperative coop.CooperativeID, member coop.MemberID) (charged []tried, err error) {
	now := d.now()
	err = d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var all []tried
		err := tx.NewRaw(`
			SELECT d.id, d.resident_id, d.pin_hash, d.tries, d.open_after
			FROM account.devices AS d
			WHERE d.id IN (
			  SELECT d.id FROM account.devices AS d JOIN account.residents AS r ON r.id = d.resident_id
			  WHERE r.cooperative_id = ? AND r.member_id = ? AND d.ended_at IS NULL AND r.ended_at IS NULL
			  ORDER BY d.seen_at DESC, d.id LIMIT ?)
			ORDER BY d.id FOR UPDATE`, cooperative, member, mostVouching).Scan(ctx, &all)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return rule.Broken("pin", "tablet.pin.none")
		}
		for _, device := range all {
			if device.OpenAfter.After(now) {
				continue
			}
			device.Tries++
			charged = append(charged, device)
		}
		if len(charged) == 0 {
			return rule.Broken("pin", "tablet.pin.used_up")
		}
		return setTries(ctx, tx, charged, func(device tried) (int, time.Time, int) {
			return device.Tries, now.Add(delay(device.Tries)), device.Tries - 1
		})
	})
	return charged, err
}

// pardon takes back the tries that a right PIN was charged: all of the device that it is
// of, and the one just charged of the others, unless somebody tried them meanwhile.
func (d *Devices) pardon(ctx context.Context, right uuid.UUID, charged []tried) error {
	if err := d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error { return d.forgive(ctx, tx, right) }); err != nil {
		return err
	}
	others := slices.DeleteFunc(charged, func(device tried) bool { return device.ID == right })
	return setTries(ctx, d.db, others, func(device tried) (int, time.Time, int) {
		return device.Tries - 1, device.OpenAfter, device.Tries
	})
}

// setTries writes the tries of devices, and after when each may be tried again, where they
// still are what they were.
func setTries(ctx context.Context, db bun.IDB, devices []tried, of func(tried) (tries int, openAfter time.Time, were int)) error {
	if len(devices) == 0 {
		return nil
	}
	var args []any
	for _, device := range devices {
		tries, openAfter, were := of(device)
		args = append(args, device.ID, tries, openAfter, were)
	}
	values := strings.Repeat(`, (?::uuid, ?::int, ?::timestamptz, ?::int)`, len(devices))[2:]
	_, err := db.NewRaw(`
		UPDATE account.devices AS d SET tries = v.tries, open_after = v.open_after
		FROM (VALUES `+values+`) AS v (id, tries, open_after, were)
		WHERE d.id = v.id AND d.tries = v.were`, args...).Exec(ctx)
	return err
}
