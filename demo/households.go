package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"lien/server/ownweb"
	"lien/server/session"
	"lien/support"
	"lien/support/bond"
	"lien/support/casework"
)

// office is support's side of the story.
type office struct {
	cases   *casework.Cases
	workers *casework.Workers
	bond    *bond.Door
	door    *ownweb.Door
	links   *session.Links

	administrator session.Actor
	coordinator   support.Actor
	caseworkers   []support.Actor
}

// household is an accompanied household of the story.
type household struct {
	name    string
	persons []casework.Person
	member  *resident // whose bond it may be; none for most
	shares  bool
}

// planSupport hires the professionals and spreads the cases over the first two thirds.
func (t *teller) planSupport(ctx context.Context) error {
	if t.plot.Cases == 0 {
		return nil
	}
	if err := t.hire(ctx); err != nil {
		return err
	}
	for n := range t.plot.Cases {
		day := 2 + n*t.plot.Days*2/3/t.plot.Cases
		t.later(t.on(day, 14, 0), func(ctx context.Context) error { return t.accompany(ctx, n, t.home(n)) })
	}
	return nil
}

// hire lets the administrator in, who adds the others.
func (t *teller) hire(ctx context.Context) error {
	now := func() time.Time { return t.clock }
	hasher, err := session.NewHasher()
	if err != nil {
		return err
	}
	derive := bond.Derive(t.sealer.Derive)
	t.office = &office{
		cases: casework.NewCases(t.handles.Support, t.sealer, now), workers: casework.NewWorkers(t.handles.Support, now),
		bond: bond.NewDoor(t.handles.Support, derive, now), door: ownweb.NewDoor(t.handles.Account, derive, now),
		links: session.NewLinks(t.handles.Account, t.members, hasher, now),
	}
	accounts := session.NewProfessionals(t.handles.Account, hasher, t.sealer, now)
	houses := map[string]support.OrganisationID{}
	for n, p := range professionals {
		who := session.Account{Email: address(p.name), Name: p.name, Function: support.Function(p.function), Language: "fr"}
		if n == 0 {
			if err := t.first(ctx, accounts, who, p.organisation); err != nil {
				return err
			}
			continue
		}
		if err := t.add(ctx, accounts, houses, who, p.organisation); err != nil {
			return err
		}
	}
	return nil
}

// first makes the first administrator, as whoever runs the software would.
func (t *teller) first(ctx context.Context, accounts *session.Professionals, who session.Account, organisation string) error {
	id, _, err := accounts.Found(ctx, who)
	if err != nil {
		return err
	}
	worker := support.WorkerID{UUID: id}
	t.office.administrator = session.Actor{Kind: session.Professional, Account: id, Worker: worker, Function: support.Administrator}
	return t.office.workers.Found(ctx, worker, who.Name, organisation)
}

// add makes an account and its worker, as the administrator's page does.
func (t *teller) add(ctx context.Context, accounts *session.Professionals, houses map[string]support.OrganisationID, who session.Account, organisation string) error {
	by := t.office.administrator
	house, known := houses[organisation]
	if !known {
		var err error
		if house, err = t.office.workers.AddOrganisation(ctx, by.Support(), organisation, casework.Association); err != nil {
			return err
		}
		houses[organisation] = house
	}
	id, _, err := accounts.Create(ctx, by, who)
	if err != nil {
		return err
	}
	worker := support.Actor{Worker: support.WorkerID{UUID: id}, Function: who.Function}
	switch who.Function {
	case support.Coordinator:
		t.office.coordinator = worker
	case support.Caseworker:
		t.office.caseworkers = append(t.office.caseworkers, worker)
	}
	return t.office.workers.Add(ctx, by.Support(), worker.Worker, house, who.Name, who.Function)
}

// address is an address of a name, in a domain that can receive nothing.
func address(name string) string {
	plain := strings.NewReplacer(" ", ".", "é", "e", "è", "e", "ï", "i").Replace(strings.ToLower(name))
	return plain + "@lien.example"
}

// home invents the n-th household. The first two are those of the cast.
func (t *teller) home(n int) household {
	year := t.from.Year()
	adult := func(given, family, languages string) casework.Person {
		return casework.Person{GivenName: given, FamilyName: family, BornYear: year - 25 - t.dice.IntN(35), Adult: true, Languages: languages, ContactWish: pick(t, wishes)}
	}
	child := func(given, family string, age int) casework.Person {
		return casework.Person{GivenName: given, FamilyName: family, BornYear: year - age, Languages: "français"}
	}
	switch n {
	case 0:
		return household{name: "Diarra", member: t.residents[1], shares: true, persons: []casework.Person{
			adult("Fatoumata", "Diarra", "français, soninké"), adult("Ousmane", "Diarra", "français, soninké"),
			child("Lina", "Diarra", 9), child("Noé", "Diarra", 5),
		}}
	case 1:
		return household{name: "Benali", member: t.residents[2], persons: []casework.Person{adult("Nadia", "Benali", "arabe, français"), child("Ilyès", "Benali", 13)}}
	}
	from := pick(t, tongues)
	h := household{name: pick(t, from.family)}
	h.persons = append(h.persons, adult(pick(t, from.given), h.name, "français"))
	for range t.dice.IntN(3) {
		h.persons = append(h.persons, child(pick(t, from.given), h.name, 2+t.dice.IntN(15)))
	}
	return h
}

