package coopweb

import (
	"context"
	"time"

	"lien/coop"
	"lien/coop/cheque"
	"lien/coop/desk"
	"lien/coop/membership"
	"lien/server/page"
	"lien/server/session"
)

// meant is what an act means, in the words that its sentence needs.
type meant struct {
	Kind    desk.Kind
	By      string
	About   string
	Other   string
	Minutes int64
	When    time.Time
	Guests  int
	Lang    string
	Resting membership.Resting
	Waits   bool // for a seat: all are taken
}

// Says is the sentence that is read before somebody agrees.
func (m meant) Says(w page.Words) string {
	key := "tablet.ask." + string(m.Kind)
	if m.Waits {
		key += "_wait"
	}
	return w.T(key, m.args(w)...)
}

func (m meant) args(w page.Words) []any {
	other, when := m.Other, ""
	if other == "" {
		other = w.T("tablet.everybody")
	}
	if !m.When.IsZero() {
		when = w.When(m.When)
	}
	return []any{
		"By", page.Name(m.By), "About", page.Name(m.About), "Name", page.Name(other), "Length", w.Hours(m.Minutes), "When", when, "Lang", page.Tongue(m.Lang),
		"From", dayTyped(w, m.Resting.From), "Until", dayTyped(w, m.Resting.Until),
	}
}

// meant reads what the sentence of a wish names, with the member's own right to see it.
func (w *Web) meant(ctx context.Context, actor session.Actor, wish desk.Wish) (meant, error) {
	m := meant{Kind: wish.Kind, By: actor.Name, Minutes: wish.Minutes, Guests: wish.Guests, Lang: wish.Language, Resting: wish.Resting}
	who := actor.Helped()
	switch wish.Kind {
	case desk.Publish:
		m.About = wish.Listing.Title
	case desk.Renew, desk.Close, desk.Propose:
		l, err := w.Listings.One(ctx, who, coop.ListingID{UUID: wish.Subject})
		m.About, m.Other, m.When = l.Title, l.Owner.Name, wish.Proposal.PlannedAt
		return m, err
	case desk.Agree, desk.Decline, desk.Cancel, desk.Claim, desk.Confirm:
		a, err := w.Agreements.One(ctx, who, coop.AgreementID{UUID: wish.Subject})
		m.About, m.Other, m.When = aboutOf(w.Languages.Of(actor.WithLang), a), a.Other(actor.With).Name, a.PlannedAt
		return m, err
	case desk.Come, desk.StayAway:
		e, err := w.Events.Show(ctx, who, coop.EventID{UUID: wish.Subject})
		m.About, m.When = titleOf(w.Languages.Of(actor.WithLang), e), e.StartsAt
		return m, err
	case desk.Join, desk.Leave:
		s, err := w.Workshops.One(ctx, who, coop.ListingID{UUID: wish.Subject})
		m.About, m.Other, m.When, m.Minutes = s.Listing.Title, s.Listing.Owner.Name, s.StartsAt, s.Minutes
		m.Waits = wish.Kind == desk.Join && !s.Mine.Kept() && s.Full()
		return m, err
	case desk.Give:
		if (wish.To == coop.MemberID{}) {
			return m, nil
		}
		to, err := w.Members.Of(ctx, actor.Cooperative, wish.To)
		m.Other = to.Name
		return m, err
	case desk.Redeem:
		leaf, err := w.Cheques.Look(ctx, who, wish.Code)
		words := w.Languages.Of(actor.WithLang)
		m.Other, m.About = nameOf(words, leaf.Drawer), or(wish.Brought.About, words.T("listing.category_"+string(wish.Brought.Category)))
		if leaf.State == cheque.Presented { // what was said first holds
			m.Minutes, m.About = leaf.Claimed, leafTitle(words, leaf)
		}
		return m, err
	case desk.Accept:
		charter, err := w.Entrance.Charters.Current(ctx, actor.Cooperative, wish.Language)
		m.About = charter.Title
		return m, err
	}
	return m, nil
}

// dayTyped is a day as a form sends it, in words; none is today.
func dayTyped(w page.Words, typed string) string {
	day, err := time.Parse(time.DateOnly, typed)
	if err != nil {
		return w.T("date.today")
	}
	return w.Day(day)
}

// factsOfWish are the parts of a wish that its sentence is too short for.
func factsOfWish(f page.Frame, wish desk.Wish) []page.Fact {
	switch wish.Kind {
	case desk.Publish:
		facts := []page.Fact{{Icon: categoryIcon(wish.Listing.Category), Term: f.T("listing.category"), Value: f.T("listing.category_" + string(wish.Listing.Category))}}
		if wish.Listing.Minutes > 0 {
			facts = append(facts, page.Fact{Icon: "clock", Term: f.T("listing.length"), Value: f.Hours(wish.Listing.Minutes)})
		}
		if wish.Listing.Details != "" {
			facts = append(facts, page.Fact{Icon: "paper", Term: f.T("listing.form.details"), Value: wish.Listing.Details})
		}
		return facts
	case desk.Propose:
		return []page.Fact{
			{Icon: "clock", Term: f.T("agreement.length"), Value: f.Hours(wish.Proposal.Minutes)},
			{Icon: "place", Term: f.T("agreement.where"), Value: f.T("tablet.meeting." + string(wish.Proposal.Meeting))},
		}
	}
	return nil
}

// doneSentence says what an act was, to its member.
func doneSentence(w page.Words, a desk.Act) string {
	m := meant{Kind: a.Kind, By: a.By, About: a.Title, Other: a.Other, Minutes: a.Minutes}
	if m.About == "" && a.Category != "" {
		m.About = w.T("listing.category_" + string(a.Category))
	}
	if m.Other == "" && !a.Fund {
		m.Other = w.T("agreement.gone")
	}
	return w.T("tablet.did."+string(a.Kind), m.args(w)...)
}
