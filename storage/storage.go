// Package storage keeps files that are no rows: photos, and later voices. A file has an
// opaque key that tells nothing of what is in it or whose it is; who may read it stands in
// the database, beside the key. A file is there whole or not at all.
package storage

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrMissing says that no file has this key.
var ErrMissing = errors.New("storage: no such file")

// NewKey makes the key of a file that is yet to be put: 32 hexadecimal signs that nobody
// guesses.
func NewKey() string {
	var random [16]byte
	_, _ = rand.Read(random[:]) // it never fails: the process ends first
	return hex.EncodeToString(random[:])
}

// Folder keeps files in a folder of this machine, spread over 256 folders inside it. The
// nodes of one house share the folder.
type Folder struct{ root string }

// NewFolder returns the storage in root, which is made when it is not there. Only the
// account that runs lien may enter it.
func NewFolder(root string) (*Folder, error) {
	root, err := filepath.Abs(root)
	if err == nil {
		err = os.MkdirAll(root, 0o700)
	}
	if err != nil {
		return nil, fmt.Errorf("storage: %w", err)
	}
	return &Folder{root: root}, nil
}

// Put keeps content under key, in place of what was there. When it returns, the file has
// reached the disk; when it fails, what was there stays.
func (f *Folder) Put(ctx context.Context, key string, content io.Reader) (err error) {
	path, err := f.path(key)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("storage: %w", err)
	}
	unfinished, err := os.CreateTemp(filepath.Dir(path), ".unfinished-*")
	if err != nil {
		return fmt.Errorf("storage: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(unfinished.Name()) // the first error is the one to tell
		}
	}()
	_, err = io.Copy(unfinished, content)
	if err == nil {
		err = unfinished.Sync()
	}
	if err = errors.Join(err, unfinished.Close(), ctx.Err()); err != nil {
		return fmt.Errorf("storage: %w", err)
	}
	if err := os.Rename(unfinished.Name(), path); err != nil {
		return fmt.Errorf("storage: %w", err)
	}
	return settle(filepath.Dir(path))
}

// Open returns the file of key, to be closed by the caller, or ErrMissing.
func (f *Folder) Open(_ context.Context, key string) (io.ReadCloser, error) {
	path, err := f.path(key)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrMissing
	}
	if err != nil {
		return nil, fmt.Errorf("storage: %w", err)
	}
	return file, nil
}

// Delete removes the file of key for good. Removing what is not there is no error, so that
// an erasure that was cut short can be made again.
func (f *Folder) Delete(_ context.Context, key string) error {
	path, err := f.path(key)
	if err != nil {
		return err
	}
	err = os.Remove(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("storage: %w", err)
	}
	return settle(filepath.Dir(path))
}

// path is where the file of key lies. A key is letters and digits, as NewKey makes it and
// with what its owner adds: nothing that leads out of the folder.
func (f *Folder) path(key string) (string, error) {
	if len(key) < 16 || len(key) > 64 {
		return "", fmt.Errorf("storage: %d signs are no key", len(key))
	}
	for _, r := range key {
		if (r < '0' || r > '9') && (r < 'a' || r > 'z') {
			return "", errors.New("storage: a key is lower-case letters and digits")
		}
	}
	return filepath.Join(f.root, key[:2], key), nil
}

// settle lets a folder's list of names reach the disk.
func settle(folder string) error {
	d, err := os.Open(folder)
	if err != nil {
		return fmt.Errorf("storage: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("storage: %w", err)
	}
	return nil
}
