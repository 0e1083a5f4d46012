package live_test

import (
	"errors"
	"testing"
	"time"

	"lien/server/live"

	"github.com/google/uuid"
)

func TestAMemberWhoseRightsEndedHearsNothingAfterTwoSeconds(t *testing.T) {
	h := open(t, newLedger(), live.Options{Poll: time.Second}) // as it runs for real
	board, member := uuid.New(), uuid.New()
	p, other := h.visit(member), h.visit(uuid.New())
	p.follow(board, 0)
	other.follow(board, 0)
	p.expect()
	other.expect()
	h.ledger.revoke(member)
	began := time.Now()
	if m := p.expect(); !m.Refused || m.Board != board {
		t.Fatalf("got %+v", m)
	}
	if code := p.closed(); code != live.CloseKicked || time.Since(began) > 2*time.Second {
		t.Fatalf("closed with %d after %v", code, time.Since(began))
	}
	h.ledger.pin(board, "among us")
	other.upTo(0, 1)
}

func TestAnEndedSessionIsClosed(t *testing.T) {
	h := open(t, newLedger(), live.Options{})
	session := uuid.New()
	p := h.visit(uuid.New(), "X-Session", session.String())
	h.ledger.revoke(session)
	if code := p.closed(); code != live.CloseEnded {
		t.Fatalf("revoked: closed with %d", code)
	}
	p = h.visit(uuid.New(), "X-Ends", time.Now().Add(50*time.Millisecond).Format(time.RFC3339Nano))
	if code := p.closed(); code != live.CloseEnded {
		t.Fatalf("at its absolute end: closed with %d", code)
	}
}

func TestABoardThatIsClosedIsAskedAboutForAllItsReaders(t *testing.T) {
	h := open(t, newLedger(), live.Options{})
	board, other := uuid.New(), uuid.New()
	p := h.visit(uuid.New())
	p.follow(board, 0)
	p.follow(other, 0)
	p.expect()
	p.expect()
	h.ledger.revoke(board)
	if m := p.expect(); !m.Refused || m.Board != board {
		t.Fatalf("got %+v", m)
	}
	h.ledger.pin(board, "not for you")
	h.ledger.pin(other, "for you")
	if m := p.expect(); m.Board != other || m.N != 1 {
		t.Fatalf("got %+v", m)
	}
}

func TestWhoMayNotReadIsRefusedAtSubscription(t *testing.T) {
	h := open(t, newLedger(), live.Options{})
	stranger := uuid.New()
	h.ledger.shut[stranger] = true
	p := h.visit(stranger)
	p.follow(uuid.New(), 0)
	if m := p.expect(); !m.Refused {
		t.Fatalf("got %+v", m)
	}
}

func TestNothingIsDeliveredWhileRightsAreUnknown(t *testing.T) {
	h := open(t, newLedger(), live.Options{Poll: 10 * time.Millisecond})
	board := uuid.New()
	p := h.visit(uuid.New())
	p.follow(board, 0)
	p.expect()
	asked := h.ledger.breakRights(errors.New("no connection"))
	for range 4 { // two polls make rights unknown; what was under way is over
		<-asked
	}
	h.ledger.pin(board, "for whom?")
	h.hub.Wake(board)
	for range 4 {
		<-asked
	}
	if sent := h.hub.Stats().Delivered; sent != 0 {
		t.Fatalf("%d entries were delivered without knowing to whom", sent)
	}
	h.ledger.breakRights(nil)
	p.upTo(0, 1)
}
