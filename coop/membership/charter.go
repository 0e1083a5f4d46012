package membership

import (
	"time"

	"lien/coop"
	"lien/rule"
)

// Charter is one version of the cooperative's rules for its members, in one language.
// It is written to be read aloud: short paragraphs, an empty line between them.
type Charter struct {
	Version     int
	Language    string
	Title       string
	Body        string
	PublishedAt time.Time
}

// Channel is how somebody said yes.
type Channel string

// The channels of an acceptance.
const (
	ByPhone Channel = "phone"
	AtDesk  Channel = "desk"
	OnPaper Channel = "paper"
)

// Owing is a member who has not said yes to the charter in force.
type Owing struct {
	ID       coop.MemberID
	Number   int64
	Name     string
	Language string
	Version  int // the last one that they accepted; 0 for none
}

// tidy checks a text about to be published.
func (c Charter) tidy() (Charter, error) {
	if err := language("language", c.Language); err != nil {
		return c, err
	}
	var err error
	if c.Title, err = rule.Line("title", c.Title, 2, 120); err != nil {
		return c, err
	}
	c.Body, err = rule.Text("body", c.Body, 20, 8000)
	return c, err
}
