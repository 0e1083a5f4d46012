package coopweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/board"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// ReactToNotice gives one of the reactions to a notice, or takes it back, and goes back to
// where it was given. The field is named after the reaction, as the thanks are.
func (w *Web) ReactToNotice(c *fiber.Ctx) error {
	id, err := rule.ID[coop.NoticeID](c.Params("id"))
	if err != nil {
		return err
	}
	kind, says := board.Reaction(""), ""
	for _, k := range board.Reactions() {
		if text := c.FormValue(string(k)); text != "" {
			kind, says = k, text
		}
	}
	changed, err := w.Boards.React(c.UserContext(), session.Of(c).Coop(), id, kind, says != "no")
	if err != nil {
		return err
	}
	w.Hub.Posted(changed.UUID)
	if next := c.FormValue("next"); next != "" {
		return c.Redirect(page.OwnPath(next), fiber.StatusSeeOther)
	}
	return c.Redirect(boardPath(changed)+"#"+noticeAnchor(id), fiber.StatusSeeOther)
}

// reactionSign is the pictogram of a reaction.
func reactionSign(k board.Reaction) string {
	return map[board.Reaction]string{board.Bravo: "star", board.Hand: "help", board.Courage: "heart"}[k]
}

// reaction is the word of a reaction, with how many gave it.
func (p paper) reaction(r board.Reacted) string {
	word := p.T("reaction." + string(r.Kind))
	if r.Count == 0 {
		return word
	}
	return word + " " + p.Number(int64(r.Count))
}

// reacted are the reactions that were given, in a line.
func (p paper) reacted() string {
	var given []string
	for _, r := range p.Reactions() {
		if r.Count > 0 {
			given = append(given, p.reaction(r))
		}
	}
	return strings.Join(given, " · ")
}

// reactionValue is what a press sends: the opposite of what this reader said before.
func reactionValue(r board.Reacted) string {
	if r.Mine {
		return "no"
	}
	return "yes"
}
