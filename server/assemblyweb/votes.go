package assemblyweb

import (
	"context"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/assembly"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// ballotBox is the vote that is open, as its reader stands to it.
type ballotBox struct {
	Vote   assembly.Vote
	Motion assembly.Motion
	Voices []assembly.Voice
	Counts *assembly.PaperCount // for who counts the paper
	Key    string
	Voice  string // whose ballot was refused
	Fields []page.Field
}

// votesOf fills the votes of an assembly: the open one with what the reader can do, and the
// last of each motion with its result.
func (w *Web) votesOf(c *fiber.Ctx, p *assemblyPage) error {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	list, err := w.Votes.Of(ctx, actor, p.Assembly.ID)
	if err != nil {
		return err
	}
	p.Results = map[coop.MotionID]assembly.Vote{}
	for _, v := range list {
		p.Results[v.Motion] = v
		if v.State == assembly.VoteOpen {
			p.Box = &ballotBox{Vote: v, Key: page.KeptKey(c), Voice: c.FormValue("voice")}
		}
	}
	if p.Box == nil {
		return nil
	}
	for _, m := range p.Motions {
		if m.ID == p.Box.Vote.Motion {
			p.Box.Motion = m
		}
	}
	return w.fillBox(c, p)
}

// fillBox fills what the reader can do with the open vote.
func (w *Web) fillBox(c *fiber.Ctx, p *assemblyPage) error {
	ctx, actor, box := c.UserContext(), session.Of(c).Coop(), p.Box
	var err error
	if box.Voices, err = w.Votes.Voices(ctx, actor, box.Vote); err != nil || box.Vote.Method != assembly.Secret {
		return err
	}
	for _, name := range []string{"in_favour", "against", "blank", "invalid"} {
		box.Fields = append(box.Fields, page.Field{Name: name, Label: p.T("assembly.count." + name), Mode: "numeric", Value: c.FormValue(name), Most: 5, Required: true})
	}
	if !p.Scrutineer {
		return nil
	}
	counts, err := w.Votes.Papers(ctx, actor, box.Vote)
	box.Counts = &counts
	return err
}

// choicesOf are what can be put into the urn for a voice, with what was wrong with its ballot.
func (p assemblyPage) choicesOf(v assembly.Voice) page.Choices {
	problem := ""
	if p.Box.Voice == v.Member.String() {
		problem = p.Problems["choice"]
	}
	return page.Choices{Name: "choice", Legend: p.T("assembly.ballot.legend"), Class: "three", Problem: problem, Options: []page.Choice{
		{Value: assembly.For, Label: p.T("assembly.ballot.for"), Icon: "check"},
		{Value: assembly.Against, Label: p.T("assembly.ballot.against"), Icon: "cross"},
		{Value: assembly.Blank, Label: p.T("assembly.ballot.blank"), Icon: "paper"},
	}}
}

// outcomeTag is what a vote came to, and how it is shown.
func outcomeTag(f page.Frame, v assembly.Vote) (class, icon, words string) {
	switch {
	case v.State == assembly.VoteVoid:
		return "boxed", "cross", f.T("assembly.outcome.void")
	case v.State == assembly.VoteOpen:
		return "new", "vote", f.T("assembly.outcome.open")
	case v.Outcome == assembly.Adopted:
		return "good", "check", f.T("assembly.outcome.adopted")
	case v.Outcome == assembly.Rejected:
		return "boxed", "cross", f.T("assembly.outcome.rejected")
	}
	return "boxed", "wait", f.T("assembly.outcome." + string(v.Outcome))
}

// arithmetic says how a result came about, in one breath.
func arithmetic(f page.Words, v assembly.Vote) string {
	if !v.Told() {
		return f.T("assembly.result.few")
	}
	figures := f.T("assembly.result.figures", "For", v.InFavour, "Against", v.Against, "Blank", v.Blank, "Invalid", v.Invalid)
	if v.Outcome == assembly.NoQuorum {
		return figures + " " + f.T("assembly.result.no_quorum", "Voices", v.Voices(), "Needed", v.Quorum.Needed)
	}
	return figures + " " + f.T("assembly.result.needed", "Share", f.T("assembly.share."+v.Share()), "Base", f.T("assembly.base."+string(v.Base)), "Count", v.BaseCount(), "Least", v.Least())
}

// SlipBallot puts a ballot into the urn.
func (w *Web) SlipBallot(c *fiber.Ctx) error {
	return w.voteAct(c, "/assemblies/", w.assembly, func(ctx context.Context, actor coop.Actor, id coop.VoteID) (coop.AssemblyID, error) {
		b := assembly.Ballot{Choice: c.FormValue("choice")}
		var err error
		if b.Voice, err = rule.ID[coop.MemberID](c.FormValue("voice")); err != nil {
			return coop.AssemblyID{}, err
		}
		if b.Key, err = rule.Key(c.FormValue("key")); err != nil {
			return coop.AssemblyID{}, rule.ErrNotFound
		}
		return w.Votes.Slip(ctx, actor, id, b)
	})
}

// CountPaper keeps what a scrutineer counted.
func (w *Web) CountPaper(c *fiber.Ctx) error {
	return w.voteAct(c, "/assemblies/", w.assembly, func(ctx context.Context, actor coop.Actor, id coop.VoteID) (coop.AssemblyID, error) {
		return w.Votes.Count(ctx, actor, id, tallyIn(c))
	})
}

// tallyIn reads figures out of a form; what is no number is refused as too many.
func tallyIn(c *fiber.Ctx) assembly.Tally {
	read := func(name string) int {
		text := strings.TrimSpace(c.FormValue(name))
		n, err := strconv.Atoi(text)
		if err != nil && text != "" {
			return 1 << 20
		}
		return n
	}
	return assembly.Tally{InFavour: read("in_favour"), Against: read("against"), Blank: read("blank"), Invalid: read("invalid")}
}

// StartVote opens a vote on a motion.
func (w *Web) StartVote(c *fiber.Ctx) error {
	id, err := rule.ID[coop.MotionID](c.Params("id"))
	if err != nil {
		return err
	}
	of, err := w.Votes.Start(c.UserContext(), session.Of(c).Coop(), id, assembly.Method(c.FormValue("method")))
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.deskAssembly(c, of, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/desk/assemblies/"+of.String(), fiber.StatusSeeOther)
}

// HandBallot gives a paper ballot to a member.
func (w *Web) HandBallot(c *fiber.Ctx) error {
	return w.voteAct(c, "/desk/assemblies/", w.deskAssembly, func(ctx context.Context, actor coop.Actor, id coop.VoteID) (coop.AssemblyID, error) {
		key, err := rule.Key(c.FormValue("key"))
		if err != nil {
			return coop.AssemblyID{}, rule.ErrNotFound
		}
		number, err := strconv.ParseInt(strings.TrimSpace(c.FormValue("ballot")), 10, 64)
		if err != nil {
			number = 0 // nobody's
		}
		return w.Votes.HandOut(ctx, actor, id, number, key)
	})
}

// FinishVote closes a vote with its result.
func (w *Web) FinishVote(c *fiber.Ctx) error {
	return w.voteAct(c, "/desk/assemblies/", w.deskAssembly, func(ctx context.Context, actor coop.Actor, id coop.VoteID) (coop.AssemblyID, error) {
		return w.Votes.Finish(ctx, actor, id, tallyIn(c), c.FormValue("paper_why"))
	})
}

// AnnulVote ends a vote without a result.
func (w *Web) AnnulVote(c *fiber.Ctx) error {
	return w.voteAct(c, "/desk/assemblies/", w.deskAssembly, func(ctx context.Context, actor coop.Actor, id coop.VoteID) (coop.AssemblyID, error) {
		return w.Votes.Annul(ctx, actor, id, c.FormValue("void_why"))
	})
}

// voteAct does something with a vote and leads back to its assembly.
func (w *Web) voteAct(c *fiber.Ctx, back string, again func(*fiber.Ctx, coop.AssemblyID, int, page.Problems) error, act func(context.Context, coop.Actor, coop.VoteID) (coop.AssemblyID, error)) error {
	id, err := rule.ID[coop.VoteID](c.Params("id"))
	if err != nil {
		return err
	}
	of, err := act(c.UserContext(), session.Of(c).Coop(), id)
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return again(c, of, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect(back+of.String(), fiber.StatusSeeOther)
}
