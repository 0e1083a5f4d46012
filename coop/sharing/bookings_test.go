package sharing_test

import (
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/sharing"
	"lien/rule"
)

func TestTwoBookingsOfAResourceNeverOverlap(t *testing.T) {
	s := newShed(t)
	room, nadia, omar := s.adds(sharing.Room, sharing.Booked), s.member("Nadia"), s.member("Omar")
	_, err := s.books(nadia, room, 10, 120)
	s.does(err)
	for _, hour := range []int{10, 11, 9} {
		_, err := s.books(omar, room, hour, 120)
		wants(t, err, "resource.rule.taken")
	}
	for _, hour := range []int{8, 12} {
		if _, err := s.books(omar, room, hour, 120); err != nil {
			t.Errorf("beside it at %d: %v", hour, err)
		}
	}
}

func TestABookingSentTwiceIsOneBooking(t *testing.T) {
	s := newShed(t)
	room, nadia := s.adds(sharing.Room, sharing.Booked), s.member("Nadia")
	wish := sharing.Wish{Key: uuid.New(), Resource: room, Starts: tuesday(10), Minutes: 60}
	first, err := s.bookings.Book(t.Context(), nadia, wish)
	s.does(err)
	if again, err := s.bookings.Book(t.Context(), nadia, wish); err != nil || again != first {
		t.Errorf("the second time: %v, %v", again, err)
	}
}

func TestAHomeBooksNoMoreAWeekThanTheRuleSays(t *testing.T) {
	s := newShed(t)
	room, nadia := s.adds(sharing.Room, sharing.Booked), s.member("Nadia")
	r := sharing.Customary(sharing.Room)
	r.WeeklyQuota = 2
	s.does(s.resources.RuleBooking(t.Context(), s.aline, room, r))
	first, err := s.books(nadia, room, 8, 60)
	s.does(err)
	_, err = s.books(nadia, room, 10, 60)
	s.does(err)
	_, err = s.books(nadia, room, 12, 60)
	wants(t, err, "resource.rule.quota")
	next := sharing.Wish{Key: uuid.New(), Resource: room, Starts: tuesday(12).AddDate(0, 0, 7), Minutes: 60}
	if _, err := s.bookings.Book(t.Context(), nadia, next); err != nil {
		t.Errorf("the week after: %v", err)
	}
	s.does(s.bookings.Cancel(t.Context(), nadia, first))
	if _, err = s.books(nadia, room, 12, 60); err != nil {
		t.Errorf("after giving one up: %v", err)
	}
}

func TestABookingThatNobodyComesToIsReleased(t *testing.T) {
	s := newShed(t)
	room, nadia, omar := s.adds(sharing.Room, sharing.Booked), s.member("Nadia"), s.member("Omar")
	id, err := s.books(nadia, room, 10, 120)
	s.does(err)
	s.at(tuesday(10).Add(29 * time.Minute))
	if n, err := s.bookings.Due(t.Context()); err != nil || n != 0 {
		t.Fatalf("released %d too early, %v", n, err)
	}
	s.at(tuesday(10).Add(30 * time.Minute))
	if n, err := s.bookings.Due(t.Context()); err != nil || n != 1 {
		t.Fatalf("released %d, %v; want 1", n, err)
	}
	if got := s.stateOf("bookings", id.UUID); got != sharing.Released {
		t.Fatalf("it is %s", got)
	}
	wants(t, s.bookings.Start(t.Context(), nadia, id), rule.ErrMoved)
	if _, err := s.books(omar, room, 11, 60); err != nil {
		t.Errorf("the released hour: %v", err)
	}
	var told int
	s.does(s.db.Owner.NewRaw(`SELECT count(*) FROM coop.inbox WHERE member_id = ? AND kind = 'booking_released'`, nadia.Member).Scan(t.Context(), &told))
	if told != 1 {
		t.Errorf("Nadia was told %d times", told)
	}
}

func TestWhoPausesGivesTheirBookingsUp(t *testing.T) {
	s := newShed(t)
	room, nadia, omar := s.adds(sharing.Room, sharing.Booked), s.member("Nadia"), s.member("Omar")
	id, err := s.books(nadia, room, 10, 120)
	s.does(err)
	s.sql(`UPDATE coop.members SET state = 'paused' WHERE id = ?`, nadia.Member)
	if n, err := s.bookings.Due(t.Context()); err != nil || n != 1 {
		t.Fatalf("gave up %d, %v; want 1", n, err)
	}
	if got := s.stateOf("bookings", id.UUID); got != sharing.Cancelled {
		t.Errorf("it is %s", got)
	}
	if _, err := s.books(omar, room, 10, 60); err != nil {
		t.Errorf("the hour that was given up: %v", err)
	}
}

// The clock's chore may be late: who books is never kept away by a booking that lapsed.
func TestALapsedBookingIsReleasedByWhoeverBooksNext(t *testing.T) {
	s := newShed(t)
	room, nadia, omar := s.adds(sharing.Room, sharing.Booked), s.member("Nadia"), s.member("Omar")
	_, err := s.books(nadia, room, 10, 180)
	s.does(err)
	s.at(tuesday(10).Add(45 * time.Minute))
	if _, err := s.books(omar, room, 11, 60); err != nil {
		t.Errorf("after the no-show: %v", err)
	}
}

