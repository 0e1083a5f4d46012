package ownweb_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/database"
	"lien/rule"
	"lien/server/ownweb"
	"lien/support"
	"lien/support/bond"
	"lien/support/casework"
)

func TestAConsentingPersonIsSeenByTheirReferentAlone(t *testing.T) {
	h := newHouse(t)
	awa, home := h.member(true), h.household(h.claire)
	h.joins(awa, home, h.claire)
	if h.reads(h.claire, home) != nil {
		t.Fatal("something is shown before any consent")
	}
	must(t, h.door.Pick(t.Context(), awa, "J’ai tenu la table de couture.", uuid.NewString()))
	h.consents(awa, bond.Scopes()...)
	preview, err := h.door.Preview(t.Context(), awa, h.at.AddDate(-1, 0, 0))
	must(t, err)
	shown := h.reads(h.claire, home)
	if shown == nil || shown.Summary == nil || shown.Summary.Active != "5-6" || shown.Summary.Given != "10+" || len(shown.Months) != 6 || !shown.Proposals {
		t.Fatalf("got %+v", shown)
	}
	if !reflect.DeepEqual(preview.Summary, shown.Summary) || !reflect.DeepEqual(preview.Months, shown.Months) || !slices.Equal(preview.Highlights, shown.Highlights) {
		t.Errorf("the preview %+v is not what is shown %+v", preview, shown)
	}
	if want := h.at.AddDate(0, 6, 0).Format(time.DateOnly); shown.Until.Format(time.DateOnly) != want {
		t.Errorf("it closes on %v, want %s", shown.Until, want)
	}
	must(t, h.cases.Assign(t.Context(), h.coordinator, home.Case, h.hugues.Worker, "à deux"))
	for who, actor := range map[string]support.Actor{"a colleague on the case": h.hugues, "the coordinator": h.coordinator, "nobody": {}} {
		if h.reads(actor, home) != nil || h.mark(actor, home) != "" {
			t.Errorf("%s sees something", who)
		}
	}
}

func TestFromNowOnShowsNoPastMonth(t *testing.T) {
	h := newHouse(t)
	awa, home := h.member(true), h.household(h.claire)
	h.joins(awa, home, h.claire)
	must(t, h.door.Consent(t.Context(), awa, ownweb.Agreement{Scope: bond.ScopeMonthly, From: h.at, Text: 1, Language: "fr"}))
	if shown := h.reads(h.claire, home); len(shown.Months) != 1 || shown.Months[0].Month.Month() != time.November {
		t.Errorf("got %+v", shown)
	}
}

func TestAWithdrawalCountsAtOnce(t *testing.T) {
	h := newHouse(t)
	awa, home := h.member(true), h.household(h.claire)
	h.joins(awa, home, h.claire)
	h.consents(awa, bond.ScopeSummary, bond.ScopeMonthly)
	before := h.mark(h.claire, home)
	must(t, h.door.Withdraw(t.Context(), awa, bond.ScopeMonthly))
	if shown := h.reads(h.claire, home); shown.Months != nil || shown.Summary == nil {
		t.Errorf("got %+v", shown)
	}
	if after := h.mark(h.claire, home); after == before || after == "" {
		t.Errorf("the mark did not move: %q", after)
	}
	must(t, h.door.WithdrawAll(t.Context(), awa))
	if h.reads(h.claire, home) != nil || h.mark(h.claire, home) != "" {
		t.Error("something stays open")
	}
}

func TestAConsentLapsesAfterSixMonths(t *testing.T) {
	h := newHouse(t)
	awa, home := h.member(true), h.household(h.claire)
	h.joins(awa, home, h.claire)
	h.consents(awa, bond.ScopeSummary)
	ends := h.at.AddDate(0, 6, 0)
	h.at = ends.Add(-time.Second)
	if h.reads(h.claire, home) == nil {
		t.Error("it lapsed too early")
	}
	h.at = ends
	if h.reads(h.claire, home) != nil || h.mark(h.claire, home) != "" {
		t.Error("it did not lapse")
	}
	mine, err := h.door.Mine(t.Context(), awa)
	must(t, err)
	if mine.Any() {
		t.Error("the resident's page says that something is open")
	}
}

