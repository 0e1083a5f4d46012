// Package casework is the support of a household: its case, who is on it, contacts, notes,
// appointments, and who looked.
//
// What always holds: who may read a case follows from their place on it, in the query
// first and in row-level security behind it; "not on the case" answers like "not there".
// Every look at a case writes its row in the same transaction, and without that row
// nothing is read. Notes are sealed before they reach the database. A coordinator sees who
// is accompanied by whom and no content; an administrator sees no case at all.
package casework

import (
	"time"

	"lien/rule"
	"lien/support"
)

// Stratum says where a household lived when its support began (pilot.md).
type Stratum string

// The strata: from outside social housing, or already a tenant.
const (
	External Stratum = "external"
	InPlace  Stratum = "in_place"
)

// State is where a case stands. A case is opened when the household says yes, active
// from the first time somebody was reached, closed when support ends.
type State string

// The states of a case.
const (
	Opened State = "opened"
	Active State = "active"
	Closed State = "closed"
)

// Role is a worker's place on a case.
type Role string

// The roles on a case. Exactly one worker is the referent of an open case.
const (
	Referent Role = "referent"
	CoWorker Role = "co_worker"
)

// Person is somebody of a household. Each adult may open the door of their own bond.
type Person struct {
	ID          support.PersonID
	GivenName   string
	FamilyName  string
	BornYear    int // 0 when it was not told
	Adult       bool
	Languages   string // as the person says it, "français, soninké"
	ContactWish string // how and when to reach them, in their words
}

// Name is the person's whole name.
func (p Person) Name() string { return p.GivenName + " " + p.FamilyName }

// Opening is what a case begins with.
type Opening struct {
	Household string // the name on the door, "Diarra"
	Persons   []Person
	Stratum   Stratum
	AgreedOn  time.Time // the day the household said yes; required
	Referent  support.WorkerID
	Key       string // the client's, so that sending twice opens one case
}

const mostPersons = 20

func (o Opening) tidy(now time.Time) (Opening, error) {
	var err error
	if o.Household, err = rule.Line("household", o.Household, 1, 80); err != nil {
		return o, err
	}
	switch {
	case o.Stratum != External && o.Stratum != InPlace:
		return o, rule.Broken("stratum", "case.choose")
	case o.AgreedOn.IsZero():
		return o, rule.Broken("agreed_on", "case.agreed_on.missing")
	case o.AgreedOn.After(now):
		return o, rule.Broken("agreed_on", "case.agreed_on.ahead")
	case len(o.Persons) > mostPersons:
		return o, rule.Broken("persons", "case.persons.many", "most", mostPersons)
	}
	persons, adults := make([]Person, len(o.Persons)), 0
	for n, p := range o.Persons {
		if persons[n], err = p.tidy(now); err != nil {
			return o, err
		}
		if p.Adult {
			adults++
		}
	}
	if adults == 0 {
		return o, rule.Broken("persons", "case.persons.adult")
	}
	o.Persons = persons
	return o, nil
}

func (p Person) tidy(now time.Time) (Person, error) {
	var err error
	for _, line := range []struct {
		value *string
		least int
		most  int
	}{{&p.GivenName, 1, 60}, {&p.FamilyName, 1, 60}, {&p.Languages, 0, 80}, {&p.ContactWish, 0, 200}} {
		if *line.value, err = rule.Line("persons", *line.value, line.least, line.most); err != nil {
			return p, err
		}
	}
	if p.BornYear != 0 && (p.BornYear < 1900 || p.BornYear > now.Year()) {
		return p, rule.Broken("persons", "case.persons.born")
	}
	return p, nil
}
