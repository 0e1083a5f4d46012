package live

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// The channels of the wake-ups between nodes. The payload of BoardChannel is the
// board's id and nothing else: whoever can connect can listen. RightsChannel has none.
const (
	BoardChannel  = "lien_board"
	RightsChannel = "lien_rights"
)

// Listen wakes the hub when another node says that a board has news or that rights
// changed, until the context ends. It keeps a connection of its own to address, which
// must be direct: no LISTEN passes through a pooler. Whenever it had to connect again
// it has everything read again, because what was said meanwhile is lost; and if it
// cannot connect at all the hub is only slower, by its Poll.
func Listen(ctx context.Context, address string, hub *Hub) {
	for wait := time.Duration(0); ctx.Err() == nil; {
		began := time.Now()
		err := hear(ctx, address, hub)
		if ctx.Err() != nil {
			return
		}
		hub.opts.Log.Warn("live: no wake-ups from the database", "error", reason(err))
		if wait = min(2*wait+100*time.Millisecond, 10*time.Second); time.Since(began) > time.Minute {
			wait = 100 * time.Millisecond
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait/2 + rand.N(wait/2)): // #nosec G404 -- nodes shall not knock together
		}
	}
}

// hear is one connection, until it breaks.
func hear(ctx context.Context, address string, hub *Hub) error {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx)) // nothing depends on a tidy goodbye
	if _, err := conn.Exec(ctx, "LISTEN "+BoardChannel+"; LISTEN "+RightsChannel); err != nil {
		return err
	}
	hub.Recheck()
	hub.WakeAll()
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		if n.Channel == RightsChannel {
			hub.Recheck()
			continue
		}
		if board, err := uuid.Parse(n.Payload); err == nil {
			hub.Wake(board)
		}
	}
}

// reason is what PostgreSQL said, and nothing of the address, which pgx repeats.
func reason(err error) string {
	if said := new(pgconn.PgError); errors.As(err, &said) {
		return said.Message
	}
	return "no connection"
}
