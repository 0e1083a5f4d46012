package main

import (
	"context"
	"errors"
	"testing"

	"lien/database"
)

// BenchmarkAnExistingFolderOpens measures lien demo on a folder whose story is told, from
// the command to the first answer of /readyz. It must take under 3 s.
func BenchmarkAnExistingFolderOpens(b *testing.B) {
	folder := newFolder(b)
	_, closed := shown(b, folder, neighbourhood())
	if err := closed(); err != nil {
		b.Fatal(err)
	}
	again := neighbourhood()
	again.tell = tinyStory(func(context.Context, *database.Handles) error {
		return errors.New("the story was told twice")
	}).tell
	for b.Loop() {
		_, closed := shown(b, folder, again)
		b.StopTimer()
		if err := closed(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
