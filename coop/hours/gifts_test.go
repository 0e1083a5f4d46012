package hours_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/hours"
	"lien/coop/inbox"
	"lien/rule"
)

func TestBothReadTheWordsOfAGiftAndTheReceiverIsTold(t *testing.T) {
	s := newStreet(t, 2)
	gift := hours.Gift{Key: uuid.New(), To: s.members[1], Minutes: 90, Words: "  Pour le bébé ! ", Language: "fr"}
	first, err := s.ledger.Gift(t.Context(), s.actor(0), gift)
	if err != nil {
		t.Fatal(err)
	}
	gift.Words = "Autre chose"
	if _, err := s.ledger.Gift(t.Context(), s.actor(0), gift); err != nil {
		t.Fatal(err)
	}
	for n := range 2 {
		line, err := s.ledger.One(t.Context(), s.actor(n), first.Transfer)
		if err != nil || line.Words != "Pour le bébé !" || line.WordsIn != "fr" || line.Corrected() {
			t.Errorf("%d reads %+v (%v)", n, line, err)
		}
	}
	told, err := inbox.New(s.Coop, func() time.Time { return noon }).Mine(t.Context(), s.actor(1), uuid.Nil)
	if err != nil || len(told) != 1 || told[0].Kind != "hours_given" || told[0].Minutes != 90 || told[0].Name != "A" {
		t.Errorf("told: %+v (%v), want one gift of A", told, err)
	}
}

func TestALineIsItsTwoPeoplesAlone(t *testing.T) {
	s := newStreet(t, 3)
	s.facilitator(t, 2)
	gift, err := s.ledger.Gift(t.Context(), s.actor(0), hours.Gift{Key: uuid.New(), To: s.members[1], Minutes: 90})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ledger.One(t.Context(), s.actor(2), gift.Transfer); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("somebody else: got %v, want ErrNotFound", err)
	}
}

func TestWhoDoesNotSeeOneAnotherCannotGive(t *testing.T) {
	s := newStreet(t, 3)
	gift := hours.Gift{Key: uuid.New(), To: s.members[1], Minutes: 30}
	first, err := s.ledger.Gift(t.Context(), s.actor(0), gift)
	if err != nil {
		t.Fatal(err)
	}
	s.exec(t, `INSERT INTO coop.blocks (cooperative_id, member_id, hidden_id, at) VALUES (?, ?, ?, ?)`, s.cooperative, s.members[1], s.members[0], noon)
	again, err := s.ledger.Gift(t.Context(), s.actor(0), gift)
	if err != nil || again.Transfer != first.Transfer {
		t.Errorf("what was given before: got %+v, %v; want the first receipt", again, err)
	}
	for name, give := range map[string]func() error{
		"give": func() error {
			_, err := s.ledger.Gift(t.Context(), s.actor(0), hours.Gift{Key: uuid.New(), To: s.members[1], Minutes: 30})
			return err
		},
		"ask once more": func() error {
			_, err := s.ledger.MayGive(t.Context(), s.actor(0), hours.Gift{Key: uuid.New(), To: s.members[1], Minutes: 30})
			return err
		},
		"choose": func() error {
			_, err := s.ledger.Receiver(t.Context(), s.actor(0), s.members[1])
			return err
		},
		"a stranger": func() error {
			_, err := s.ledger.Receiver(t.Context(), s.actor(0), rule.NewID[coop.MemberID]())
			return err
		},
	} {
		if err := give(); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("%s: got %v, want ErrNotFound", name, err)
		}
	}
	s.exec(t, `UPDATE coop.members SET name = 'Zoé ' || name`)
	if found, err := s.ledger.Receivers(t.Context(), s.actor(0), "zoe"); err != nil || len(found) != 0 {
		t.Errorf("found %+v (%v), want nobody who is not in the directory", found, err)
	}
	s.exec(t, `INSERT INTO coop.directory (cooperative_id, member_id, listed, shows, likes, likes_language, changed_at)
SELECT cooperative_id, id, true, '{}', '', 'fr', joined_at FROM coop.members`)
	found, err := s.ledger.Receivers(t.Context(), s.actor(0), "zoe")
	if err != nil || len(found) != 1 || found[0].ID != s.members[2] {
		t.Errorf("found %+v (%v), want only the third", found, err)
	}
}

func TestAGiftSaysWhatIsWrongWithIt(t *testing.T) {
	s := newStreet(t, 2)
	for want, gift := range map[string]hours.Gift{
		"hours.oneself":   {To: s.members[0], Minutes: 30},
		"hours.nothing":   {To: s.members[1]},
		"hours.per_act":   {To: s.members[1], Minutes: 24*60 + 1},
		"rule.unreadable": {To: s.members[1], Minutes: 30, Words: "a\x00"},
	} {
		gift.Key = uuid.New()
		if _, err := s.ledger.MayGive(t.Context(), s.actor(0), gift); broken(err) != want {
			t.Errorf("asking: got %v, want %s", err, want)
		}
		if _, err := s.ledger.Gift(t.Context(), s.actor(0), gift); broken(err) != want {
			t.Errorf("giving: got %v, want %s", err, want)
		}
	}
	if got := s.balance(t, 0); got != 0 {
		t.Errorf("the balance is %d, want 0", got)
	}
}
