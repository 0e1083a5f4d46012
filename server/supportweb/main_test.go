package supportweb_test

import (
	"testing"

	"lien/database/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }
