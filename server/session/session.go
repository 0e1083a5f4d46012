package session

import "time"

// How long things last (OWASP ASVS 7.3.1 and 7.3.2). Residents keep a phone in their
// pocket; professionals share a desk.
const (
	residentIdle     = 14 * 24 * time.Hour
	residentLasts    = 90 * 24 * time.Hour
	professionalIdle = 15 * time.Minute
	professionalEnds = 10 * time.Hour
	privateLasts     = 5 * time.Minute
	// tabletLasts is how long a tablet at the desk stays open without a touch.
	tabletLasts = time.Minute
	// deviceStays is how long a browser keeps its device: browsers cap it at 400 days.
	deviceStays = 400 * 24 * time.Hour
	// touchAfter spares a write per request: idleness is known to the minute.
	touchAfter = time.Minute
)

// lasts returns how long a session of kind may be idle, and how long it lasts at all.
func (k Kind) lasts() (idle, absolute time.Duration) {
	if k == Professional {
		return professionalIdle, professionalEnds
	}
	return residentIdle, residentLasts
}

// Private reports whether the private area is open for the actor at now.
func (a Actor) Private(now time.Time) bool {
	return a.Kind == Resident && now.Before(a.PrivateUntil)
}

// Opened is a session just begun: the token for the browser's cookie, and when it ends
// whatever happens.
type Opened struct {
	Token string
	Ends  time.Time
}
