package demo_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"lien/check"
	"lien/database/dbtest"
	"lien/demo"
	"lien/seal"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func sealer(t *testing.T) *seal.Sealer {
	t.Helper()
	file, err := seal.Generate()
	if err != nil {
		t.Fatal(err)
	}
	s, err := seal.New(file)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheToldYearKeepsEveryPromise(t *testing.T) {
	h := dbtest.Open(t)
	if err := demo.Tell(t.Context(), h, sealer(t), demo.Plot{Members: 24, Days: 90, Cases: 4, Seed: 3}, time.Now(), io.Discard); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	wrong, err := check.Run(t.Context(), h.Owner, &out)
	if err != nil {
		t.Fatal(err)
	}
	if wrong > 0 {
		t.Errorf("%d promises are broken:\n%s", wrong, out.String())
	}
	t.Log(out.String())
	if strings.Contains(out.String(), "       0       0 wrong") {
		t.Log("some checks looked at nothing")
	}
}
