package membership

import (
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/rule"
)

// Pause is a rest with a first and a last day, in the neighbourhood's zone. It begins and
// ends by itself; its member ends it early by a tap.
type Pause struct {
	ID      coop.PauseID
	FromOn  time.Time
	UntilOn time.Time
	BegunAt time.Time // zero until it begins
}

// Begun reports whether the member rests already.
func (p Pause) Begun() bool { return !p.BegunAt.IsZero() }

// Resting is the form of a pause: from empty is today. Key makes sending it twice one.
type Resting struct {
	Key         uuid.UUID
	From, Until string // 2026-11-26
}

// A pause is planned half a year ahead and lasts a year at most: who is away longer says
// so again.
const (
	pausedIn  = 183
	pausedFor = 366
)

func (r Resting) on(today time.Time) (from, until time.Time, err error) {
	from = today
	if r.From != "" {
		if from, err = dayOf("from", r.From); err != nil {
			return from, until, err
		}
	}
	if until, err = dayOf("until", r.Until); err != nil {
		return from, until, err
	}
	switch {
	case from.Before(today):
		err = rule.Broken("from", "member.day.past")
	case from.After(today.AddDate(0, 0, pausedIn)):
		err = rule.Broken("from", "member.day.far")
	case until.Before(from):
		err = rule.Broken("until", "member.day.before")
	case until.After(from.AddDate(0, 0, pausedFor)):
		err = rule.Broken("until", "member.day.far")
	}
	return from, until, err
}
