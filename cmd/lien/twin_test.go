package main

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/server"
	"lien/server/ownweb"
	"lien/support"
	"lien/support/bond"
)

// The cooperative must never show who is accompanied (wall.md): every page of a member,
// of a neighbour and of the facilitator is the same before and after the member's account
// meets their case and shares everything. Only the member's own private area may differ.
func TestNoPageOfTheCooperativeTellsWhoIsAccompanied(t *testing.T) {
	w := newWorld(t)
	people := []*caller{w.caller(t, "resident Nadia"), w.caller(t, "resident Mehmet"), w.caller(t, "facilitator")}
	before := w.pages(t, people)
	w.join(t, "Nadia Benali")
	after := w.pages(t, people)
	if len(before) < 60 {
		t.Fatalf("only %d pages were compared", len(before))
	}
	for name, page := range before {
		if after[name] != page {
			t.Errorf("%s changed when the member became accompanied", name)
		}
	}
}

// pages are what these people see of the cooperative, without what a private area holds.
func (w *world) pages(t *testing.T, people []*caller) map[string]string {
	t.Helper()
	own, seen := w.ids(t, true), map[string]string{}
	for _, c := range people {
		for _, r := range w.routes {
			if r.Method != http.MethodGet || r.May == server.Anyone || r.May == server.Private || !slices.Contains(c.may, r.May) || r.Path == "/live" {
				continue
			}
			status, body := c.get(t, fill(t, r.Path, own))
			seen[c.name+" "+r.Path] = http.StatusText(status) + masked(body)
		}
	}
	return seen
}

// join lets a member's account meet their case, through both sides of the door, and
// opens every scope.
func (w *world) join(t *testing.T, name string) {
	t.Helper()
	ctx, derive := t.Context(), bond.Derive(w.sealer.Derive)
	var c struct {
		CaseID   support.CaseID
		PersonID support.PersonID
		WorkerID support.WorkerID
	}
	err := w.Owner.NewRaw(`SELECT c.id AS case_id, p.id AS person_id, m.worker_id FROM support.persons p
		JOIN support.cases c ON c.household_id = p.household_id JOIN support.case_members m ON m.case_id = c.id AND m.role = 'referent'
		WHERE p.given_name || ' ' || p.family_name = ?`, name).Scan(ctx, &c)
	if err != nil {
		t.Fatal(err)
	}
	referent := support.Actor{Worker: c.WorkerID, Function: support.Caseworker}
	there, here := bond.NewDoor(w.Support, derive, time.Now), ownweb.NewDoor(w.Account, derive, time.Now)
	code, err := there.GiveCode(ctx, referent, c.CaseID, c.PersonID)
	if err != nil {
		t.Fatal(err)
	}
	var who struct {
		ID, CooperativeID, MemberID uuid.UUID
	}
	err = w.Owner.NewRaw(`SELECT r.id, r.cooperative_id, r.member_id FROM account.residents r JOIN coop.members m ON m.id = r.member_id WHERE m.name = ? LIMIT 1`, name).
		Scan(ctx, &who)
	if err != nil {
		t.Fatal(err)
	}
	owner := ownweb.Owner{Resident: who.ID, Member: coop.Actor{
		Cooperative: coop.CooperativeID{UUID: who.CooperativeID}, Member: coop.MemberID{UUID: who.MemberID},
	}}
	if err := here.Redeem(ctx, owner, code.Text); err != nil {
		t.Fatal(err)
	}
	for _, scope := range bond.Scopes() {
		if err := here.Consent(ctx, owner, ownweb.Agreement{Scope: scope, From: time.Now().AddDate(0, -6, 0), Text: 1, Language: "fr"}); err != nil {
			t.Fatal(err)
		}
	}
	shown, err := there.Read(ctx, referent, c.CaseID, c.PersonID, support.FollowUp)
	if err != nil || shown == nil {
		t.Fatalf("the referent sees nothing: %v", err)
	}
}
