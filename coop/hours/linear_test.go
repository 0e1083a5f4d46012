package hours_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/anishathalye/porcupine"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/rs/zerolog"

	"lien/coop"
	"lien/coop/hours"
	"lien/database"
	"lien/rule"
)

// Three people give each other hours and look at their accounts, over a line that is cut
// again and again: in the middle of a statement, or after a commit and before its answer.
const (
	lineRounds  = 4
	lineClients = 5
	lineActs    = 24
	lineFloor   = -60
	lineCeiling = 120
)

// act is what a client does: a look at an account when minutes are none.
type act struct {
	who, whom int
	minutes   int64
}

// answer is what came back. Lost says that nobody knows whether it was done.
type answer struct {
	balance int64
	refused bool
	lost    bool
}

// accounts are the balances of the three.
type accounts [3]int64

// after are the balances that an act can lead to with this answer: none when it cannot.
func (a accounts) after(did act, got answer) (next []any) {
	if did.minutes == 0 {
		if got.balance == a[did.who] {
			next = append(next, a)
		}
		return next
	}
	given := a
	given[did.who] -= did.minutes
	given[did.whom] += did.minutes
	fits := given[did.who] >= lineFloor && given[did.whom] <= lineCeiling
	if fits && !got.refused {
		next = append(next, given)
	}
	if got.lost || got.refused && !fits {
		next = append(next, a)
	}
	return next
}

// ledger is what the accounts may do, one act after the other.
var ledger = (&porcupine.NondeterministicModel{
	Init: func() []any { return []any{accounts{}} },
	Step: func(state, did, got any) []any { return state.(accounts).after(did.(act), got.(answer)) },
}).ToModel()

func TestBalancesAreLinearizableOverALineThatIsCut(t *testing.T) {
	lost := 0
	for round := range lineRounds {
		s := newStreet(t, 3)
		if err := s.ledger.Open(t.Context(), s.Coop, s.cooperative, s.members[0]); err != nil {
			t.Fatal(err)
		}
		s.exec(t, `UPDATE coop.hours_limits SET soft_floor = -10, hard_floor = ?, ceiling = ? WHERE cooperative_id = ?`, lineFloor, lineCeiling, s.cooperative)
		for _, m := range s.members {
			if err := s.ledger.Open(t.Context(), s.Coop, s.cooperative, m); err != nil {
				t.Fatal(err)
			}
		}
		l := s.line(t)
		history := l.play(t, uint64(round))
		for n, op := range history {
			if op.Output.(answer).lost {
				lost++
				history[n].Return = math.MaxInt64
			}
		}
		switch result := porcupine.CheckOperationsTimeout(ledger, history, 20*time.Second); result {
		case porcupine.Illegal:
			t.Errorf("round %d: no order of %d acts explains the answers: %v", round, len(history), history)
		case porcupine.Unknown:
			t.Errorf("round %d: %d acts took too long to explain", round, len(history))
		}
		s.sound(t)
	}
	t.Logf("%d acts were lost on the way", lost)
	if lost == 0 {
		t.Error("the line was never cut: this test proves nothing")
	}
}

// line is a way to PostgreSQL that can be cut, and a ledger at its end.
type line struct {
	*street
	far   *hours.Ledger
	proxy *toxiproxy.Proxy
	began time.Time
}

func (s *street) line(t *testing.T) *line {
	t.Helper()
	config, err := pgx.ParseConfig(s.Direct(database.Coop))
	if err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(config.Host, fmt.Sprintf(".s.PGSQL.%d", config.Port))
	l := &line{street: s, began: time.Now()}
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	l.proxy = toxiproxy.NewProxy(server, "line", "127.0.0.1:0", forward(t, socket))
	if err := l.proxy.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.proxy.Stop)
	far, err := database.Open(t.Context(), database.Settings{
		URL:         map[database.Role]string{database.Coop: fmt.Sprintf("postgres://lien_coop@%s/%s?sslmode=disable", l.proxy.Listen, config.Database)},
		Connections: lineClients,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = far.Close() }) // what is cut does not close well
	l.far = hours.NewLedger(far.Coop, func() time.Time { return noon })
	return l
}

