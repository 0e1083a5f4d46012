package database

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"
)

// latch is a file whose lock processes hold while they start, use or stop a cluster.
// The kernel lets go of it when its process ends, however it ends.
type latch struct{ file *os.File }

func openLatch(path string) (*latch, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	return &latch{file}, nil
}

// try takes the lock in mode (LOCK_SH or LOCK_EX), exchanging the one held before, and
// reports whether it could without waiting.
func (l *latch) try(mode int) (bool, error) {
	err := syscall.Flock(int(l.file.Fd()), mode|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}

// wait takes the lock in mode as soon as it can, until ctx ends.
func (l *latch) wait(ctx context.Context, mode int) error {
	for {
		taken, err := l.try(mode)
		if err != nil || taken {
			return err
		}
		if err := pause(ctx, 5*time.Millisecond); err != nil {
			return fmt.Errorf("waiting for %s: %w", l.file.Name(), err)
		}
	}
}

func (l *latch) close() error { return l.file.Close() }

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
