package casework_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/rule"
	"lien/support"
	"lien/support/casework"
)

const canary = "canari-7f3a"

func TestASecretNoteIsReadByItsAuthorAndItsCoHolderOnly(t *testing.T) {
	o := newOffice(t)
	id := o.opens(o.claire)
	must(t, o.cases.Assign(t.Context(), o.coordinator, id, o.ibrahim.Worker, "à deux"))
	must(t, o.cases.Assign(t.Context(), o.coordinator, id, o.helene.Worker, "à trois"))
	o.notes(o.claire, id, casework.Secret, canary, o.ibrahim.Worker)
	for who, want := range map[support.Actor]bool{o.claire: true, o.ibrahim: true, o.helene: false} {
		file, err := o.reads(who, id)
		must(t, err)
		if got := strings.Contains(fmt.Sprintf("%+v", file), canary); got != want {
			t.Errorf("%s reads it: %t, want %t", who.Worker, got, want)
		}
	}
	file, err := o.reads(o.claire, id)
	must(t, err)
	note := file.Contacts[0].Notes[0].ID
	if err := o.cases.Reclass(t.Context(), o.helene, id, note, casework.Written{Class: casework.Shared}); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("who may not read it moved it: %v", err)
	}
	if err := o.cases.Reclass(t.Context(), o.ibrahim, id, note, casework.Written{Class: casework.Team}); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("the co-holder widened it: %v", err)
	}
}

func TestANoteIsWidenedByItsAuthorAlone(t *testing.T) {
	o := newOffice(t)
	id := o.opens(o.claire)
	must(t, o.cases.Assign(t.Context(), o.coordinator, id, o.ibrahim.Worker, "à deux"))
	o.notes(o.claire, id, casework.Shared, "bonjour", support.WorkerID{})
	file, err := o.reads(o.claire, id)
	must(t, err)
	note := file.Contacts[0].Notes[0].ID
	moves := []struct {
		who  support.Actor
		to   casework.Class
		want error
	}{
		{o.ibrahim, casework.Secret, rule.ErrForbidden},
		{o.ibrahim, casework.Team, nil},
		{o.ibrahim, casework.Shared, rule.ErrForbidden},
		{o.claire, casework.Secret, nil},
		{o.ibrahim, casework.Team, rule.ErrNotFound},
		{o.claire, casework.Shared, nil},
	}
	for n, m := range moves {
		if err := o.cases.Reclass(t.Context(), m.who, id, note, casework.Written{Class: m.to}); !errors.Is(err, m.want) {
			t.Fatalf("move %d: got %v, want %v", n, err, m.want)
		}
	}
}

func TestACoHolderIsOnTheCase(t *testing.T) {
	o := newOffice(t)
	id := o.opens(o.claire)
	err := o.cases.WriteNote(t.Context(), o.claire, id, casework.Written{Class: casework.Secret, Body: "x", CoHolder: o.helene.Worker}, uuid.NewString())
	var invalid *rule.Invalid
	if !errors.As(err, &invalid) || invalid.Field != "co_holder" {
		t.Errorf("got %v", err)
	}
	err = o.cases.WriteNote(t.Context(), o.claire, id, casework.Written{Class: casework.Team, Body: "x", CoHolder: o.claire.Worker}, uuid.NewString())
	if !errors.As(err, &invalid) || invalid.Field != "co_holder" {
		t.Errorf("a team note got a co-holder: %v", err)
	}
}

func TestTheTableHoldsNoReadableNote(t *testing.T) {
	o := newOffice(t)
	id := o.opens(o.claire)
	o.notes(o.claire, id, casework.Shared, canary, support.WorkerID{})
	var bodies [][]byte
	must(t, o.db.Owner.NewRaw(`SELECT body FROM support.notes`).Scan(t.Context(), &bodies))
	if len(bodies) != 1 || bytes.Contains(bodies[0], []byte(canary)) {
		t.Errorf("got %q", bodies)
	}
}

func TestAMovedBodyOpensNowhereElse(t *testing.T) {
	o := newOffice(t)
	one, two := o.opens(o.claire), o.opens(o.ibrahim)
	o.notes(o.claire, one, casework.Shared, canary, support.WorkerID{})
	must(t, support.Within(t.Context(), o.db.Support, o.ibrahim, func(ctx context.Context, tx bun.Tx) error {
		var body []byte
		if err := o.db.Owner.NewRaw(`SELECT body FROM support.notes`).Scan(ctx, &body); err != nil {
			return err
		}
		_, err := tx.NewRaw(`INSERT INTO support.notes (id, case_id, author_id, class, body, client_key, at) VALUES (?, ?, ?, 'team', ?, ?, ?)`,
			uuid.New(), two, o.ibrahim.Worker, body, uuid.New(), o.at).Exec(ctx)
		return err
	}))
	if _, err := o.reads(o.ibrahim, two); err == nil {
		t.Error("a sealed note was read on another row")
	}
}

// TestRowLevelSecurityHoldsBehindEveryQuery asks each table without any scope.
func TestRowLevelSecurityHoldsBehindEveryQuery(t *testing.T) {
	o := newOffice(t)
	id := o.opens(o.claire)
	must(t, o.cases.Assign(t.Context(), o.coordinator, id, o.ibrahim.Worker, "à deux"))
	o.notes(o.claire, id, casework.Secret, canary, support.WorkerID{})
	o.notes(o.claire, id, casework.Team, "équipe", support.WorkerID{})
	must(t, o.cases.Appoint(t.Context(), o.claire, id, casework.Made{Kind: casework.Home, At: o.at.Add(time.Hour), Key: uuid.NewString()}))
	_, err := o.reads(o.claire, id)
	must(t, err)
	rows := func(actor *support.Actor, table string) (n int) {
		look := func(ctx context.Context, tx bun.Tx) error {
			return tx.NewRaw(`SELECT count(*) FROM support.?`, bun.Ident(table)).Scan(ctx, &n)
		}
		if actor == nil {
			must(t, o.db.Support.RunInTx(t.Context(), nil, look))
		} else {
			must(t, support.Within(t.Context(), o.db.Support, *actor, look))
		}
		return n
	}
	content := []string{"contacts", "notes", "appointments", "case_events", "accesses"}
	identity := []string{"cases", "households", "persons", "case_members"}
	for _, table := range append(content, identity...) {
		for who, actor := range map[string]*support.Actor{"a colleague": &o.helene, "an administrator": &o.admin, "nobody": nil} {
			if n := rows(actor, table); n != 0 {
				t.Errorf("%s sees %d rows of %s", who, n, table)
			}
		}
		if n := rows(&o.claire, table); n == 0 {
			t.Errorf("the referent sees nothing of %s", table)
		}
	}
	for _, table := range content {
		if n := rows(&o.coordinator, table); n != 0 {
			t.Errorf("the coordinator sees %d rows of %s", n, table)
		}
	}
	if all, his := rows(&o.claire, "notes"), rows(&o.ibrahim, "notes"); all != 2 || his != 1 {
		t.Errorf("notes: the author sees %d, the colleague on the case %d", all, his)
	}
}
