package session

import (
	"context"

	"github.com/alexedwards/argon2id"
)

// Hasher hashes PINs and passwords with argon2id at the strength OWASP ASVS 11.4.2 asks
// for: 46 MiB, one pass, about 40 ms. Two at a time: a flood of sign-ins waits, it does
// not take the machine's memory.
type Hasher struct {
	slots  chan struct{}
	params argon2id.Params
	// nobody is what an unknown account's password is compared with, so that the answer
	// takes as long as for a known one.
	nobody string
}

// NewHasher returns the one hasher of the process.
func NewHasher() (*Hasher, error) {
	h := &Hasher{
		slots:  make(chan struct{}, 2),
		params: argon2id.Params{Memory: 46 * 1024, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32},
	}
	var err error
	h.nobody, err = argon2id.CreateHash(newToken().text, &h.params)
	return h, err
}

// hash returns what is stored of a secret. It waits for its turn as long as ctx lasts.
func (h *Hasher) hash(ctx context.Context, secret string) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	return argon2id.CreateHash(secret, &h.params)
}

// fits reports whether the secret is the one that was stored. An empty stored is never
// fitted, in the same time.
func (h *Hasher) fits(ctx context.Context, secret, stored string) (bool, error) {
	if err := h.enter(ctx); err != nil {
		return false, err
	}
	defer h.leave()
	if stored == "" {
		_, err := argon2id.ComparePasswordAndHash(secret, h.nobody)
		return false, err
	}
	return argon2id.ComparePasswordAndHash(secret, stored)
}

func (h *Hasher) enter(ctx context.Context) error {
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *Hasher) leave() {
	<-h.slots
}