func TestAHandoverEndsWhatWasShownEvenWhenTheOldReferentReturns(t *testing.T) {
	h := newHouse(t)
	awa, home := h.member(true), h.household(h.claire)
	h.joins(awa, home, h.claire)
	h.consents(awa, bond.ScopeSummary)
	h.later(time.Hour)
	h.handsOver(home, h.claire, h.hugues)
	for _, actor := range []support.Actor{h.claire, h.hugues} {
		if h.reads(actor, home) != nil {
			t.Error("a consent outlived the handover")
		}
	}
	h.later(time.Hour)
	h.handsOver(home, h.hugues, h.claire)
	if h.reads(h.claire, home) != nil {
		t.Error("the old consent came back with the old referent")
	}
	h.consents(awa, bond.ScopeSummary)
	if h.reads(h.claire, home) == nil {
		t.Error("a new yes shows nothing")
	}
}

func TestClosingACaseEndsWhatWasShown(t *testing.T) {
	h := newHouse(t)
	awa, home := h.member(true), h.household(h.claire)
	h.joins(awa, home, h.claire)
	h.consents(awa, bond.ScopeSummary)
	unused, err := h.referent.GiveCode(t.Context(), h.claire, home.Case, home.Person)
	must(t, err)
	h.later(time.Minute)
	must(t, h.cases.Close(t.Context(), h.claire, home.Case, casework.Closing{Outcome: casework.OwnLease, Reason: "Un bail à leur nom."}))
	if h.reads(h.claire, home) != nil || h.mark(h.claire, home) != "" {
		t.Error("a closed case still shows something")
	}
	if open := h.count(`SELECT count(*) FROM bond.links WHERE ended_at IS NULL`) + h.count(`SELECT count(*) FROM bond.consents WHERE withdrawn_at IS NULL`); open != 0 {
		t.Errorf("%d links and consents outlived the case", open)
	}
	mine, err := h.door.Mine(t.Context(), awa)
	must(t, err)
	if mine.Referent != "" || h.door.Redeem(t.Context(), awa, unused.Text) == nil {
		t.Error("the resident is still joined, or can be again")
	}
}

func TestACodeOpensOnceForAQuarterOfAnHour(t *testing.T) {
	h := newHouse(t)
	refused := func(o ownweb.Owner, code string) bool {
		var invalid *rule.Invalid
		return errors.As(h.door.Redeem(t.Context(), o, code), &invalid) && invalid.Rule == "private.code.refused"
	}
	awa, eve, home := h.member(true), h.member(true), h.household(h.claire)
	give := func() string {
		code, err := h.referent.GiveCode(t.Context(), h.claire, home.Case, home.Person)
		must(t, err)
		return code.Text
	}
	late := give()
	h.later(15 * time.Minute)
	if !refused(awa, late) {
		t.Error("a code opened after a quarter of an hour")
	}
	former, code := give(), give()
	if !refused(awa, former) {
		t.Error("an earlier code still opens")
	}
	must(t, h.door.Redeem(t.Context(), awa, " "+strings.ToLower(code[:4])+"-"+code[4:]+" "))
	if !refused(awa, code) || !refused(eve, code) {
		t.Error("a code opened twice")
	}
	if !refused(eve, give()) {
		t.Error("a second resident joined the same person")
	}
}

func TestOnlyTheReferentGivesACodeAndOnlyForAnAdult(t *testing.T) {
	h := newHouse(t)
	home := h.household(h.claire)
	must(t, h.cases.Assign(t.Context(), h.coordinator, home.Case, h.hugues.Worker, "à deux"))
	for who, actor := range map[string]support.Actor{"a co-worker": h.hugues, "the coordinator": h.coordinator} {
		if _, err := h.referent.GiveCode(t.Context(), actor, home.Case, home.Person); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("%s: got %v", who, err)
		}
	}
	file, err := h.cases.Identity(t.Context(), h.coordinator, home.Case)
	must(t, err)
	for _, person := range []support.PersonID{file.Persons[1].ID, rule.NewID[support.PersonID]()} {
		if _, err := h.referent.GiveCode(t.Context(), h.claire, home.Case, person); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("a minor or a stranger: got %v", err)
		}
	}
}

func TestWhoGuessesCodesWaits(t *testing.T) {
	h := newHouse(t)
	awa, home := h.member(true), h.household(h.claire)
	var invalid *rule.Invalid
	for range 5 {
		if err := h.door.Redeem(t.Context(), awa, "22222222"); !errors.As(err, &invalid) || invalid.Rule != "private.code.refused" {
			t.Fatalf("got %v", err)
		}
	}
	code, err := h.referent.GiveCode(t.Context(), h.claire, home.Case, home.Person)
	must(t, err)
	if err := h.door.Redeem(t.Context(), awa, code.Text); !errors.As(err, &invalid) || invalid.Rule != "private.code.later" {
		t.Errorf("the sixth try: got %v", err)
	}
	h.later(15 * time.Minute)
	h.joins(awa, home, h.claire)
}

