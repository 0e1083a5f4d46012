package exchange_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
)

func saying(text string) exchange.Note {
	return exchange.Note{Key: uuid.New(), Words: text, Language: "fr"}
}

func (s *street) says(t *testing.T, n int, g exchange.Agreement, note exchange.Note) int64 {
	t.Helper()
	seq, err := s.talks.Say(t.Context(), s.actor(n), g.ID, note)
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

func (s *street) hears(t *testing.T, who coop.Actor, g exchange.Agreement) exchange.Talk {
	t.Helper()
	talk, err := s.talks.Read(t.Context(), who, g.ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	return talk
}

func TestAConversationHasNoGapAndNothingTwice(t *testing.T) {
	s := newStreet(t, 2)
	g := s.propose(t)
	var all sync.WaitGroup
	for n := range 8 {
		note := saying(fmt.Sprintf("message %d", n))
		for range 3 { // each is sent three times at once, as by a phone that lost its network
			all.Go(func() {
				if _, err := s.talks.Say(t.Context(), s.actor(n%2), g.ID, note); err != nil {
					t.Error(err)
				}
			})
		}
	}
	all.Wait()
	log, err := s.talks.Log(t.Context(), g.ID.UUID, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for n, line := range log {
		if line.Seq != int64(n+1) {
			t.Errorf("line %d has the number %d", n+1, line.Seq)
		}
		seen[line.Body] = true
	}
	if len(log) != 9 || len(seen) != 9 { // the step of the proposal is the first
		t.Errorf("got %d lines of %d texts, want 9", len(log), len(seen))
	}
	heads, err := s.talks.Heads(t.Context(), []uuid.UUID{g.ID.UUID})
	if err != nil || heads[g.ID.UUID] != 9 {
		t.Errorf("its head: %v, %v", heads, err)
	}
}

func TestOnlyTheTwoReadAConversation(t *testing.T) {
	s := newStreet(t, 4)
	helper := s.facilitator(t, 2)
	g := s.propose(t)
	s.says(t, 1, g, saying("Bonjour"))
	elsewhere := rule.NewID[coop.CooperativeID]()
	foreign := coop.Actor{Cooperative: elsewhere, Member: s.found(t, elsewhere, 1)[0]}
	for name, who := range map[string]coop.Actor{"a neighbour": s.actor(3), "a facilitator": helper, "another cooperative": foreign} {
		if _, err := s.talks.Read(t.Context(), who, g.ID, 0); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("%s reads: %v", name, err)
		}
		if _, err := s.talks.Say(t.Context(), who, g.ID, saying("Et moi ?")); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("%s writes: %v", name, err)
		}
		if may, err := s.talks.MayRead(t.Context(), who.Member, g.ID); may || err != nil {
			t.Errorf("%s follows: %v, %v", name, may, err)
		}
		if err := s.talks.Help(t.Context(), who, g.ID); err == nil {
			t.Errorf("%s was let in", name)
		}
	}
	for n := range 2 {
		if may, err := s.talks.MayRead(t.Context(), s.members[n], g.ID); !may || err != nil {
			t.Errorf("one of the two follows: %v, %v", may, err)
		}
	}
	s.exec(t, `UPDATE coop.members SET state = 'suspended' WHERE id = ?`, s.members[0])
	if may, _ := s.talks.MayRead(t.Context(), s.members[0], g.ID); may {
		t.Error("who is suspended follows")
	}
}

func TestAFacilitatorReadsOnlyWhileHelpingAndBothAreTold(t *testing.T) {
	s := newStreet(t, 3)
	helper := s.facilitator(t, 2)
	g := s.reach(t, exchange.Disputed)
	s.says(t, 1, g, saying("Nous n’avons pas le même souvenir."))
	if _, err := s.talks.Read(t.Context(), helper, g.ID, 0); !errors.Is(err, rule.ErrNotFound) {
		t.Fatalf("before they said so: %v", err)
	}
	for range 2 {
		if err := s.talks.Help(t.Context(), helper, g.ID); err != nil {
			t.Fatal(err)
		}
	}
	if n := s.number(t, `SELECT count(*) FROM coop.inbox WHERE kind = 'agreement_helper' AND member_id IN (?, ?)`, s.members[0], s.members[1]); n != 2 {
		t.Errorf("told: got %d, want both once", n)
	}
	talk := s.hears(t, helper, g)
	if last := talk.Says[len(talk.Says)-1]; last.Kind != exchange.SaidHelp || !talk.Open {
		t.Errorf("got %+v", last)
	}
	g = must(t)(s.agreements.Settle(t.Context(), helper, g.ID, g.Steps, 45, french("Trois quarts d’heure, ensemble.")))
	if may, _ := s.talks.MayRead(t.Context(), helper.Member, g.ID); may {
		t.Error("still reads when all is settled")
	}
	if n := s.number(t, `SELECT count(*) FROM coop.rights_changes WHERE member_id = ?`, helper.Member); n == 0 {
		t.Error("no open page is told")
	}
}

func TestAConversationClosesAWeekAfterTheEnd(t *testing.T) {
	s := newStreet(t, 2)
	g := s.reach(t, exchange.Confirmed)
	s.later(6 * 24 * time.Hour)
	s.says(t, 0, g, saying("Merci encore"))
	s.later(48 * time.Hour)
	if _, err := s.talks.Say(t.Context(), s.actor(0), g.ID, saying("Trop tard")); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("after a week: %v, want ErrMoved", err)
	}
	if talk := s.hears(t, s.actor(1), g); talk.Open || len(talk.Says) != 1 {
		t.Errorf("it is read again: %+v", talk)
	}
}

