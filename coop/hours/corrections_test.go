package hours_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/hours"
	"lien/coop/inbox"
	"lien/coop/participation"
	"lien/rule"
)

func mistaken(id coop.TransferID) hours.Correction {
	return hours.Correction{Transfer: id, Words: "Compté deux fois.", Language: "fr"}
}

func TestBothReadWhyAndHelpIsCountedNoMore(t *testing.T) {
	s := newStreet(t, 3)
	neutral := s.facilitator(t, 2)
	p := s.promised(t, 0, 1, 90)
	paid := s.pays(t, p, 1)
	for n, what := range map[int]participation.What{1: participation.HelpGiven, 0: participation.HelpReceived} {
		if err := participation.Count(t.Context(), s.Coop, s.cooperative, s.members[n], noon, what); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.ledger.Correct(t.Context(), neutral, hours.Correction{Transfer: paid.Transfer, Words: " "}); broken(err) != "rule.missing" {
		t.Errorf("without a reason: got %v", err)
	}
	back, err := s.ledger.Correct(t.Context(), neutral, mistaken(paid.Transfer))
	if err != nil {
		t.Fatal(err)
	}
	for n := range 2 {
		line, err := s.ledger.One(t.Context(), s.actor(n), paid.Transfer)
		if err != nil || !line.Corrected() || line.Why != "Compté deux fois." {
			t.Errorf("%d reads %+v (%v)", n, line, err)
		}
		if line, err = s.ledger.One(t.Context(), s.actor(n), back.Transfer); err != nil || line.Words != "Compté deux fois." {
			t.Errorf("%d reads beside the correction %+v (%v)", n, line, err)
		}
		told, err := inbox.New(s.Coop, time.Now).Mine(t.Context(), s.actor(n), uuid.Nil)
		if err != nil || len(told) != 1 || told[0].Kind != "hours_corrected" {
			t.Errorf("%d was told %+v (%v)", n, told, err)
		}
	}
	var left int64
	if err := s.Coop.NewRaw(`SELECT sum(help_given + help_received) FROM coop.participation`).Scan(t.Context(), &left); err != nil || left != 0 {
		t.Errorf("%d times are still counted (%v)", left, err)
	}
	s.sound(t)
}

func TestATransferIsFoundByItsReferenceOnly(t *testing.T) {
	s := newStreet(t, 3)
	neutral := s.facilitator(t, 2)
	gift := s.give(t, 0, 1, 30)
	line, err := s.ledger.One(t.Context(), s.actor(0), gift.Transfer)
	if err != nil {
		t.Fatal(err)
	}
	spoken := line.Reference()[:5] + " - " + line.Reference()[5:]
	found, err := s.ledger.Find(t.Context(), neutral, spoken)
	if err != nil || len(found) != 1 || found[0].ID != gift.Transfer || found[0].FromName != "A" || found[0].ToName != "B" || found[0].Mine || found[0].Done {
		t.Errorf("found %+v (%v)", found, err)
	}
	for text, want := range map[string]string{"": "correct.no_reference", "3f9a2": "correct.no_reference", "3f9a2c01bz": "correct.no_reference", "0000000000": "correct.not_found"} {
		if _, err := s.ledger.Find(t.Context(), neutral, text); broken(err) != want {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
	if _, err := s.ledger.Find(t.Context(), s.actor(0), spoken); broken(err) != "correct.not_found" {
		t.Errorf("a plain member: got %v", err)
	}
	if _, err := s.ledger.Mistake(t.Context(), s.actor(0), gift.Transfer); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a plain member: got %v, want ErrNotFound", err)
	}
}
