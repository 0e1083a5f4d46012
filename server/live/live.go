// Package live shows every open page of a board what was just pinned on it.
//
// A board is a log: its entries carry gapless numbers. For each board and language the
// hub keeps the last few hundred entries as encoded frames, and a reader is only a
// connection and the last number it was sent. Whoever comes back says that number and
// gets the rest, over the socket or by plain HTTP, so that nothing is lost, doubled or
// out of order; what can no longer be filled in is answered by "reload", never by
// silence.
//
// It always holds that a node reads an entry once per board and renders it once per
// language, however many people look, but for the few who are not to see all of it and
// have an edition of their own; that a reader was admitted to each board they
// follow; and that nothing is delivered while the node cannot tell whose rights ended.
//
// The package knows no domain: what a board, an entry or a right is, it is told by the
// functions of a Source. Sockets cannot post.
package live

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/google/uuid"
)

// ErrRefused is returned to someone who may not read the board they ask for.
var ErrRefused = errors.New("live: this reader may not read this board")

// The codes a socket is closed with, beside the standard 1001 (this node restarts: come
// back), 1008 (this client misbehaves), 1009 (its message is too long) and 1013 (come
// back later). A connection that takes nothing any more cannot be told anything either:
// it is cut, and its page comes back with the last number it has.
const (
	CloseEnded  = 4001 // the session is over: do not come back with it
	CloseKicked = 4003 // no board is left that this reader may read: do not come back
)

// Entry is one line of a board's log. Seq is its gapless number, Kind tells the page
// what to do with it ("notice", "comment", "gone"), Value is for Render alone.
type Entry struct {
	Seq   int64
	Kind  string
	Value any
}

// Reader is the person behind a connection, as the session knows them.
type Reader struct {
	Member  uuid.UUID
	Session uuid.UUID
	Lang    string
	Ends    time.Time // the session's absolute end: the socket is closed then; zero is never
}

// Source is everything the hub knows of the world. Its functions are called from
// several goroutines at once and must respect their context.
type Source struct {
	// Heads gives the newest number of each of these boards, in one query. It is asked
	// every Poll for all boards that are being read, and is the truth; wake-ups only
	// make it fast. A board that is missing in the answer counts as empty.
	Heads func(ctx context.Context, boards []uuid.UUID) (map[uuid.UUID]int64, error)

	// Read gives at most limit entries of a board with numbers above after, in order.
	Read func(ctx context.Context, board uuid.UUID, after int64, limit int) ([]Entry, error)

	// Edition names what this reader reads the board in: their language, unless something
	// on it is not for their eyes. Then it is another name, whatever the source makes of it,
	// that those with the same eyes share; it never leaves the node. It is asked where Admit
	// is, and who is given another edition than before is told to reload. May be nil: the
	// language.
	Edition func(ctx context.Context, r Reader, board uuid.UUID) (string, error)

	// Edit gives the entries as an edition has them: the same numbers in the same order. It
	// is asked for every edition that is not the language of its readers. May be nil when
	// Edition is.
	Edit func(ctx context.Context, board uuid.UUID, edition string, entries []Entry) ([]Entry, error)

	// Render writes the entry as the HTML of the component that the page uses,
	// in this edition and for nobody in particular: one result serves every reader of it.
	// It is empty for an entry that needs none.
	Render func(ctx context.Context, edition string, e Entry) ([]byte, error)

	// Admit tells whether this reader may read this board now. It is asked at each
	// subscription and again after Revoked named the reader or the board.
	Admit func(ctx context.Context, r Reader, board uuid.UUID) (bool, error)

	// Revoked names what changed since then: members whose rights may have changed and
	// boards whose circle of readers may have (both are asked about again), and sessions
	// that ended (closed at once). It is asked every Poll with an overlapping window, so
	// the same change is named several times. An error stops delivery until it answers.
	// The time is this node's clock; Overlap makes up for another one in the database.
	Revoked func(ctx context.Context, since time.Time) ([]uuid.UUID, error)

	// Epoch names the history that the numbers belong to: it differs once the database
	// was restored from a backup (PostgreSQL: system identifier and timeline). Readers of
	// another epoch are told to reload. May be nil.
	Epoch func(ctx context.Context) (string, error)

	// Announce tells the other nodes that these boards have news: a NOTIFY for each on
	// BoardChannel with its id, in one statement of its own, after the commit (inside
	// each transaction it would cost half of the write throughput). May be nil.
	Announce func(ctx context.Context, boards []uuid.UUID) error
}

// Options are the hub's measures. The zero value of each field means its default.
type Options struct {
	Origins  []string      // the only values of the Origin header that may open a socket
	Poll     time.Duration // how often the Source is asked (1 s)
	Overlap  time.Duration // how far each look at Revoked reaches back (10 s)
	Ping     time.Duration // how often a quiet connection is asked whether it lives (25 s)
	Patience time.Duration // how long a write may take before the reader is cut (10 s)
	Keep     int           // how many entries a board can be caught up by (256)
	Boards   int           // how many boards one socket may follow (32)
	Readers  int           // how many sockets this node serves (20,000)
	Sockets  int           // how many of them one member may hold (half of Readers)
	Log      *slog.Logger  // never receives content
}

// readLimit is the longest message a client may send, in bytes.
const readLimit = 8 << 10

func (o Options) filled() Options {
	fill(&o.Poll, time.Second)
	fill(&o.Overlap, 10*time.Second)
	fill(&o.Ping, 25*time.Second)
	fill(&o.Patience, 10*time.Second)
	fill(&o.Keep, 256)
	fill(&o.Boards, 32)
	fill(&o.Readers, 20_000)
	fill(&o.Sockets, o.Readers/2)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

func fill[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}