func TestAFloodOfMessagesIsRefused(t *testing.T) {
	s := newStreet(t, 2)
	g := s.propose(t)
	for range 20 {
		s.says(t, 0, g, saying("encore"))
	}
	if _, err := s.talks.Say(t.Context(), s.actor(0), g.ID, saying("encore")); broken(err) != "words talk.flood" {
		t.Errorf("got %q", broken(err))
	}
	s.says(t, 1, g, saying("doucement"))
	s.later(6 * time.Minute)
	s.says(t, 0, g, saying("pardon"))
}

func TestWhatCannotBeSaidIsRefused(t *testing.T) {
	s := newStreet(t, 2)
	g := s.propose(t)
	for name, c := range map[string]struct {
		note exchange.Note
		want string
	}{
		"nothing":    {exchange.Note{Key: uuid.New(), Words: "  ", Language: "fr"}, "words rule.missing"},
		"too much":   {exchange.Note{Key: uuid.New(), Words: strings.Repeat("a", 1001), Language: "fr"}, "words rule.too_long"},
		"a NUL byte": {exchange.Note{Key: uuid.New(), Words: "a\x00b", Language: "fr"}, "words rule.unreadable"},
		"no tap":     {exchange.Note{Key: uuid.New(), Tap: "hugs"}, "tap rule.choose"},
	} {
		if _, err := s.talks.Say(t.Context(), s.actor(0), g.ID, c.note); broken(err) != c.want {
			t.Errorf("%s: got %q, want %q", name, broken(err), c.want)
		}
	}
}

func TestMarksMoveForwardOnlyAndCountTheOthersWords(t *testing.T) {
	s := newStreet(t, 2)
	g := s.propose(t)
	for range 3 {
		s.says(t, 1, g, saying("bonjour"))
	}
	if talk := s.hears(t, s.actor(0), g); talk.Unread != 3 || talk.At != 4 {
		t.Fatalf("got %d unread at %d", talk.Unread, talk.At)
	}
	for _, seq := range []int64{3, 2, 99, 1} {
		if err := s.talks.Saw(t.Context(), s.actor(0), g.ID, seq); err != nil {
			t.Fatal(err)
		}
	}
	if talk := s.hears(t, s.actor(0), g); talk.Unread != 0 || talk.Read != 4 {
		t.Errorf("got %d unread, read up to %d", talk.Unread, talk.Read)
	}
	if talk := s.hears(t, s.actor(1), g); talk.Unread != 0 {
		t.Errorf("one's own words are news: %d", talk.Unread)
	}
}

func TestAMessageIsToldOnceUntilItIsReadAndWithoutItsWords(t *testing.T) {
	s := newStreet(t, 2)
	g := s.propose(t)
	for range 3 {
		s.says(t, 1, g, saying("le code est 4711"))
	}
	count := `SELECT count(*) FROM coop.inbox WHERE kind = 'agreement_message' AND member_id = ?`
	if n := s.number(t, count, s.members[0]); n != 1 {
		t.Errorf("told %d times before reading", n)
	}
	if err := s.talks.Saw(t.Context(), s.actor(0), g.ID, 4); err != nil {
		t.Fatal(err)
	}
	s.says(t, 1, g, saying("et la porte est bleue"))
	if n := s.number(t, count, s.members[0]); n != 2 {
		t.Errorf("told %d times, want once more", n)
	}
	if n := s.number(t, `SELECT count(*) FROM coop.inbox i WHERE to_jsonb(i)::text ~ '4711|bleue'`); n != 0 {
		t.Error("the inbox repeats what was said")
	}
}

func TestALongConversationIsReadInParts(t *testing.T) {
	s := newStreet(t, 2)
	g := s.propose(t)
	for n := range 70 {
		s.later(time.Minute)
		s.says(t, n%2, g, saying(fmt.Sprintf("ligne %d", n)))
	}
	talk := s.hears(t, s.actor(0), g)
	before, err := s.talks.Read(t.Context(), s.actor(0), g.ID, talk.Older)
	if err != nil || len(talk.Says) != 60 || len(before.Says) != 10 || before.Older != 0 || before.Says[9].Body != "ligne 9" || talk.Says[0].Body != "ligne 10" {
		t.Errorf("got %d and %d lines, %v", len(talk.Says), len(before.Says), err)
	}
}