func TestACodeIsStoredAsAHashOnly(t *testing.T) {
	h := newHouse(t)
	home := h.household(h.claire)
	code, err := h.referent.GiveCode(t.Context(), h.claire, home.Case, home.Person)
	must(t, err)
	if len(code.Text) != 8 || strings.ContainsAny(code.Text, "01OILS5") {
		t.Errorf("the code %s holds a sign that looks like another", code.Text)
	}
	var stored string
	must(t, h.db.Owner.NewRaw(`SELECT to_jsonb(c)::text FROM bond.codes c`).Scan(t.Context(), &stored))
	if strings.Contains(stored, code.Text) {
		t.Error("the code stands in the table")
	}
}

// TestNothingToSeeIsOneAnswer goes through every reason why there is nothing.
func TestNothingToSeeIsOneAnswer(t *testing.T) {
	h := newHouse(t)
	var homes []household
	joined := func(active bool, scopes ...bond.Scope) ownweb.Owner {
		o, home := h.member(active), h.household(h.claire)
		homes = append(homes, home)
		h.joins(o, home, h.claire)
		h.consents(o, scopes...)
		return o
	}
	homes = append(homes, h.household(h.claire)) // never met
	joined(true)                                 // never asked, or refused
	joined(true, bond.ScopeSummary)              // lapses below
	h.later(200 * 24 * time.Hour)
	must(t, h.door.WithdrawAll(t.Context(), joined(true, bond.Scopes()...)))
	gone := joined(true, bond.Scopes()...)
	h.sql(`UPDATE coop.members SET state = 'left' WHERE id = ?`, gone.Member.Member)
	joined(false, bond.ScopeSummary, bond.ScopeMonthly, bond.ScopeHighlights) // nothing there
	for n, home := range append(homes, household{homes[0].Case, rule.NewID[support.PersonID]()}) {
		if shown, mark := h.reads(h.claire, home), h.mark(h.claire, home); shown != nil || mark != "" {
			t.Errorf("%d: got %+v, %q", n, shown, mark)
		}
	}
	if n := h.count(`SELECT count(*) FROM bond.readings`); n != 0 {
		t.Errorf("nothing was seen and %d readings were written", n)
	}
}

func TestEachReadingIsOneRowThatTheResidentSees(t *testing.T) {
	h := newHouse(t)
	awa, home := h.member(true), h.household(h.claire)
	h.joins(awa, home, h.claire)
	h.consents(awa, bond.ScopeSummary)
	seen := func() int {
		list, err := h.door.Looked(t.Context(), awa, time.Time{}, uuid.UUID{})
		must(t, err)
		n := 0
		for _, g := range list {
			if slices.Equal(g.What, []string{"summary"}) && g.Worker == "Claire Vasseur" && g.Organisation == "AHU" && g.Purpose == "follow_up" {
				n++
			}
		}
		return n
	}
	for want := 1; want <= 3; want++ {
		h.later(time.Minute)
		h.reads(h.claire, home)
		h.mark(h.claire, home)
		if got := seen(); got != want {
			t.Fatalf("after %d readings the resident sees %d", want, got)
		}
	}
}

func TestTheListOfLooksIsPagedWithoutAHole(t *testing.T) {
	h := newHouse(t)
	awa, home := h.member(true), h.household(h.claire)
	h.joins(awa, home, h.claire)
	h.consents(awa, bond.ScopeSummary)
	for range 35 {
		h.reads(h.claire, home) // all at the same moment: the id decides
	}
	first, err := h.door.Looked(t.Context(), awa, time.Time{}, uuid.UUID{})
	must(t, err)
	last := first[len(first)-1]
	second, err := h.door.Looked(t.Context(), awa, last.At, last.ID)
	must(t, err)
	ids := map[uuid.UUID]bool{}
	for _, g := range append(first, second...) {
		ids[g.ID] = true
	}
	if len(first) != 30 || len(ids) != 36 { // 35 readings, and the coordinator's look when the case was opened
		t.Errorf("got %d and then %d in all", len(first), len(ids))
	}
}

