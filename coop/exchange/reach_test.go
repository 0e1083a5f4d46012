package exchange_test

import (
	"context"
	"errors"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"pgregory.net/rapid"

	"lien/coop"
	"lien/coop/exchange"
	"lien/coop/hours"
	"lien/rule"
)

// How far the random histories reach: in so many neighbourhoods, one history each, with so
// many people acting at once. LIEN_OPERATIONS asks for more or fewer operations in all.
const (
	histories = 100
	hands     = 8
	people    = 6
)

func asked(t *testing.T) int {
	text := os.Getenv("LIEN_OPERATIONS")
	if text == "" {
		return operations
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < histories*hands {
		t.Fatalf("LIEN_OPERATIONS is %q, want a number from %d on", text, histories*hands)
	}
	return n
}

// deed is one operation: what, who, whom, how long, and with which of the keys.
type deed struct{ What, Who, Whom, Minutes, Key int }

var deeds = rapid.Custom(func(r *rapid.T) deed {
	n := rapid.Uint64().Draw(r, "deed") // one draw a deed: a hundred thousand are drawn
	return deed{
		What: int(n % 16), Who: int(n >> 8 % people), Whom: int(n >> 16 % people),
		Minutes: int(n>>24%100) - 5, Key: int(n >> 32 % 40),
	}
})

// Whatever many people do at once, in any order, twice or in vain: the hours sum up to
// zero, limits hold, a key has one effect, what is kept follows from what was written, and
// sharing an account and parting lose nothing.
func TestAnyHistoryOfManyAtOnceKeepsTheBooks(t *testing.T) {
	each := asked(t) / histories / hands
	s := newStreet(t, 0)
	var done, refused atomic.Int64
	rapid.Check(t, func(r *rapid.T) {
		town := s.town(t)
		var all sync.WaitGroup
		for range hands {
			list := rapid.SliceOfN(deeds, each, each).Draw(r, "deeds")
			all.Go(func() {
				for _, d := range list {
					if err := town.do(t.Context(), d); err == nil {
						done.Add(1)
					} else if answer(err) {
						refused.Add(1)
					} else {
						town.stray(err)
					}
				}
			})
		}
		all.Wait()
		town.check(t, r)
	})
	t.Logf("%d were done, %d were refused with an answer", done.Load(), refused.Load())
}

// answer reports whether a page can show what a rule said.
func answer(err error) bool {
	var invalid *rule.Invalid
	return errors.As(err, &invalid) || errors.Is(err, rule.ErrMoved) || errors.Is(err, rule.ErrForbidden) || errors.Is(err, rule.ErrNotFound)
}

// town is a cooperative of its own, in which one history happens.
type town struct {
	*street
	id      coop.CooperativeID
	members []coop.MemberID
	home    coop.HouseholdID
	listing coop.ListingID // the first member's, who offers help to all

	sync.Mutex
	given  map[uuid.UUID]coop.TransferID // what each key did first
	made   []coop.TransferID
	agreed []coop.AgreementID
	strays []error
}

func (s *street) town(t *testing.T) *town {
	t.Helper()
	w := &town{street: s, id: rule.NewID[coop.CooperativeID](), home: rule.NewID[coop.HouseholdID](), given: map[uuid.UUID]coop.TransferID{}}
	w.members = s.found(t, w.id, people)
	s.exec(t, `INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'facilitator', ?)`, w.id, w.members[people-1], noon)
	s.exec(t, `INSERT INTO coop.households (cooperative_id, id, began_by, client_key, began_at) VALUES (?, ?, ?, ?, ?)`, w.id, w.home, w.members[0], uuid.New(), noon)
	if err := s.ledger.Open(t.Context(), s.Coop, w.id, w.members[0]); err != nil {
		t.Fatal(err)
	}
	s.exec(t, `UPDATE coop.hours_limits SET soft_floor = -60, hard_floor = -180, ceiling = 240, per_act = 80 WHERE cooperative_id = ?`, w.id)
	var err error
	if w.listing, err = s.listings.Publish(t.Context(), w.actor(0), draft()); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *town) actor(n int) coop.Actor {
	return coop.Actor{Cooperative: w.id, Member: w.members[n]}
}

func (w *town) stray(err error) {
	w.Lock()
	defer w.Unlock()
	w.strays = append(w.strays, err)
}

// do does one deed.
func (w *town) do(ctx context.Context, d deed) error {
	switch d.What {
	case 0, 1, 2, 3, 4:
		return w.gives(ctx, d)
	case 5:
		return w.corrects(ctx, d)
	case 6:
		return w.moves(ctx, d)
	case 7:
		_, err := w.ledger.Statement(ctx, w.actor(d.Who), hours.Place{})
		return err
	case 8, 9:
		account, err := w.ledger.Balance(ctx, w.actor(d.Who))
		if err == nil && !account.Shared && account.Reserved < 0 {
			return errors.New("less than nothing is reserved")
		}
		return err
	case 10:
		return w.proposes(ctx, d)
	}
	return w.steps(ctx, d)
}

// gives is a gift with one of a few keys: most are sent several times, from several hands.
func (w *town) gives(ctx context.Context, d deed) error {
	key := uuid.NewSHA1(w.id.UUID, []byte{byte(d.Who), byte(d.Key)})
	gift := hours.Gift{Key: key, Minutes: int64(d.Minutes)}
	if d.Whom != 5 {
		gift.To = w.members[d.Whom]
	}
	receipt, err := w.ledger.Gift(ctx, w.actor(d.Who), gift)
	if err != nil {
		return err
	}
	w.Lock()
	defer w.Unlock()
	if first, again := w.given[key]; again && first != receipt.Transfer {
		return errors.New("a key had two effects")
	}
	w.given[key] = receipt.Transfer
	w.made = append(w.made, receipt.Transfer)
	return nil
}

func (w *town) corrects(ctx context.Context, d deed) error {
	w.Lock()
	if len(w.made) == 0 {
		w.Unlock()
		return nil
	}
	id := w.made[(d.Key*31+d.Minutes+5)%len(w.made)]
	w.Unlock()
	_, err := w.ledger.Correct(ctx, w.actor(people-1), hours.Correction{Transfer: id, Words: "Une erreur.", Language: "fr"})
	return err
}

// moves lets one of the first two begin to share the household's account, or part from it
// with what they take along.
func (w *town) moves(ctx context.Context, d deed) error {
	return w.Coop.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := w.ledger.Hold(ctx, tx, w.id, w.home, w.members[:2]); err != nil {
			return err
		}
		one := hours.Sharing{Cooperative: w.id, Household: w.home, Member: w.members[d.Who%2], By: w.members[d.Who%2], At: noon}
		if d.Key%2 == 0 {
			return w.ledger.Share(ctx, tx, one)
		}
		shared, err := w.ledger.Part(ctx, tx, one)
		if err != nil || !shared {
			return err
		}
		home, err := w.ledger.Home(ctx, tx, w.id, w.home)
		if err != nil {
			return err
		}
		if home.People == 0 {
			return w.ledger.Rest(ctx, tx, one)
		}
		return w.ledger.Divide(ctx, tx, one, home.Balance/2)
	})
}