// forward leads from an address to a unix socket, and returns the address.
func forward(t *testing.T, socket string) string {
	t.Helper()
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = door.Close() })
	go func() {
		for {
			near, err := door.Accept()
			if err != nil {
				return // the test has ended
			}
			far, err := net.Dial("unix", socket)
			if err != nil {
				_ = near.Close()
				continue
			}
			pipe := func(to, from net.Conn) {
				_, _ = io.Copy(to, from) // it is cut: that is the point
				_, _ = to.Close(), from.Close()
			}
			go pipe(near, far)
			go pipe(far, near)
		}
	}()
	return door.Addr().String()
}

// play lets everybody act, while somebody cuts the line, and tells what happened when.
func (l *line) play(t *testing.T, seed uint64) (history []porcupine.Operation) {
	t.Helper()
	var mu sync.Mutex
	var clients sync.WaitGroup
	for client := range lineClients {
		clients.Go(func() {
			dice := rand.New(rand.NewPCG(seed, uint64(client)))
			for range lineActs {
				did := act{who: dice.IntN(3)}
				if dice.IntN(3) > 0 {
					did.whom, did.minutes = (did.who+1+dice.IntN(2))%3, int64(20+dice.IntN(40))
				}
				call := time.Since(l.began).Nanoseconds()
				got, happened := l.does(t.Context(), did)
				back := time.Since(l.began).Nanoseconds()
				if happened {
					mu.Lock()
					history = append(history, porcupine.Operation{ClientId: client, Input: did, Call: call, Output: got, Return: back})
					mu.Unlock()
				}
			}
		})
	}
	ended := make(chan struct{})
	var cutter sync.WaitGroup
	cutter.Go(func() { l.cut(ended, seed) })
	clients.Wait()
	close(ended)
	cutter.Wait()
	return history
}

// does acts over the line. A look that is lost did not happen, nor did an act that never
// reached PostgreSQL.
func (l *line) does(ctx context.Context, did act) (got answer, happened bool) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	actor := coop.Actor{Cooperative: l.cooperative, Member: l.members[did.who]}
	if did.minutes == 0 {
		account, err := l.far.Balance(ctx, actor)
		return answer{balance: account.Balance}, err == nil
	}
	_, err := l.far.Gift(ctx, actor, hours.Gift{Key: uuid.New(), To: l.members[did.whom], Minutes: did.minutes})
	var invalid *rule.Invalid
	var unreached *net.OpError
	switch {
	case err == nil:
		return answer{}, true
	case errors.As(err, &invalid):
		return answer{refused: true}, true
	case errors.As(err, &unreached) && unreached.Op == "dial":
		return answer{}, false
	}
	return answer{lost: true}, true
}

// cut lets a connection carry some more bytes and breaks it, one way or the other.
func (l *line) cut(ended <-chan struct{}, seed uint64) {
	dice := rand.New(rand.NewPCG(seed, 99))
	for {
		select {
		case <-ended:
			return
		case <-time.After(time.Duration(10+dice.IntN(25)) * time.Millisecond):
		}
		way := []string{"upstream", "downstream"}[dice.IntN(2)]
		toxic := fmt.Sprintf(`{"name": "cut", "type": "limit_data", "stream": %q, "attributes": {"bytes": %d}}`, way, dice.IntN(1500))
		if _, err := l.proxy.Toxics.AddToxicJson(strings.NewReader(toxic)); err != nil {
			continue
		}
		time.Sleep(time.Duration(dice.IntN(8)) * time.Millisecond)
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		_ = l.proxy.Toxics.RemoveToxic(ctx, "cut") // of a link that is gone already
		cancel()
	}
}