func TestWhatMayBeProposedDoesNotTellWhoOffersIt(t *testing.T) {
	h := newHouse(t)
	awa, home := h.member(true), h.household(h.claire)
	neighbour, suspended := h.member(true), h.member(true)
	h.sql(`UPDATE coop.members SET state = 'suspended' WHERE id = ?`, suspended.Member.Member)
	for _, owner := range []ownweb.Owner{awa, neighbour, suspended} {
		h.sql(`INSERT INTO coop.listings (cooperative_id, id, member_id, kind, category, title, details, language, state, client_key, created_at, published_at, expires_at)
			VALUES (?, ?, ?, 'offer', 'sewing', 'Ourlets', '', 'fr', 'open', ?, ?, ?, ?)`,
			h.cooperative, uuid.New(), owner.Member.Member, uuid.New(), h.at, h.at, h.at.AddDate(0, 0, 90))
	}
	h.joins(awa, home, h.claire)
	h.consents(awa, bond.ScopeProposals)
	offered, err := h.referent.Offerings(t.Context(), h.claire, home.Case, home.Person)
	must(t, err)
	if len(offered) != 2 { // her own among them: its absence would name her
		t.Fatalf("got %+v", offered)
	}
	for _, o := range offered {
		must(t, h.referent.Propose(t.Context(), h.claire, home.Case, home.Person, o.Kind, o.ID))
	}
	list, err := h.door.Proposed(t.Context(), awa)
	must(t, err)
	if len(list) != 1 {
		t.Errorf("she is proposed %+v", list)
	}
}

func TestTheDeskIsNoWayIntoThePrivateArea(t *testing.T) {
	h := newHouse(t)
	awa, home := h.member(true), h.household(h.claire)
	h.joins(awa, home, h.claire)
	h.consents(awa, bond.Scopes()...)
	h.reads(h.claire, home)
	_, err := h.db.Account.NewRaw(`SELECT bond.set_aside(?)`, awa.Resident).Exec(t.Context())
	must(t, err)
	if h.reads(h.claire, home) != nil {
		t.Error("the referent still sees something")
	}
	quiet := func() bool {
		shared, err := h.door.Mine(t.Context(), awa)
		must(t, err)
		looks, err := h.door.Looked(t.Context(), awa, time.Time{}, uuid.UUID{})
		must(t, err)
		return shared.Referent == "" && len(looks) == 0
	}
	if !quiet() {
		t.Error("whoever holds the new device learns who accompanies her")
	}
	h.joins(awa, home, h.claire)
	if quiet() {
		t.Error("her referent's code does not bring her list back")
	}
}

func TestAProposalReachesOnlyWhoWantsIt(t *testing.T) {
	h := newHouse(t)
	awa, home := h.member(true), h.household(h.claire)
	event := uuid.New()
	h.sql(`INSERT INTO coop.events (cooperative_id, id, organiser_id, place, title, details, language, starts_at, ends_at, zone, state, client_key, created_at, cancelled_why)
		VALUES (?, ?, ?, 'Salle', 'Table de couture', '', 'fr', ?, ?, 'Europe/Paris', 'on', ?, ?, '')`,
		h.cooperative, event, awa.Member.Member, h.at.AddDate(0, 0, 3), h.at.AddDate(0, 0, 3).Add(time.Hour), uuid.New(), h.at)
	h.joins(awa, home, h.claire)
	h.consents(awa, bond.ScopeSummary)
	propose := func() error {
		return h.referent.Propose(t.Context(), h.claire, home.Case, home.Person, "event", event)
	}
	if err := propose(); !errors.Is(err, rule.ErrMoved) {
		t.Fatalf("without the scope: got %v", err)
	}
	h.consents(awa, bond.ScopeProposals)
	offered, err := h.referent.Offerings(t.Context(), h.claire, home.Case, home.Person)
	must(t, err)
	if len(offered) != 1 || offered[0].ID != event {
		t.Fatalf("got %+v", offered)
	}
	must(t, propose())
	must(t, propose())
	list, err := h.door.Proposed(t.Context(), awa)
	must(t, err)
	if len(list) != 1 || list[0].TargetID != event || list[0].ByName != "Claire Vasseur" {
		t.Fatalf("got %+v", list)
	}
	must(t, h.door.PutAway(t.Context(), awa, list[0].ID))
	if list, err = h.door.Proposed(t.Context(), awa); err != nil || len(list) != 0 {
		t.Errorf("got %+v, %v", list, err)
	}
}

