package session

import (
	"net/netip"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
)

// Throttle slows down whoever guesses: it counts misses per address and in all, in this
// node's memory, and forgets them at the end of each window. Only misses count, so that
// a hall full of neighbours joining through one connection is never turned away. With
// several nodes each counts for itself, which is good enough against guessing.
type Throttle struct {
	each, all int
	window    time.Duration
	now       func() time.Time

	lock   sync.Mutex
	ends   time.Time
	misses map[string]int
	total  int
}

// most is how many addresses are remembered: beyond, a new window begins early.
const most = 100_000

// NewThrottle allows each address so many misses in a window, and everybody together so
// many in all; 0 sets no bound for all. Where a secret is long enough not to be guessed,
// a bound for all only lets a stranger shut everybody out.
func NewThrottle(each, all int, window time.Duration, now func() time.Time) *Throttle {
	return &Throttle{each: each, all: all, window: window, now: now, misses: map[string]int{}}
}

// Allow counts a miss before anybody looks whether it is one, so that guesses sent all at
// once are no more than those sent one by one. It returns fiber.ErrTooManyRequests when the
// address, or everybody, missed too often.
func (t *Throttle) Allow(address string) error {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.turn()
	who := neighbours(address)
	if t.misses[who] >= t.each || t.all > 0 && t.total >= t.all {
		return fiber.ErrTooManyRequests
	}
	t.misses[who]++
	t.total++
	return nil
}

// Pardon takes back the miss of somebody who was right.
func (t *Throttle) Pardon(address string) {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.turn()
	if who := neighbours(address); t.misses[who] > 0 {
		t.misses[who]--
		t.total--
	}
}

// turn begins a new window when the last one is over.
func (t *Throttle) turn() {
	if now := t.now(); !now.Before(t.ends) || len(t.misses) >= most {
		t.ends, t.total = now.Add(t.window), 0
		clear(t.misses)
	}
}

// neighbours counts the addresses that one IPv6 household is given as one.
func neighbours(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Unmap().Is4() {
		return address
	}
	block, err := ip.Prefix(64)
	if err != nil {
		return address
	}
	return block.String()
}
