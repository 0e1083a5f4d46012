package supportweb

import (
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/rule"
	"lien/server/page"
	"lien/server/session"
	"lien/support"
	"lien/support/casework"
)

// accountsPage is where an administrator keeps the professionals' accounts.
type accountsPage struct {
	page.Frame
	Accounts      []session.Account
	Organisations []casework.Organisation
	Typed         session.Account
	Organisation  string
	Name          string // of a new organisation
	Problems      page.Problems
	More          string
}

// Note is what stands under an account's name.
func (p accountsPage) Note(a session.Account) string {
	note := a.Email + " · " + p.T("signin.function."+string(a.Function))
	if !a.Ready {
		note += " · " + p.T("signin.accounts.waiting")
	}
	return note
}

// ShowAccounts lists the accounts and offers to make one.
func (w *Web) ShowAccounts(c *fiber.Ctx) error {
	return w.showAccounts(c, fiber.StatusOK, accountsPage{Typed: session.Account{Language: "fr", Function: support.Caseworker}})
}

func (w *Web) showAccounts(c *fiber.Ctx, status int, p accountsPage) error {
	actor := session.Of(c)
	p.Frame = page.NewFrame(c, "signin.accounts.title", "accounts")
	var err error
	if p.Accounts, err = w.Entrance.Professionals.List(c.UserContext(), actor, c.Query("after")); err != nil {
		return err
	}
	if n := len(p.Accounts); n == 100 {
		p.More = "/pro/accounts?after=" + p.Accounts[n-1].Email
	}
	if p.Organisations, err = w.Entrance.Workers.Organisations(c.UserContext(), actor.Support()); err != nil {
		return err
	}
	return page.ShowStatus(c, status, AccountsPage(p))
}

// CreateAccount makes an account and its worker, and shows the link of the first sign-in,
// once. It answers the POST itself: the link is kept nowhere that a GET could read it from.
func (w *Web) CreateAccount(c *fiber.Ctx) error {
	actor := session.Of(c)
	who := session.Account{
		Email: c.FormValue("email"), Name: c.FormValue("name"),
		Function: support.Function(c.FormValue("function")), Language: c.FormValue("language"),
	}
	path, err := w.employ(c, actor, who)
	if err != nil {
		return w.notCreated(c, err, accountsPage{Typed: who, Organisation: c.FormValue("organisation")})
	}
	return w.showFirstLink(c, who.Name, path)
}

// employ makes the account first, since only it can fail for what was typed, then the
// worker of the same id.
func (w *Web) employ(c *fiber.Ctx, actor session.Actor, who session.Account) (path string, err error) {
	e := w.Entrance
	organisation, err := rule.ID[support.OrganisationID](c.FormValue("organisation"))
	if err != nil {
		return "", rule.Broken("organisation", "rule.choose")
	}
	if err := e.Workers.Check(c.UserContext(), actor.Support(), organisation); err != nil {
		return "", err
	}
	id, path, err := e.Professionals.Create(c.UserContext(), actor, who)
	if err != nil {
		return "", err
	}
	return path, e.Workers.Add(c.UserContext(), actor.Support(), support.WorkerID{UUID: id}, organisation, who.Name, who.Function)
}

// AddOrganisation writes down an organisation that professionals work for.
func (w *Web) AddOrganisation(c *fiber.Ctx) error {
	name, kind := c.FormValue("organisation_name"), casework.OrganisationKind(c.FormValue("kind"))
	_, err := w.Entrance.Workers.AddOrganisation(c.UserContext(), session.Of(c).Support(), name, kind)
	if err != nil {
		return w.notCreated(c, err, accountsPage{Name: name})
	}
	return c.Redirect("/pro/accounts", fiber.StatusSeeOther)
}

func (w *Web) notCreated(c *fiber.Ctx, err error, p accountsPage) error {
	problems, ok := page.ProblemsOf(page.WordsOf(c), err)
	if !ok {
		return err
	}
	for _, text := range []*string{&p.Typed.Email, &p.Typed.Name, &p.Name} {
		*text = strings.ToValidUTF8(*text, "")
	}
	p.Problems = problems
	return w.showAccounts(c, fiber.StatusUnprocessableEntity, p)
}

// firstLinkPage shows the link of a first sign-in.
type firstLinkPage struct {
	page.Frame
	Who, Link string
}

func (w *Web) showFirstLink(c *fiber.Ctx, who, path string) error {
	hush(c)
	f := page.NewFrame(c, "signin.accounts.title", "accounts")
	return page.Show(c, FirstLinkPage(firstLinkPage{Frame: f, Who: who, Link: w.Entrance.Origin + path}))
}

// RenewAccount gives somebody who lost their password or second factor a new first
// sign-in, and ends their sessions.
func (w *Web) RenewAccount(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return rule.ErrNotFound
	}
	path, err := w.Entrance.Professionals.Renew(c.UserContext(), session.Of(c), id)
	if err != nil {
		return err
	}
	return w.showFirstLink(c, "", path)
}

// EndAccount ends a worker on every case, then their account and sessions.
func (w *Web) EndAccount(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return rule.ErrNotFound
	}
	actor, e := session.Of(c), w.Entrance
	err = e.Workers.End(c.UserContext(), actor.Support(), support.WorkerID{UUID: id})
	if err != nil && !errors.Is(err, rule.ErrNotFound) { // ended already, its account not yet
		return err
	}
	if err := e.Professionals.End(c.UserContext(), actor, id); err != nil {
		return err
	}
	return c.Redirect("/pro/accounts", fiber.StatusSeeOther)
}

// tongues are the languages that an account can read.
func tongues(p accountsPage) (list []page.Choice) {
	for _, code := range page.Codes() {
		list = append(list, page.Choice{Value: code, Label: page.Tongue(code), Chosen: code == p.Typed.Language})
	}
	return list
}
