package hours

import (
	"github.com/google/uuid"

	"lien/coop"
	"lien/rule"
)

// Gift is minutes of one's own for another member, or for the fund when To is the zero
// id. Words go with it, and may be empty. The key makes sending it twice one gift.
type Gift struct {
	Key      uuid.UUID
	To       coop.MemberID
	Minutes  int64
	Words    string
	Language string
}

// Fund reports whether the gift is for everybody.
func (g Gift) Fund() bool { return g.To == coop.MemberID{} }

// check returns the gift as it is kept, or what is wrong with it.
func (g Gift) check(actor coop.Actor) (_ Gift, err error) {
	if g.To == actor.Member {
		return g, rule.Broken("to", "hours.oneself")
	}
	if g.Minutes <= 0 {
		return g, rule.Broken("minutes", "hours.nothing")
	}
	if g.Words, err = rule.Text("words", g.Words, 0, 300); err != nil {
		return g, err
	}
	if g.Words != "" {
		g.Language, err = rule.Line("language", g.Language, 2, 12)
	}
	return g, err
}

// Receiver is a member to whom the reader may give.
type Receiver struct {
	ID   coop.MemberID
	Name string
}