func TestWhoComesKeepsTheResourceAndFreesTheRestByLeaving(t *testing.T) {
	s := newShed(t)
	room, nadia, omar := s.adds(sharing.Room, sharing.Booked), s.member("Nadia"), s.member("Omar")
	id, err := s.books(nadia, room, 10, 240)
	s.does(err)
	wants(t, s.bookings.Start(t.Context(), nadia, id), rule.ErrMoved) // the day before
	wants(t, s.bookings.Start(t.Context(), omar, id), rule.ErrNotFound)
	s.at(tuesday(10).Add(-10 * time.Minute))
	s.does(s.bookings.Start(t.Context(), nadia, id))
	s.does(s.bookings.Start(t.Context(), nadia, id)) // a second tap
	s.at(tuesday(11))
	if n, err := s.bookings.Due(t.Context()); err != nil || n != 0 {
		t.Fatalf("what began was released: %d, %v", n, err)
	}
	_, err = s.books(omar, room, 12, 60)
	wants(t, err, "resource.rule.taken")
	s.does(s.bookings.End(t.Context(), nadia, id))
	if _, err = s.books(omar, room, 12, 60); err != nil {
		t.Errorf("after Nadia left early: %v", err)
	}
}

func TestAPausedOrStrangeResourceIsNotBooked(t *testing.T) {
	s := newShed(t)
	room, tool, nadia := s.adds(sharing.Room, sharing.Booked), s.adds(sharing.Tool, sharing.Lent), s.member("Nadia")
	s.does(s.resources.Pause(t.Context(), s.aline, room, "La serrure est cassée"))
	_, err := s.books(nadia, room, 10, 60)
	wants(t, err, "resource.rule.paused")
	_, err = s.books(nadia, tool, 10, 60)
	wants(t, err, rule.ErrNotFound)
	elsewhere := newShed(t)
	_, err = s.books(elsewhere.member("Lina"), room, 10, 60)
	wants(t, err, rule.ErrNotFound)
	wants(t, s.resources.Pause(t.Context(), nadia, tool, "pour rire"), rule.ErrForbidden)
	s.sql(`UPDATE coop.members SET state = 'suspended' WHERE id = ?`, nadia.Member)
	s.does(s.resources.Reopen(t.Context(), s.aline, room))
	_, err = s.books(nadia, room, 10, 60)
	wants(t, err, rule.ErrForbidden)
}

// Sixteen people book at random, 10,000 times in all: whatever they were answered, what
// is kept never overlaps, and nobody waits for ever.
func TestTenThousandRandomBookingsNeverOverlap(t *testing.T) {
	s := newShed(t)
	attempts := 10_000
	if testing.Short() {
		attempts = 500
	}
	var rooms []coop.ResourceID
	for range 3 {
		room := s.adds(sharing.Room, sharing.Booked)
		r := sharing.Customary(sharing.Room)
		r.Step, r.Buffer, r.WeeklyQuota, r.Ahead = 15, 15, 50, 365
		s.does(s.resources.RuleBooking(t.Context(), s.aline, room, r))
		rooms = append(rooms, room)
	}
	var people sync.WaitGroup
	var kept, refused atomic.Int64
	for n := range 16 {
		who := s.member("N")
		people.Add(1)
		go func() {
			defer people.Done()
			dice := rand.New(rand.NewPCG(uint64(n), 7))
			for range attempts / 16 {
				at := tuesday(8).AddDate(0, 0, dice.IntN(4)).Add(time.Duration(dice.IntN(56)) * 15 * time.Minute)
				id, err := s.bookings.Book(t.Context(), who, sharing.Wish{Key: uuid.New(), Resource: rooms[dice.IntN(3)], Starts: at, Minutes: 15 * (1 + dice.IntN(16))})
				var invalid *rule.Invalid
				switch {
				case err == nil:
					kept.Add(1)
					if dice.IntN(3) == 0 {
						if err := s.bookings.Cancel(t.Context(), who, id); err != nil {
							t.Errorf("giving up: %v", err)
						}
					}
				case errors.As(err, &invalid):
					refused.Add(1)
				default:
					t.Errorf("booking: %v", err)
				}
			}
		}()
	}
	people.Wait()
	var overlaps int
	s.does(s.db.Owner.NewRaw(`
		SELECT count(*) FROM coop.bookings a JOIN coop.bookings b ON a.resource_id = b.resource_id AND a.id < b.id
		  AND tstzrange(a.starts_at, a.free_at) && tstzrange(b.starts_at, b.free_at)
		WHERE a.state = 'booked' AND b.state = 'booked'`).Scan(t.Context(), &overlaps))
	if overlaps != 0 || kept.Load() == 0 || refused.Load() == 0 {
		t.Errorf("%d kept, %d refused, %d overlap", kept.Load(), refused.Load(), overlaps)
	}
}
