package storage_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lien/storage"
)

func open(t *testing.T) (*storage.Folder, string) {
	t.Helper()
	root := filepath.Join(t.TempDir(), "files")
	folder, err := storage.NewFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	return folder, root
}

func content(t *testing.T, f *storage.Folder, key string) string {
	t.Helper()
	file, err := f.Open(t.Context(), key)
	if errors.Is(err, storage.ErrMissing) {
		return "(missing)"
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWhatWasPutIsFoundUntilItIsDeleted(t *testing.T) {
	f, _ := open(t)
	key := storage.NewKey()
	for _, text := range []string{"one", "another"} {
		if err := f.Put(t.Context(), key, strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
		if got := content(t, f, key); got != text {
			t.Errorf("got %q, want %q", got, text)
		}
	}
	for range 2 { // an erasure may be made again
		if err := f.Delete(t.Context(), key); err != nil {
			t.Fatal(err)
		}
		if got := content(t, f, key); got != "(missing)" {
			t.Errorf("deleted and still there: %q", got)
		}
	}
}

// broken ends in the middle.
type broken struct{ io.Reader }

func (b broken) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

func TestAFileIsThereWholeOrNotAtAll(t *testing.T) {
	f, root := open(t)
	key := storage.NewKey()
	if err := f.Put(t.Context(), key, strings.NewReader("whole")); err != nil {
		t.Fatal(err)
	}
	if err := f.Put(t.Context(), key, broken{strings.NewReader("half")}); err == nil {
		t.Error("half a file was taken")
	}
	if got := content(t, f, key); got != "whole" {
		t.Errorf("got %q, want what was there before", got)
	}
	files := 0
	err := filepath.WalkDir(root, func(_ string, d fs.DirEntry, err error) error {
		if !d.IsDir() {
			files++
		}
		return err
	})
	if err != nil || files != 1 {
		t.Errorf("%d files lie there (%v), want one", files, err)
	}
}

func TestNoKeyLeadsOutOfTheFolder(t *testing.T) {
	f, root := open(t)
	if err := os.WriteFile(filepath.Join(filepath.Dir(root), "secret"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"", "../secret", "../../../../etc/passwd", "/etc/passwd", "aaaaaaaaaaaaaaaa/../..", "AAAAAAAAAAAAAAAAAA", ".unfinished-00000000", strings.Repeat("a", 65)} {
		if _, err := f.Open(t.Context(), key); err == nil || errors.Is(err, storage.ErrMissing) {
			t.Errorf("%q is opened (%v)", key, err)
		}
		if err := f.Put(t.Context(), key, strings.NewReader("x")); err == nil {
			t.Errorf("%q is put", key)
		}
		if err := f.Delete(t.Context(), key); err == nil {
			t.Errorf("%q is deleted", key)
		}
	}
}

func TestOnlyItsAccountEntersTheFolder(t *testing.T) {
	f, root := open(t)
	key := storage.NewKey()
	if err := f.Put(t.Context(), key, strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{root, filepath.Join(root, key[:2]), filepath.Join(root, key[:2], key)} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("others may enter %s: %v (%v)", path, info.Mode(), err)
		}
	}
}
