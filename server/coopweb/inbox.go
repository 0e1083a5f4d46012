package coopweb

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/coop/inbox"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// leads is where what the house told leads to: Path stands before the subject's id, or is
// the whole address where Alone.
type leads struct {
	Icon, Path string
	Alone      bool
}

// toldOf says, for each kind of item, its sign and where it leads. Its sentence is
// inbox.<kind>.text in the catalogues.
func toldOf() map[string]leads {
	return map[string]leads{
		"desk_act":             {Icon: "paper", Path: "/me/journal", Alone: true},
		"desk_corrected":       {Icon: "check", Path: "/me/journal", Alone: true},
		"desk_kept":            {Icon: "paper", Path: "/me/journal", Alone: true},
		"agreement_proposed":   {Icon: "help", Path: "/agreements/"},
		"agreement_countered":  {Icon: "calendar", Path: "/agreements/"},
		"agreement_agreed":     {Icon: "check", Path: "/agreements/"},
		"agreement_declined":   {Icon: "cross", Path: "/agreements/"},
		"agreement_cancelled":  {Icon: "cross", Path: "/agreements/"},
		"agreement_claimed":    {Icon: "clock", Path: "/agreements/"},
		"agreement_confirmed":  {Icon: "check", Path: "/agreements/"},
		"agreement_differs":    {Icon: "speak", Path: "/agreements/"},
		"agreement_settled":    {Icon: "paper", Path: "/agreements/"},
		"agreement_void":       {Icon: "paper", Path: "/agreements/"},
		"agreement_help":       {Icon: "speak", Path: "/desk/agreements/"},
		"agreement_helper":     {Icon: "eye", Path: "/agreements/"},
		"agreement_message":    {Icon: "comment", Path: "/agreements/"},
		"agreement_soon":       {Icon: "calendar", Path: "/agreements/"},
		"agreement_waits":      {Icon: "wait", Path: "/agreements/"},
		"agreement_done":       {Icon: "wait", Path: "/agreements/"},
		"agreement_unanswered": {Icon: "wait", Path: "/agreements/"},
		"agreement_answered":   {Icon: "paper", Path: "/agreements/"},
		"agreement_answer":     {Icon: "paper", Path: "/desk/agreements/"},
		"agreement_thanked":    {Icon: "thanks", Path: "/agreements/"},
		"thanks_reported":      {Icon: "thanks", Path: "/desk/agreements", Alone: true},
		"thanks_stay":          {Icon: "thanks", Path: "/agreements/"},
		"thanks_down":          {Icon: "thanks", Path: "/agreements/"},
		"visit_asked":          {Icon: "eye", Path: "/visits/"},
		"visit_known":          {Icon: "eye", Path: "/visits/"},
		"visit_accepted":       {Icon: "check", Path: "/visits/"},
		"visit_declined":       {Icon: "cross", Path: "/agreements/"},
		"visit_arrived":        {Icon: "place", Path: "/visits/"},
		"visit_left":           {Icon: "check", Path: "/visits/"},
		"visit_silent":         {Icon: "phone", Path: "/visits/"},
		"visit_passed":         {Icon: "phone", Path: "/visits/"},
		"buddy_asked":          {Icon: "walk", Path: "/me/buddy", Alone: true},
		"buddy_offered":        {Icon: "walk", Path: "/me/buddy", Alone: true},
		"buddy_paired":         {Icon: "people", Path: "/me/buddy", Alone: true},
		"buddy_ended":          {Icon: "thanks", Path: "/me/buddy", Alone: true},
		"buddy_closed":         {Icon: "thanks", Path: "/me/buddy", Alone: true},
		"buddy_nobody":         {Icon: "walk", Path: "/me/buddy", Alone: true},
		"place_offered":        {Icon: "calendar", Path: "/events/"},
		"hours_given":          {Icon: "gift", Path: "/hours/lines/"},
		"cheque_presented":     {Icon: "paper", Path: "/cheques/"},
		"cheque_reminder":      {Icon: "paper", Path: "/cheques/"},
		"cheque_paid":          {Icon: "gift", Path: "/cheques/"},
		"cheque_disputed":      {Icon: "speak", Path: "/cheques/"},
		"cheque_void":          {Icon: "paper", Path: "/cheques/"},
		"cheque_withdrawn":     {Icon: "paper", Path: "/cheques", Alone: true},
		"listing_ends":         {Icon: "clock", Path: "/listings/"},
		"listing_ended":        {Icon: "clock", Path: "/listings/"},
		"listing_hidden":       {Icon: "alert", Path: "/listings/"},
		"listing_restored":     {Icon: "eye", Path: "/listings/"},
		"listing_upheld":       {Icon: "alert", Path: "/listings/"},
		"search_found":         {Icon: "search", Path: "/searches", Alone: true},
		"search_found_several": {Icon: "search", Path: "/searches", Alone: true},
		"report_answered":      {Icon: "check", Path: "/listings", Alone: true},
		"hours_idea":           {Icon: "gift", Path: "/hours", Alone: true},
		"hours_corrected":      {Icon: "check", Path: "/hours/lines/"},
		"fund_asked":           {Icon: "help", Path: "/fund/draws/"},
		"fund_late":            {Icon: "help", Path: "/fund/draws/"},
		"fund_offered":         {Icon: "people", Path: "/fund/draws/"},
		"fund_granted":         {Icon: "people", Path: "/fund/draws/"},
		"fund_refused":         {Icon: "people", Path: "/fund/draws/"},
		"booking_released":     {Icon: "wait", Path: "/resources/mine", Alone: true},
		"resource_kept":        {Icon: "gift", Path: "/resources/mine", Alone: true},
		"resource_due":         {Icon: "clock", Path: "/resources/mine", Alone: true},
		"resource_late":        {Icon: "clock", Path: "/resources/mine", Alone: true},
		"household_joined":     {Icon: "home", Path: "/household", Alone: true},
		"household_shared":     {Icon: "home", Path: "/household", Alone: true},
		"household_left":       {Icon: "home", Path: "/household", Alone: true},
		"household_parted":     {Icon: "home", Path: "/household", Alone: true},
		"parting_figure":       {Icon: "clock", Path: "/household/partings/"},
		"parting_settled":      {Icon: "clock", Path: "/household", Alone: true},
		"parting_waits":        {Icon: "home", Path: "/desk/partings/"},
		"moved":                {Icon: "place", Path: "/me/place", Alone: true},

		"application_came": {Icon: "person", Path: "/desk/applications/"},
		"suspended":        {Icon: "wait", Path: "/me/suspension", Alone: true},
		"contested":        {Icon: "alert", Path: "/desk/suspensions/"},
		"review_upheld":    {Icon: "wait", Path: "/me/suspension", Alone: true},
		"review_lifted":    {Icon: "check", Path: "/me/suspension", Alone: true},
		"suspension_over":  {Icon: "check", Path: "/me/suspension", Alone: true},
		"pause_begun":      {Icon: "wait", Path: "/me/pause", Alone: true},
		"pause_over":       {Icon: "check", Path: "/me/pause", Alone: true},
		"role_facilitator": {Icon: "key", Path: "/me", Alone: true},
		"role_treasurer":   {Icon: "pot", Path: "/me", Alone: true},
		"role_scrutineer":  {Icon: "vote", Path: "/me", Alone: true},
	}
}