func (w *town) proposes(ctx context.Context, d deed) error {
	if d.Who == 0 {
		return nil
	}
	p := w.proposal(w.listing)
	p.Key, p.Minutes = uuid.NewSHA1(w.id.UUID, []byte{200, byte(d.Who), byte(d.Key)}), int64(max(d.Minutes, 1)*2)
	id, err := w.agreements.Propose(ctx, w.actor(d.Who), p)
	if err != nil {
		return err
	}
	w.Lock()
	w.agreed = append(w.agreed, id)
	w.Unlock()
	return nil
}

// steps takes a step on one of the agreements, as anybody and often in vain.
func (w *town) steps(ctx context.Context, d deed) error {
	w.Lock()
	if len(w.agreed) == 0 {
		w.Unlock()
		return nil
	}
	id := w.agreed[(d.Key+d.Minutes+5)%len(w.agreed)]
	w.Unlock()
	g, err := w.agreements.One(ctx, w.actor(0), id)
	if err != nil {
		return err
	}
	by := w.actor([]int{0, w.at(g.Receiver.ID), d.Who}[d.Whom%3])
	words := exchange.Words{Text: "Autrement.", Language: "fr"}
	switch d.What {
	case 11:
		_, err = w.agreements.Agree(ctx, by, id, g.Steps)
	case 12:
		_, err = w.agreements.Claim(ctx, by, id, g.Steps, max(g.Planned+int64(d.Minutes%7), 1))
	case 13:
		_, err = w.agreements.Confirm(ctx, by, id, g.Steps, max(g.Claimed-int64(d.Minutes%9), 1))
	case 14:
		if d.Minutes%2 == 0 {
			_, err = w.agreements.Cancel(ctx, by, id, g.Steps)
		} else {
			_, err = w.agreements.Accept(ctx, by, id, g.Steps)
		}
	default:
		if d.Minutes%2 == 0 {
			_, err = w.agreements.Settle(ctx, w.actor(people-1), id, g.Steps, max(int64(d.Minutes), 1), words)
		} else {
			_, err = w.agreements.Void(ctx, w.actor(people-1), id, g.Steps, words)
		}
	}
	return err
}

func (w *town) at(m coop.MemberID) int {
	for n, id := range w.members {
		if id == m {
			return n
		}
	}
	return 0
}

