package exchange

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/rule"
)

// farthest is how far ahead two people plan.
const farthest = 365 * day

// mostProposals is how many proposals two people exchange before they had better speak;
// openProposals how many of a member's own may wait for an answer at once, and openToOne
// how many of these with the same neighbour.
const (
	mostProposals = 5
	openProposals = 12
	openToOne     = 3
)

// Plan is when, how long (in minutes) and where two people meet.
type Plan struct {
	PlannedAt time.Time
	Minutes   int64
	Meeting   Meeting
}

// Proposal is what the form of a new agreement holds. It answers a listing; or, without
// one, goes to a neighbour With, whom the actor would help when Giving. About may stay
// empty: then it is the listing's title, or the category says it.
type Proposal struct {
	Key      uuid.UUID
	Listing  coop.ListingID
	With     coop.MemberID
	Giving   bool
	Category Category
	About    string
	Language string
	Bring    []Thing
	Plan
}

// check returns what is wrong with a plan. Its length is for the ledger's limits to judge.
func (p Plan) check(now time.Time) error {
	switch {
	case p.PlannedAt.IsZero():
		return rule.Broken("when", "agreement.when_missing")
	case p.PlannedAt.Before(now):
		return rule.Broken("when", "agreement.when_past")
	case p.PlannedAt.After(now.Add(farthest)):
		return rule.Broken("when", "agreement.when_far")
	case !slices.Contains(Meetings(), p.Meeting):
		return rule.Broken("meeting", "rule.choose")
	}
	return nil
}

// check returns the proposal as it is kept, or what is wrong with it.
func (p Proposal) check(now time.Time) (_ Proposal, err error) {
	if p.About, err = rule.Line("about", p.About, 0, 120); err != nil {
		return p, err
	}
	if p.Language, err = rule.Line("language", p.Language, 2, 12); err != nil {
		return p, err
	}
	if err := p.Plan.check(now); err != nil {
		return p, err
	}
	if !p.answers() && !slices.Contains(Categories(), p.Category) {
		return p, rule.Broken("category", "rule.choose")
	}
	p.Bring = slices.Compact(slices.Sorted(slices.Values(p.Bring)))
	for _, thing := range p.Bring {
		if !slices.Contains(Things(), thing) {
			return p, rule.Broken("bring", "rule.choose")
		}
	}
	return p, nil
}

// answers reports whether the proposal answers a listing.
func (p Proposal) answers() bool { return p.Listing != coop.ListingID{} }

// Moment is the moment of a day ("2006-01-02") and a clock ("15:04") in a zone. An hour
// that the clocks jump over in spring is refused with the next one that exists; of an hour
// that comes twice in autumn it is the first.
func Moment(date, clock string, zone *time.Location) (time.Time, error) {
	const layout = "2006-01-02 15:04"
	text := date + " " + clock
	t, err := time.ParseInLocation(layout, text, zone)
	if err != nil {
		return time.Time{}, rule.Broken("when", "agreement.when_missing")
	}
	if t.Format(layout) != text {
		_, end := t.ZoneBounds()
		if start, _ := t.ZoneBounds(); t.Format(layout) > text {
			end = start
		}
		return time.Time{}, rule.Broken("when", "agreement.when_skipped", "Hour", end.In(zone).Hour())
	}
	if earlier := t.Add(-time.Hour); earlier.Format(layout) == text {
		return earlier, nil
	}
	return t, nil
}