// inboxPage is what the house told its reader.
type inboxPage struct {
	page.Frame
	Items  []inboxLine
	Newest string // the last item that the reader has before them
	Unread bool
	Older  string
}

// inboxLine is one item in the reader's words.
type inboxLine struct {
	ID                string
	Icon, Words, When string
	New               bool
}

// ShowInbox lists what the reader was told, newest first.
func (w *Web) ShowInbox(c *fiber.Ctx) error {
	var before uuid.UUID
	if text := c.Query("before"); text != "" {
		id, err := uuid.Parse(text)
		if err != nil {
			return rule.ErrNotFound
		}
		before = id
	}
	told, err := w.Inbox.Mine(c.UserContext(), session.Of(c).Coop(), before)
	if err != nil {
		return err
	}
	p := inboxPage{Frame: page.NewFrame(c, "inbox.title", "me")}
	if len(told) > inbox.Shown {
		told = told[:inbox.Shown]
		p.Older = "/inbox?before=" + told[inbox.Shown-1].ID.String()
	}
	for _, t := range told {
		p.Items = append(p.Items, inboxLine{
			ID: t.ID.String(), Icon: toldOf()[t.Kind].Icon, Words: sentenceOf(p.Words, t), When: p.Ago(t.At), New: t.New(),
		})
		p.Unread = p.Unread || t.New()
	}
	if len(p.Items) > 0 {
		p.Newest = p.Items[0].ID
	}
	return page.Show(c, InboxPage(p))
}

// sentenceOf writes what was told in the reader's words.
func sentenceOf(w page.Words, t inbox.Told) string {
	var when string
	if !t.When.IsZero() {
		when = w.When(t.When)
	}
	return w.T("inbox."+t.Kind+".text", "Name", page.Name(t.Name), "Title", page.Name(t.Title), "When", when, "Hours", w.Hours(t.Minutes))
}

// OpenInboxItem marks one item as read and leads to what it is about.
func (w *Web) OpenInboxItem(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return rule.ErrNotFound
	}
	told, err := w.Inbox.Open(c.UserContext(), session.Of(c).Coop(), id)
	if err != nil {
		return err
	}
	to := toldOf()[told.Kind]
	if !to.Alone {
		to.Path += told.Subject.String()
	}
	return c.Redirect(to.Path, fiber.StatusSeeOther)
}

// ReadInbox marks all that the page showed, and what is older, as read.
func (w *Web) ReadInbox(c *fiber.Ctx) error {
	newest, err := uuid.Parse(c.FormValue("newest"))
	if err != nil {
		return rule.ErrNotFound
	}
	if err := w.Inbox.OpenAll(c.UserContext(), session.Of(c).Coop(), newest); err != nil {
		return err
	}
	return c.Redirect("/inbox", fiber.StatusSeeOther)
}
