//go:build unix

package live

import (
	"errors"
	"syscall"
)

// poke writes what the socket takes at once, and never waits. It is called with the
// seat locked; piece and taken are its argument and its answer, so that a delivery
// allocates nothing.
func (s *seat) poke(fd uintptr) bool {
	for {
		n, err := syscall.Write(int(fd), s.piece)
		switch {
		case err == nil:
			s.taken = n
		case errors.Is(err, syscall.EINTR):
			continue
		case errors.Is(err, syscall.EAGAIN):
		default:
			s.failed = err
		}
		return true // done, whatever came of it: waiting is for drain
	}
}