// check looks at the books of the town when everybody has gone home.
func (w *town) check(t *testing.T, r *rapid.T) {
	for _, err := range w.strays {
		r.Errorf("not an answer: %v", err)
	}
	for promise, query := range map[string]string{
		"the hours sum up to zero": `SELECT abs(coalesce(sum(balance), 0)) FROM coop.hours_accounts WHERE cooperative_id = ?0`,
		"a balance is its entries": `SELECT count(*) FROM coop.hours_accounts a WHERE cooperative_id = ?0
			AND balance <> (SELECT coalesce(sum(minutes), 0) FROM coop.entries e WHERE e.cooperative_id = a.cooperative_id AND e.account_id = a.id)`,
		"what is kept is promised": `SELECT count(*) FROM coop.hours_accounts a WHERE cooperative_id = ?0
			AND reserved <> (SELECT coalesce(sum(minutes), 0) FROM coop.hours_reserved r WHERE r.cooperative_id = a.cooperative_id AND r.account_id = a.id AND r.released_at IS NULL)`,
		"what is promised is under way": `SELECT count(*) FROM coop.agreements g LEFT JOIN coop.hours_reserved r ON r.cooperative_id = g.cooperative_id AND r.agreement_id = g.id AND r.released_at IS NULL
			WHERE g.cooperative_id = ?0 AND (g.state IN ('agreed', 'done_claimed', 'disputed')) <> (r.agreement_id IS NOT NULL)`,
		"a transfer has two entries": `SELECT count(*) FROM (SELECT FROM coop.entries WHERE cooperative_id = ?0 GROUP BY transfer_id HAVING count(*) <> 2 OR sum(minutes) <> 0) x`,
		"an agreement is paid once, what it says": `SELECT count(*) FROM coop.agreements g LEFT JOIN coop.transfers t ON t.cooperative_id = g.cooperative_id AND t.agreement_id = g.id
			WHERE g.cooperative_id = ?0 AND t.minutes IS DISTINCT FROM g.minutes_paid`,
		"what a household holds is nowhere else": `SELECT count(*) FROM coop.hours_accounts WHERE cooperative_id = ?0 AND goes_to IS NOT NULL AND (balance <> 0 OR reserved <> 0)`,
	} {
		if wrong := w.number(t, query, w.id); wrong != 0 {
			r.Errorf("it is wrong by %d that %s", wrong, promise)
		}
	}
	w.retell(t, r)
}

// retell follows everything that was written in its order: the states and the balances that
// it leads to are the ones that are kept, and no act of anybody passed a limit.
func (w *town) retell(t *testing.T, r *rapid.T) {
	var lines []struct {
		TransferID coop.TransferID
		AccountID  coop.HoursID
		Kind       string
		Fund       bool
		Minutes    int64
	}
	err := w.Coop.NewRaw(`SELECT e.transfer_id, e.account_id, t.kind, a.kind = 'fund' AS fund, e.minutes
FROM coop.entries e
JOIN coop.transfers t ON t.cooperative_id = e.cooperative_id AND t.id = e.transfer_id
JOIN coop.hours_accounts a ON a.cooperative_id = e.cooperative_id AND a.id = e.account_id
WHERE e.cooperative_id = ? ORDER BY e.transfer_id`, w.id).Scan(t.Context(), &lines)
	if err != nil {
		t.Fatal(err)
	}
	balance := map[coop.HoursID]int64{}
	for _, l := range lines {
		balance[l.AccountID] += l.Minutes
		now, most := balance[l.AccountID], int64(2) // two at most share an account
		if !l.Fund && l.Kind != "correction" && l.Kind != "household" && (l.Minutes < 0 && now < -180*most || l.Minutes > 0 && now > 240*most) {
			r.Errorf("a %s led to %d minutes", l.Kind, now)
		}
	}
	var steps []struct {
		AgreementID    coop.AgreementID
		exchange.Event `bun:"extend"`
		State          exchange.State
	}
	err = w.Coop.NewRaw(`SELECT e.agreement_id, e.n, e.step, e.from_state AS "from", e.to_state AS "to", g.state
FROM coop.agreement_events e JOIN coop.agreements g ON g.cooperative_id = e.cooperative_id AND g.id = e.agreement_id
WHERE e.cooperative_id = ? ORDER BY e.agreement_id, e.n`, w.id).Scan(t.Context(), &steps)
	if err != nil {
		t.Fatal(err)
	}
	told := map[coop.AgreementID][]exchange.Event{}
	kept := map[coop.AgreementID]exchange.State{}
	for _, step := range steps {
		told[step.AgreementID] = append(told[step.AgreementID], step.Event)
		kept[step.AgreementID] = step.State
	}
	for id, events := range told {
		if state, ok := exchange.Replay(events); !ok || state != kept[id] {
			r.Errorf("the events lead to %s (%v), kept is %s", state, ok, kept[id])
		}
	}
}
