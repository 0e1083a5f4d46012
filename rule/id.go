package rule

import "github.com/google/uuid"

// ID reads an identifier out of a page's address or a form. What is no identifier is
// answered like what does not exist.
func ID[T ~struct{ uuid.UUID }](text string) (T, error) {
	u, err := uuid.Parse(text)
	if err != nil || len(text) != 36 {
		return T{}, ErrNotFound
	}
	return T(struct{ uuid.UUID }{u}), nil
}

// NewID makes an identifier that sorts by the moment it was made (UUID version 7).
func NewID[T ~struct{ uuid.UUID }]() T {
	return T(struct{ uuid.UUID }{uuid.Must(uuid.NewV7())})
}

// Key reads the key that a form carries so that sending it twice has one effect.
func Key(text string) (uuid.UUID, error) {
	u, err := uuid.Parse(text)
	if err != nil || len(text) != 36 {
		return uuid.UUID{}, Broken("key", "rule.key")
	}
	return u, nil
}

// OrNone returns id for a column that may be empty: nil when id is zero.
func OrNone[T ~struct{ uuid.UUID }](id T) any {
	if struct{ uuid.UUID }(id) == struct{ uuid.UUID }{} {
		return nil
	}
	return id
}
