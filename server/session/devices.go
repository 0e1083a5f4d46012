package session

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Devices are what residents open lien with. The PIN belongs to one device only.
type Devices struct {
	db     bun.IDB
	hasher *Hasher
	now    func() time.Time
}

// NewDevices returns the devices kept in db, the accounts' pool; now tells the time.
func NewDevices(db bun.IDB, hasher *Hasher, now func() time.Time) *Devices {
	return &Devices{db: db, hasher: hasher, now: now}
}

// Known reports whether the token is that of a device that can be opened with its PIN.
func (d *Devices) Known(ctx context.Context, token string) (bool, error) {
	var yes bool
	err := d.db.NewRaw(`
		SELECT EXISTS (
		  SELECT FROM account.devices AS d JOIN account.residents AS r ON r.id = d.resident_id
		  WHERE d.token_hash = ? AND d.ended_at IS NULL AND r.ended_at IS NULL)`, hashOf(token)).Scan(ctx, &yes)
	return yes, err
}

// Open begins a session on the device with its PIN. After five wrong ones in a row it
// answers *rule.Invalid on "pin" for a while, whatever is typed; rule.ErrNotFound says
// that the device is not, or no longer, known.
func (d *Devices) Open(ctx context.Context, token, pin string) (Opened, error) {
	device, err := d.try(ctx, `d.token_hash = ?`, hashOf(token), pin)
	if err != nil {
		return Opened{}, err
	}
	var opened Opened
	err = d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := d.forgive(ctx, tx, device.ID); err != nil {
			return err
		}
		opened, err = begin(ctx, tx, Resident, device.ResidentID, device.ID, d.now())
		return err
	})
	return opened, err
}

// OpenPrivate asks the actor's PIN again and opens their private area for five minutes.
// The session gets a new token, so that an older copy of the cookie opens nothing.
func (d *Devices) OpenPrivate(ctx context.Context, actor Actor, pin string) (Opened, error) {
	if _, err := d.try(ctx, `d.id = ?`, actor.Device, pin); err != nil {
		return Opened{}, err
	}
	secret := newToken()
	err := d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := d.forgive(ctx, tx, actor.Device); err != nil {
			return err
		}
		done, err := tx.NewRaw(`
			UPDATE account.sessions SET token_hash = ?, private_until = ?
			WHERE id = ? AND ended_at IS NULL`, secret.hash, d.now().Add(privateLasts), actor.Session).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return rule.ErrNotFound
		}
		return nil
	})
	return Opened{Token: secret.text, Ends: actor.Ends}, err
}

// Prove asks the actor's PIN again for one act, a signature for instance, and opens nothing.
// A wrong one counts as a try of the device.
func (d *Devices) Prove(ctx context.Context, actor Actor, pin string) error {
	if _, err := d.try(ctx, `d.id = ?`, actor.Device, pin); err != nil {
		return err
	}
	return d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error { return d.forgive(ctx, tx, actor.Device) })
}

// ShutPrivate closes the private area before its time. Closing it twice is closing it.
func (d *Devices) ShutPrivate(ctx context.Context, actor Actor) error {
	_, err := d.db.NewRaw(`UPDATE account.sessions SET private_until = NULL WHERE id = ?`, actor.Session).Exec(ctx)
	return err
}

// tried is a device whose PIN somebody is typing.
type tried struct {
	ID         uuid.UUID
	ResidentID uuid.UUID
	PinHash    string
	Tries      int
	OpenAfter  time.Time
}

// try charges one try under the device's lock before it looks at the PIN: however many
// are typed at once, no more than the allowed ones are ever compared.
func (d *Devices) try(ctx context.Context, which string, value any, pin string) (tried, error) {
	device, err := d.charge(ctx, which, value)
	if err != nil {
		return device, err
	}
	fits, err := d.hasher.fits(ctx, pin, device.PinHash)
	if err == nil && !fits {
		err = wrong(device.Tries)
	}
	return device, err
}

func (d *Devices) charge(ctx context.Context, which string, value any) (device tried, err error) {
	now := d.now()
	err = d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		err := tx.NewRaw(`
			SELECT d.id, d.resident_id, d.pin_hash, d.tries, d.open_after
			FROM account.devices AS d JOIN account.residents AS r ON r.id = d.resident_id
			WHERE `+which+` AND d.ended_at IS NULL AND r.ended_at IS NULL
			FOR UPDATE OF d`, value).Scan(ctx, &device)
		if err != nil {
			return orNotFound(err)
		}
		if left := device.OpenAfter.Sub(now); left > 0 {
			return wait(left)
		}
		device.Tries++
		_, err = tx.NewRaw(`UPDATE account.devices SET tries = ?, open_after = ? WHERE id = ?`,
			device.Tries, now.Add(delay(device.Tries)), device.ID).Exec(ctx)
		return err
	})
	return device, err
}

