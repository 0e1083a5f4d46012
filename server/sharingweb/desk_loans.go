package sharingweb

import (
	"time"

	"lien/coop/sharing"
	"lien/server/page"
)

// deskLoanNote is where a loan stands, for who runs the desk.
func deskLoanNote(f page.Frame, l sharing.Loan) string {
	switch {
	case l.State == sharing.Held:
		return f.T("resource.desk.held", "When", f.When(l.HoldUntil))
	case l.State == sharing.Asked:
		return f.T("resource.desk.asked")
	case l.Late(f.Now()):
		return f.T("resource.desk.late", "Day", f.Date(l.DueAt))
	}
	return f.T("resource.desk.out", "Day", f.Date(l.DueAt))
}

func loanIcon(l sharing.Loan, now time.Time) string {
	switch {
	case l.Late(now):
		return "alert"
	case l.State == sharing.Held:
		return "gift"
	}
	return "clock"
}
