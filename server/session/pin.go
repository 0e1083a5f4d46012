package session

import (
	"strings"
	"time"

	"lien/rule"
)

const pinLength = 6

// checkPIN refuses what is not six digits, and the six digits that everybody tries
// first: one digit repeated, a run up or down, a short pattern repeated.
func checkPIN(pin string) error {
	if len(pin) != pinLength || strings.Trim(pin, "0123456789") != "" {
		return rule.Broken("pin", "open.pin.digits")
	}
	if trivial(pin) {
		return rule.Broken("pin", "open.pin.trivial")
	}
	return nil
}

func trivial(pin string) bool {
	if strings.Contains("01234567890123456789", pin) || strings.Contains("98765432109876543210", pin) {
		return true
	}
	for length := 1; length <= pinLength/2; length++ {
		if pinLength%length == 0 && strings.Repeat(pin[:length], pinLength/length) == pin {
			return true
		}
	}
	return pin[0] == pin[1] && pin[2] == pin[3] && pin[4] == pin[5] // 112233
}

// freeTries is how many wrong PINs cost nothing but the try.
const freeTries = 5

// delay is how long a device waits after its tries in a row: 1, 5, 15, then 60 minutes.
func delay(tries int) time.Duration {
	switch n := tries - freeTries; {
	case n < 0:
		return 0
	case n == 0:
		return time.Minute
	case n == 1:
		return 5 * time.Minute
	case n == 2:
		return 15 * time.Minute
	}
	return time.Hour
}

// wrong is the answer to a wrong PIN: how many tries are left, or how long to wait.
func wrong(tries int) error {
	switch left := freeTries - tries; {
	case left > 0:
		return rule.Broken("pin", "open.pin.wrong", "n", left)
	default:
		return wait(delay(tries))
	}
}

// wait says in whole minutes how long the device stays shut.
func wait(d time.Duration) error {
	return rule.Broken("pin", "open.pin.wait", "n", int((d+time.Minute-1)/time.Minute))
}
