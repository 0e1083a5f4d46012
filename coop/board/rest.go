package board

import (
	"time"

	"lien/rule"
)

// Rest is when boards tell one member nothing, in minutes of the place's day: what is told
// meanwhile waits. The zero Rest is none.
type Rest struct {
	From  int
	Until int
}

// Quiet reports whether a minute of the day lies in the rest, which may pass midnight.
func (r Rest) Quiet(minute int) bool {
	if r.From <= r.Until {
		return minute >= r.From && minute < r.Until
	}
	return minute >= r.From || minute < r.Until
}

// Over is when what comes at a moment may be told: at the end of the rest that it falls
// into, by the clock on the wall there, or at once.
func (r Rest) Over(at time.Time, there *time.Location) time.Time {
	local := at.In(there)
	if !r.Quiet(local.Hour()*60 + local.Minute()) {
		return at
	}
	end := time.Date(local.Year(), local.Month(), local.Day(), r.Until/60, r.Until%60, 0, 0, there)
	if !end.After(local) {
		end = time.Date(local.Year(), local.Month(), local.Day()+1, r.Until/60, r.Until%60, 0, 0, there)
	}
	return end
}

func (r Rest) check() error {
	if r.From < 0 || r.From > 1439 {
		return rule.Broken("from", "pace.rule.hour")
	}
	if r.Until < 0 || r.Until > 1439 || r.From == r.Until {
		return rule.Broken("until", "board.rule.rest")
	}
	return nil
}