// TestNoReadingAfterAWithdrawal has many pages read while the resident withdraws: what is
// asked after the withdrawal was answered shows nothing.
func TestNoReadingAfterAWithdrawal(t *testing.T) {
	h := newHouse(t)
	awa, home := h.member(true), h.household(h.claire)
	h.joins(awa, home, h.claire)
	for range 8 {
		h.consents(awa, bond.ScopeSummary)
		var withdrawn, stop atomic.Bool
		var wait sync.WaitGroup
		for range 6 {
			wait.Go(func() {
				for !stop.Load() {
					before := withdrawn.Load()
					shown, err := h.referent.Read(t.Context(), h.claire, home.Case, home.Person, support.FollowUp)
					if err != nil || before && shown != nil {
						t.Errorf("withdrawn %t, and got %+v, %v", before, shown, err)
						return
					}
				}
			})
		}
		must(t, h.door.WithdrawAll(t.Context(), awa))
		withdrawn.Store(true)
		readings := h.count(`SELECT count(*) FROM bond.readings`)
		for range 5 {
			h.reads(h.claire, home)
		}
		stop.Store(true)
		wait.Wait()
		if n := h.count(`SELECT count(*) FROM bond.readings`); n != readings {
			t.Errorf("%d readings after the withdrawal", n-readings)
		}
	}
}

func TestTheCooperativeHasNoRightAtTheDoor(t *testing.T) {
	h := newHouse(t)
	tables := []string{"codes", "links", "consents", "highlights", "proposals", "readings", "tries", "clock"}
	for _, table := range tables {
		for _, err := range []error{
			try(h, h.db.Coop, `SELECT count(*) FROM bond.`+table), try(h, h.db.Support, `SELECT count(*) FROM bond.`+table),
			try(h, h.db.Account, `SELECT count(*) FROM bond.`+table),
		} {
			if !database.Denied(err) {
				t.Errorf("bond.%s: got %v", table, err)
			}
		}
	}
	if err := try(h, h.db.Coop, `SELECT bond.mine(gen_random_uuid())`); !database.Denied(err) {
		t.Errorf("the cooperative called the door: %v", err)
	}
	if err := try(h, h.db.Support, `SELECT bond.mine(gen_random_uuid())`); !database.Denied(err) {
		t.Errorf("support did a resident's act: %v", err)
	}
	if err := try(h, h.db.Account, `SELECT bond.read(gen_random_uuid(), gen_random_uuid(), 'visit', gen_random_uuid())`); !database.Denied(err) {
		t.Errorf("an account read like a referent: %v", err)
	}
}

func try(h *house, db *bun.DB, query string) error {
	_, err := db.NewRaw(query).Exec(h.t.Context())
	return err
}

// An offer of somebody hidden from her is read no more than on any page of the neighbours,
// and the referent learns nothing of it.
func TestAnOfferOfSomebodyHiddenIsNotReadAmongWhatIsProposed(t *testing.T) {
	for name, hide := range map[string]func(h *house, awa, neighbour ownweb.Owner){
		"she hides from them": func(h *house, awa, neighbour ownweb.Owner) {
			h.sql(`INSERT INTO coop.blocks (cooperative_id, member_id, hidden_id, at) VALUES (?, ?, ?, ?)`, h.cooperative, awa.Member.Member, neighbour.Member.Member, h.at)
		},
		"they hide from her": func(h *house, awa, neighbour ownweb.Owner) {
			h.sql(`INSERT INTO coop.blocks (cooperative_id, member_id, hidden_id, at) VALUES (?, ?, ?, ?)`, h.cooperative, neighbour.Member.Member, awa.Member.Member, h.at)
		},
		"it is moderated": func(h *house, _, _ ownweb.Owner) { h.sql(`UPDATE coop.listings SET moderation = 'hidden'`) },
	} {
		h := newHouse(t)
		awa, home, neighbour := h.member(true), h.household(h.claire), h.member(true)
		h.sql(`INSERT INTO coop.listings (cooperative_id, id, member_id, kind, category, title, details, language, state, client_key, created_at, published_at, expires_at)
			VALUES (?, ?, ?, 'offer', 'sewing', 'Ourlets', '', 'fr', 'open', ?, ?, ?, ?)`,
			h.cooperative, uuid.New(), neighbour.Member.Member, uuid.New(), h.at, h.at, h.at.AddDate(0, 0, 90))
		h.joins(awa, home, h.claire)
		h.consents(awa, bond.ScopeProposals)
		offered, err := h.referent.Offerings(t.Context(), h.claire, home.Case, home.Person)
		must(t, err)
		must(t, h.referent.Propose(t.Context(), h.claire, home.Case, home.Person, offered[0].Kind, offered[0].ID))
		if list, err := h.door.Proposed(t.Context(), awa); err != nil || len(list) != 1 {
			t.Fatalf("%s: before, she reads %+v, %v", name, list, err)
		}
		hide(h, awa, neighbour)
		if list, err := h.door.Proposed(t.Context(), awa); err != nil || len(list) != 0 {
			t.Errorf("%s: she reads %+v, %v", name, list, err)
		}
	}
}
