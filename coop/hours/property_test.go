package hours_test

import (
	"sync"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"lien/coop"
	"lien/coop/hours"
)

func TestManyAtOnceKeepTheSumAndTheLimits(t *testing.T) {
	const people, clients, gifts = 4, 8, 30
	s := newStreet(t, people)
	s.exec(t, `INSERT INTO coop.hours_limits (cooperative_id, soft_floor, hard_floor, ceiling, per_act) VALUES (?, -60, -120, 150, 60)`, s.cooperative)
	keys := make([]uuid.UUID, gifts)
	for n := range keys {
		keys[n] = uuid.New()
	}
	var all sync.WaitGroup
	for range clients { // every client sends every gift: each may have one effect
		all.Go(func() {
			for n, key := range keys {
				_, err := s.ledger.Gift(t.Context(), s.actor(n%people), hours.Gift{Key: key, To: s.members[(n*3+1+n/people)%people], Minutes: int64(10 + n)})
				if err != nil && broken(err) == "" {
					t.Errorf("gift %d: %v", n, err)
				}
			}
		})
	}
	all.Wait()
	s.sound(t)
	var transfers, outside int
	err := s.Coop.NewRaw(`SELECT (SELECT count(DISTINCT client_key) - count(*) FROM coop.transfers),
  (SELECT count(*) FROM coop.hours_accounts WHERE balance < -120 OR balance > 150)`).Scan(t.Context(), &transfers, &outside)
	if err != nil || transfers != 0 || outside != 0 {
		t.Errorf("replays that counted: %d, balances outside the limits: %d (%v); want 0 and 0", transfers, outside, err)
	}
}

func TestAnyRunOfTransfersKeepsTheBooks(t *testing.T) {
	s := newStreet(t, 4)
	neutral := s.facilitator(t, 3)
	var made []coop.TransferID
	model := map[coop.MemberID]int64{}
	rapid.Check(t, func(r *rapid.T) {
		from, to := rapid.IntRange(0, 2).Draw(r, "from"), rapid.IntRange(-1, 2).Draw(r, "to")
		if len(made) > 0 && rapid.IntRange(0, 4).Draw(r, "correct") == 0 {
			id := rapid.SampledFrom(made).Draw(r, "which")
			line := s.transferOf(t, id)
			if _, err := s.ledger.Correct(t.Context(), neutral, mistaken(id)); err == nil {
				model[line.from] += line.minutes
				model[line.to] -= line.minutes
			}
		} else {
			minutes := int64(rapid.IntRange(-10, 800).Draw(r, "minutes"))
			receiver := coop.MemberID{}
			if to >= 0 {
				receiver = s.members[to]
			}
			before := model[s.members[from]]
			receipt, err := s.ledger.Gift(t.Context(), s.actor(from), hours.Gift{Key: uuid.New(), To: receiver, Minutes: minutes})
			if err == nil {
				made = append(made, receipt.Transfer)
				model[s.members[from]] -= minutes
				model[receiver] += minutes
				if before-minutes < -20*60 || minutes <= 0 || minutes > 12*60 {
					r.Fatalf("%d minutes from a balance of %d were let through", minutes, before)
				}
			}
		}
		for n := range 3 {
			if got, want := s.balance(t, n), model[s.members[n]]; got != want {
				r.Fatalf("balance of %d: got %d, want %d", n, got, want)
			}
		}
		s.sound(t)
	})
}

type written struct {
	from, to coop.MemberID
	minutes  int64
}

func (s *street) transferOf(t testing.TB, id coop.TransferID) (w written) {
	t.Helper()
	var rows []struct {
		MemberID coop.MemberID
		Minutes  int64
	}
	err := s.Coop.NewRaw(`SELECT a.member_id, e.minutes FROM coop.entries e JOIN coop.hours_accounts a ON a.id = e.account_id WHERE e.transfer_id = ? ORDER BY e.side`, id).Scan(t.Context(), &rows)
	if err != nil || len(rows) != 2 {
		t.Fatalf("entries of a transfer: got %d (%v), want 2", len(rows), err)
	}
	return written{from: rows[0].MemberID, to: rows[1].MemberID, minutes: rows[1].Minutes}
}
