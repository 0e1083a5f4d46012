package session

import (
	"strings"
	"time"

	"github.com/google/uuid"
)

// Device is a phone, tablet or computer that a resident opens with a PIN.
type Device struct {
	ID        uuid.UUID
	Name      string // what it is: android, iphone, tablet, windows, mac, linux, unknown
	CreatedAt time.Time
	SeenAt    time.Time
	Open      bool // somebody is signed in on it now
}

// DeviceName says what a device is, from what its browser says of itself. Only the kind
// is kept, so that a person recognises their own and nobody else can.
func DeviceName(userAgent string) string {
	for _, kind := range []struct{ sign, name string }{
		{"iPad", "tablet"},
		{"Tablet", "tablet"},
		{"iPhone", "iphone"},
		{"Android", "android"},
		{"Windows", "windows"},
		{"Macintosh", "mac"},
		{"Linux", "linux"},
	} {
		if strings.Contains(userAgent, kind.sign) {
			return kind.name
		}
	}
	return "unknown"
}
