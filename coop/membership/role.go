package membership

import (
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/rule"
)

// Role is what a member does for all for a time.
type Role string

// The roles.
const (
	AFacilitator Role = "facilitator" // welcomes, mediates, keeps the desk
	ATreasurer   Role = "treasurer"   // keeps the hours' books and the fund
	AScrutineer  Role = "scrutineer"  // counts the votes
)

// RolesKnown are the roles that a member can be given.
func RolesKnown() []Role { return []Role{AFacilitator, ATreasurer, AScrutineer} }

// Term is a role that a member holds, held, or will hold. Its days are the
// neighbourhood's; LastOn is zero when no last day was set.
type Term struct {
	ID      coop.RoleID // of one that is planned
	Role    Role
	From    time.Time
	LastOn  time.Time
	Until   time.Time // when it ended; zero while it lasts
	Planned bool
	GivenBy string // the facilitator's name; empty when nobody is known
}

// Over reports whether the term has ended.
func (t Term) Over() bool { return !t.Until.IsZero() }

// Giving is the form by which a role is given: From empty is today, Last empty is without
// an end. Key makes sending it twice one giving.
type Giving struct {
	Key        uuid.UUID
	Role       Role
	From, Last string // 2026-11-26
}

// mandate is a giving as checked.
type mandate struct {
	Member coop.MemberID
	Role   Role
	From   time.Time
	Last   time.Time // zero: without an end
}

// farthest is how far ahead a role can begin or end: five years.
const farthest = 5

// on checks a giving on a day of the neighbourhood.
func (g Giving) on(today time.Time) (mandate, error) {
	m := mandate{Role: g.Role, From: today}
	known := false
	for _, r := range RolesKnown() {
		known = known || r == g.Role
	}
	if !known {
		return m, rule.Broken("role", "rule.choose")
	}
	var err error
	if g.From != "" {
		if m.From, err = dayOf("from", g.From); err != nil {
			return m, err
		}
	}
	if g.Last != "" {
		if m.Last, err = dayOf("last", g.Last); err != nil {
			return m, err
		}
	}
	most := today.AddDate(farthest, 0, 0)
	switch {
	case m.From.Before(today):
		return m, rule.Broken("from", "member.day.past")
	case m.From.After(most):
		return m, rule.Broken("from", "member.day.far")
	case g.Last != "" && m.Last.Before(m.From):
		return m, rule.Broken("last", "member.day.before")
	case m.Last.After(most):
		return m, rule.Broken("last", "member.day.far")
	}
	return m, nil
}

// dayOf reads a day as a form writes it; it is that day's midnight in UTC, to compare with
// other days only.
func dayOf(field, text string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil || day.Year() < 1900 || day.Year() > 2200 {
		return time.Time{}, rule.Broken(field, "member.day.unknown")
	}
	return day, nil
}
