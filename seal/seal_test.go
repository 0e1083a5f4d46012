package seal_test

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"lien/seal"
)

func newSealer(t *testing.T, file []byte) *seal.Sealer {
	t.Helper()
	sealer, err := seal.New(file)
	if err != nil {
		t.Fatal(err)
	}
	return sealer
}

func newFile(t *testing.T) []byte {
	t.Helper()
	file, err := seal.Generate()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestWhatIsSealedOpensOnlyInItsPlace(t *testing.T) {
	sealer := newSealer(t, newFile(t))
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		place := seal.Place("support.notes", "body", rapid.String().Draw(t, "row"))
		other := seal.Place("support.notes", "body", rapid.String().Draw(t, "other row"))
		sealed, err := sealer.Seal(plain, place)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := sealer.Open(sealed, place); err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("opened in its place: got %q, %v; want %q", got, err, plain)
		}
		if _, err := sealer.Open(sealed, other); other != place && !errors.Is(err, seal.ErrBroken) {
			t.Fatalf("opened in another row: got %v, want ErrBroken", err)
		}
		if _, err := sealer.Open(sealed, seal.Place("support.notes", "title", "")); !errors.Is(err, seal.ErrBroken) {
			t.Fatalf("opened in another column: got %v, want ErrBroken", err)
		}
	})
}

func TestAChangedValueDoesNotOpen(t *testing.T) {
	sealer := newSealer(t, newFile(t))
	sealed, err := sealer.Seal([]byte("seen at home"), "place")
	if err != nil {
		t.Fatal(err)
	}
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		if _, err := sealer.Open(changed, "place"); !errors.Is(err, seal.ErrBroken) {
			t.Errorf("byte %d changed: got %v, want ErrBroken", i, err)
		}
	}
	for _, short := range [][]byte{nil, {}, sealed[:4], sealed[:len(sealed)-1]} {
		if _, err := sealer.Open(short, "place"); !errors.Is(err, seal.ErrBroken) {
			t.Errorf("cut to %d bytes: got %v, want ErrBroken", len(short), err)
		}
	}
}

func TestEqualValuesLookDifferent(t *testing.T) {
	sealer := newSealer(t, newFile(t))
	first, err := sealer.Seal([]byte("same"), "place")
	if err != nil {
		t.Fatal(err)
	}
	second, err := sealer.Seal([]byte("same"), "place")
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(first, second) {
		t.Error("two sealings of one value are the same bytes")
	}
}

func TestRotatedKeysOpenOldAndNew(t *testing.T) {
	file := newFile(t)
	before := newSealer(t, file)
	old, err := before.Seal([]byte("old"), "place")
	if err != nil {
		t.Fatal(err)
	}
	rotated, err := seal.Rotate(file)
	if err != nil {
		t.Fatal(err)
	}
	after := newSealer(t, rotated)
	if got, err := after.Open(old, "place"); err != nil || string(got) != "old" {
		t.Errorf("sealed before the rotation: got %q, %v; want old", got, err)
	}
	fresh, err := after.Seal([]byte("new"), "place")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := before.Open(fresh, "place"); !errors.Is(err, seal.ErrBroken) {
		t.Errorf("sealed after the rotation, opened with the keys of before: got %v, want ErrBroken", err)
	}
	if !bytes.Equal(before.Derive("invitation", []byte{1}), after.Derive("invitation", []byte{1})) {
		t.Error("a rotation changed the codes")
	}
}

func TestDerivedCodesAreKeptApart(t *testing.T) {
	file := newFile(t)
	sealer, same, other := newSealer(t, file), newSealer(t, file), newSealer(t, newFile(t))
	code := sealer.Derive("invitation", []byte("id"))
	if len(code) != 32 || !bytes.Equal(code, same.Derive("invitation", []byte("id"))) {
		t.Error("the same keys, label and id must give the same 32 bytes")
	}
	for name, different := range map[string][]byte{
		"another label": sealer.Derive("door", []byte("id")),
		"another id":    sealer.Derive("invitation", []byte("di")),
		"another cut":   sealer.Derive("invitationi", []byte("d")),
		"other keys":    other.Derive("invitation", []byte("id")),
	} {
		if bytes.Equal(code, different) {
			t.Errorf("%s gives the same bytes", name)
		}
	}
}

func TestAFileThatIsNoKeysIsRefused(t *testing.T) {
	good := newFile(t)
	for name, file := range map[string][]byte{
		"empty": nil, "no JSON": []byte("secret words"), "no keyset": []byte(`{"secret":"AAAA"}`),
		"no secret": bytes.Replace(good, []byte(`"secret"`), []byte(`"other"`), 1),
	} {
		if _, err := seal.New(file); err == nil || bytes.Contains([]byte(err.Error()), []byte("secret words")) {
			t.Errorf("%s: got %v, want a refusal that repeats nothing", name, err)
		}
	}
}
