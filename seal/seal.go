// Package seal keeps what must stay unreadable even to somebody who holds the whole
// database: notes, second factors, protected identities. A value is sealed before it
// reaches SQL and tied to the place it was sealed for, so that moving the sealed bytes
// to another row or column makes them worthless. The keys live in a file outside of the
// database; without it nothing can be opened again, so it is backed up apart.
package seal

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// ErrBroken says that a sealed value cannot be opened: it was changed, was sealed for
// another place, or its key is not among the keys.
var ErrBroken = errors.New("seal: the value cannot be opened")

// keys is the file: the keyset seals, the newest key for new values and all of them for
// old ones; the secret derives codes, and changing it makes printed codes worthless.
type keys struct {
	Keyset json.RawMessage `json:"keyset"`
	Secret []byte          `json:"secret"` // 32 bytes, base64
}

// Sealer seals and opens values. It may be used by many goroutines at once.
type Sealer struct {
	aead   tink.AEAD
	secret []byte
}

// Place returns the name of the place a value is sealed for: the table, the column and
// the row's identifier.
func Place(table, column, row string) string { return table + "|" + column + "|" + row }

// Generate returns a fresh file of keys.
func Generate() ([]byte, error) {
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("seal: making a key: %w", err)
	}
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return nil, err
	}
	return write(handle, secret)
}

// Rotate returns the file of keys with a new key that seals from now on. What was
// sealed before stays readable, and codes stay the same.
func Rotate(file []byte) ([]byte, error) {
	handle, secret, err := read(file)
	if err != nil {
		return nil, err
	}
	manager := keyset.NewManagerFromHandle(handle)
	id, err := manager.Add(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("seal: making a key: %w", err)
	}
	if err := manager.SetPrimary(id); err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	if handle, err = manager.Handle(); err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return write(handle, secret)
}

// New returns a Sealer with the keys of a file that Generate made.
func New(file []byte) (*Sealer, error) {
	handle, secret, err := read(file)
	if err != nil {
		return nil, err
	}
	primitive, err := aead.New(handle)
	if err != nil {
		return nil, errors.New("seal: the keys cannot seal: the file needs a keyset made for AEAD")
	}
	return &Sealer{primitive, secret}, nil
}

// Seal returns plain sealed for the place that associated names (see Place). It fails
// only when the machine has no randomness left to give.
func (s *Sealer) Seal(plain []byte, associated string) ([]byte, error) {
	sealed, err := s.aead.Encrypt(plain, []byte(associated))
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return sealed, nil
}

// Open returns what was sealed for the place that associated names, or ErrBroken.
func (s *Sealer) Open(sealed []byte, associated string) ([]byte, error) {
	plain, err := s.aead.Decrypt(sealed, []byte(associated))
	if err != nil {
		return nil, ErrBroken // what the library says helps only somebody who guesses
	}
	return plain, nil
}

// Derive returns 32 bytes that only the holder of the keys can compute from label and
// id, always the same: a code that need not be stored. Labels keep uses apart.
func (s *Sealer) Derive(label string, id []byte) []byte {
	mac := hmac.New(sha256.New, s.secret)
	mac.Write([]byte(label))
	mac.Write([]byte{0}) // no label holds one, so no label and id read like another pair
	mac.Write(id)
	return mac.Sum(nil)
}

func read(file []byte) (*keyset.Handle, []byte, error) {
	var k keys
	if err := json.Unmarshal(file, &k); err != nil {
		return nil, nil, errors.New("seal: this is no file of keys") // the cause would repeat parts of it
	}
	if len(k.Secret) != 32 {
		return nil, nil, errors.New("seal: the file's secret must be 32 bytes in base64")
	}
	handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(k.Keyset)))
	if err != nil {
		return nil, nil, errors.New("seal: the file's keyset cannot be read")
	}
	return handle, k.Secret, nil
}

func write(handle *keyset.Handle, secret []byte) ([]byte, error) {
	var set bytes.Buffer
	if err := insecurecleartextkeyset.Write(handle, keyset.NewJSONWriter(&set)); err != nil {
		return nil, fmt.Errorf("seal: writing the keys: %w", err)
	}
	return json.MarshalIndent(keys{set.Bytes(), secret}, "", "  ") // #nosec G117 -- the file of keys holds keys
}