// accompany opens a case and plans its contacts, notes and the next appointment.
func (t *teller) accompany(ctx context.Context, n int, h household) error {
	referent := t.office.caseworkers[n%len(t.office.caseworkers)]
	stratum := casework.InPlace
	if n%2 == 1 {
		stratum = casework.External
	}
	id, err := t.office.cases.Open(ctx, t.office.coordinator, casework.Opening{
		Household: h.name, Persons: h.persons, Stratum: stratum, AgreedOn: t.clock.AddDate(0, 0, -2), Referent: referent.Worker, Key: t.key().String(),
	})
	if err != nil {
		return err
	}
	for at := t.clock.AddDate(0, 0, 3); at.Before(t.until); at = at.AddDate(0, 0, 8+t.dice.IntN(12)) {
		t.later(at.Add(time.Duration(t.dice.IntN(6))*time.Hour), func(ctx context.Context) error { return t.meet(ctx, referent, id) })
	}
	t.later(t.until.AddDate(0, 0, -1), func(ctx context.Context) error { return t.appoint(ctx, referent, id) })
	if n == 2 {
		t.later(t.until.Add(-6*time.Hour), func(ctx context.Context) error { return t.end(ctx, referent, id) })
	}
	if h.member != nil {
		t.later(t.on(t.plot.Days*2/3, 15, 0), func(ctx context.Context) error { return t.open(ctx, referent, id, h) })
	}
	return nil
}

// meet writes down a contact, with a note most of the time.
func (t *teller) meet(ctx context.Context, referent support.Actor, id support.CaseID) error {
	noted := casework.Noted{
		Kind: pick(t, casework.Kinds()), Reached: t.chance(85), Minutes: 10 + 10*t.dice.IntN(7),
		At: t.clock.Add(-30 * time.Minute), Key: t.key().String(),
	}
	if t.chance(70) {
		w := pick(t, caseNotes)
		noted.Note = casework.Written{Class: casework.Class(w.class), Body: w.body}
	}
	return t.office.cases.NoteContact(ctx, referent, id, noted)
}

// appoint makes the next appointment, within two weeks of today.
func (t *teller) appoint(ctx context.Context, referent support.Actor, id support.CaseID) error {
	at := t.until.In(t.zone).AddDate(0, 0, t.dice.IntN(12))
	at = time.Date(at.Year(), at.Month(), at.Day(), 9+t.dice.IntN(8), 30*t.dice.IntN(2), 0, 0, t.zone)
	if at.Before(t.until) {
		at = at.AddDate(0, 0, 1)
	}
	return t.office.cases.Appoint(ctx, referent, id, casework.Made{
		Kind: pick(t, casework.Kinds()[:3]), About: pick(t, caseAims), At: at, Key: t.key().String(),
	})
}

// end closes a case whose household has a lease of its own.
func (t *teller) end(ctx context.Context, referent support.Actor, id support.CaseID) error {
	return t.office.cases.Close(ctx, referent, id, casework.Closing{
		Outcome: casework.OwnLease, Reason: "« Nous avons les clés et le bail à notre nom. Merci pour tout. »",
	})
}

// open gives the code face to face; whoever shares then chooses what.
func (t *teller) open(ctx context.Context, referent support.Actor, id support.CaseID, h household) error {
	file, err := t.office.cases.Read(ctx, referent, id, casework.Overview, support.Visit, casework.Before{})
	if err != nil {
		return err
	}
	var person support.PersonID
	for _, p := range file.Adults() {
		if p.Name() == h.member.name {
			person = p.ID
		}
	}
	if person == (support.PersonID{}) {
		return fmt.Errorf("nobody of the household is called %s", h.member.name)
	}
	code, err := t.office.bond.GiveCode(ctx, referent, id, person)
	if err != nil || !h.shares {
		return err
	}
	owner, err := t.owner(ctx, h.member)
	if err != nil {
		return err
	}
	t.clock = t.clock.Add(4 * time.Minute)
	if err := t.office.door.Redeem(ctx, owner, code.Text); err != nil {
		return err
	}
	return t.share(ctx, owner, referent, id, person)
}

// share opens three of the four scopes with the past months, and picks a moment.
func (t *teller) share(ctx context.Context, owner ownweb.Owner, referent support.Actor, id support.CaseID, person support.PersonID) error {
	for _, scope := range []bond.Scope{bond.ScopeSummary, bond.ScopeMonthly, bond.ScopeHighlights, bond.ScopeProposals} {
		err := t.office.door.Consent(ctx, owner, ownweb.Agreement{Scope: scope, From: t.clock.AddDate(0, -6, 0), Text: 1, Language: "fr"})
		if err != nil {
			return err
		}
	}
	for _, words := range moments[:2] {
		if err := t.office.door.Pick(ctx, owner, words, t.key().String()); err != nil {
			return err
		}
	}
	for n := range 3 {
		t.later(t.clock.AddDate(0, 0, 3+9*n), func(ctx context.Context) error {
			_, err := t.office.bond.Read(ctx, referent, id, person, support.Visit)
			return err
		})
	}
	return nil
}

// owner is a resident with an account, as signed in.
func (t *teller) owner(ctx context.Context, r *resident) (ownweb.Owner, error) {
	o := ownweb.Owner{Member: r.Actor}
	if _, err := t.office.links.ForResident(ctx, r.Actor, parts[1].pin, time.Hour); err != nil {
		return o, err
	}
	err := t.handles.Account.NewRaw(`SELECT id FROM account.residents WHERE member_id = ?`, r.Member).Scan(ctx, &o.Resident)
	return o, err
}

// believe lets the door's functions hear the story's clock, or their own again.
func (t *teller) believe(told bool) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := t.handles.Owner.NewRaw(`UPDATE bond.clock SET may_be_told = ?`, told).Exec(ctx)
		return err
	}
}