func (d *Devices) forgive(ctx context.Context, tx bun.Tx, device uuid.UUID) error {
	now := d.now()
	_, err := tx.NewRaw(`UPDATE account.devices SET tries = 0, open_after = ?, seen_at = ? WHERE id = ?`,
		now, now, device).Exec(ctx)
	return err
}

// List returns the actor's own devices, the one seen last first.
func (d *Devices) List(ctx context.Context, actor Actor) ([]Device, error) {
	var list []Device
	now := d.now()
	err := d.db.NewRaw(`
		SELECT d.id, d.name, d.created_at, d.seen_at, EXISTS (
		  SELECT FROM account.sessions AS s
		  WHERE s.device_id = d.id AND s.ended_at IS NULL AND s.ends_at > ? AND s.seen_at > ?) AS open
		FROM account.devices AS d
		WHERE d.resident_id = ? AND d.ended_at IS NULL
		ORDER BY d.seen_at DESC, d.id LIMIT 50`, now, now.Add(-residentIdle), actor.Account).Scan(ctx, &list)
	return list, err
}

// End forgets one of the actor's own devices: its PIN opens nothing any more and its
// session ends.
func (d *Devices) End(ctx context.Context, actor Actor, device uuid.UUID) error {
	return d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		now := d.now()
		done, err := tx.NewRaw(`UPDATE account.devices SET ended_at = ? WHERE id = ? AND resident_id = ? AND ended_at IS NULL`,
			now, device, actor.Account).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return rule.ErrNotFound
		}
		return endOfDevice(ctx, tx, device, now)
	})
}

// endAll forgets every device of a resident.
func endAll(ctx context.Context, tx bun.Tx, resident uuid.UUID, now time.Time) error {
	_, err := tx.NewRaw(`UPDATE account.devices SET ended_at = ? WHERE resident_id = ? AND ended_at IS NULL`,
		now, resident).Exec(ctx)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`UPDATE account.sessions SET ended_at = ? WHERE resident_id = ? AND ended_at IS NULL`,
		now, resident).Exec(ctx)
	return err
}

// resident returns the account of a member, made when there is none. The caller knows
// that there is such a member.
func resident(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, member coop.MemberID, now time.Time) (uuid.UUID, error) {
	var id uuid.UUID
	err := tx.NewRaw(`
		INSERT INTO account.residents (id, cooperative_id, member_id, created_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (member_id) DO UPDATE SET member_id = EXCLUDED.member_id
		RETURNING id`, uuid.Must(uuid.NewV7()), cooperative, member, now).Scan(ctx, &id)
	return id, err
}

// Enrolled is a device just made known, with a session begun on it.
type Enrolled struct {
	Device  string // the token for the device's cookie
	Session Opened
}

// enrolment is a device about to be made known.
type enrolment struct {
	id       uuid.UUID
	resident uuid.UUID
	pinHash  string
	name     string
}

// enrol makes the device known, or known again under a new token when a lost answer is
// asked for twice, and begins a session on it.
func enrol(ctx context.Context, tx bun.Tx, e enrolment, now time.Time) (Enrolled, error) {
	secret := newToken()
	_, err := tx.NewRaw(`
		INSERT INTO account.devices (id, resident_id, token_hash, pin_hash, name, tries, open_after, created_at, seen_at)
		VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET token_hash = EXCLUDED.token_hash`,
		e.id, e.resident, secret.hash, e.pinHash, e.name, now, now, now).Exec(ctx)
	if err != nil {
		return Enrolled{}, err
	}
	opened, err := begin(ctx, tx, Resident, e.resident, e.id, now)
	return Enrolled{Device: secret.text, Session: opened}, err
}

// Any reports whether the member has a device that opens: a member without one is a member
// all the same. The caller has checked who asks.
func (d *Devices) Any(ctx context.Context, member coop.Actor) (bool, error) {
	var any bool
	err := d.db.NewRaw(`
		SELECT EXISTS (
		  SELECT FROM account.residents AS r JOIN account.devices AS d ON d.resident_id = r.id
		  WHERE r.cooperative_id = ? AND r.member_id = ? AND r.ended_at IS NULL AND d.ended_at IS NULL)`,
		member.Cooperative, member.Member).Scan(ctx, &any)
	return any, err
}
