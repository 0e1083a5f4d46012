package assembly_test

import (
	"testing"

	"lien/coop/assembly"
)

func TestAVoteIsDecidedByItsOwnArithmetic(t *testing.T) {
	half := assembly.Majority{Num: 1, Den: 2, Strict: true, Base: assembly.Expressed, Tie: assembly.TieFalls}
	with := func(change func(*assembly.Majority)) assembly.Majority {
		m := half
		change(&m)
		return m
	}
	q := assembly.Quorum{Roll: 40, Present: 20, Represented: 4, Needed: 10}
	for _, c := range []struct {
		what string
		m    assembly.Majority
		t    assembly.Tally
		q    assembly.Quorum
		want assembly.Outcome
	}{
		{"one more", half, assembly.Tally{InFavour: 6, Against: 5}, q, assembly.Adopted},
		{"as many falls", half, assembly.Tally{InFavour: 5, Against: 5}, q, assembly.Rejected},
		{"as many again", with(func(m *assembly.Majority) { m.Tie = assembly.TieAgain }), assembly.Tally{InFavour: 5, Against: 5}, q, assembly.Tied},
		{"blanks do not count", half, assembly.Tally{InFavour: 3, Against: 2, Blank: 9, Invalid: 1}, q, assembly.Adopted},
		{"blanks count when cast", with(func(m *assembly.Majority) { m.Base = assembly.Cast }), assembly.Tally{InFavour: 3, Against: 2, Blank: 1}, q, assembly.Rejected},
		{"invalid ones count when cast", with(func(m *assembly.Majority) { m.Base = assembly.Cast }), assembly.Tally{InFavour: 3, Against: 2, Invalid: 1}, q, assembly.Rejected},
		{"of the present", with(func(m *assembly.Majority) { m.Base = assembly.OfPresent }), assembly.Tally{InFavour: 12}, q, assembly.Rejected},
		{"of the present, enough", with(func(m *assembly.Majority) { m.Base = assembly.OfPresent }), assembly.Tally{InFavour: 13}, q, assembly.Adopted},
		{"of the roll", with(func(m *assembly.Majority) { m.Base = assembly.OfTheRoll }), assembly.Tally{InFavour: 20}, q, assembly.Rejected},
		{"two thirds, exactly", assembly.Majority{Num: 2, Den: 3, Base: assembly.Expressed}, assembly.Tally{InFavour: 6, Against: 3}, q, assembly.Adopted},
		{"two thirds, not quite", assembly.Majority{Num: 2, Den: 3, Base: assembly.Expressed}, assembly.Tally{InFavour: 6, Against: 4}, q, assembly.Rejected},
		{"nobody", half, assembly.Tally{}, q, assembly.Rejected},
		{"nobody is no tie", with(func(m *assembly.Majority) { m.Tie = assembly.TieAgain }), assembly.Tally{Blank: 3}, q, assembly.Rejected},
		{"too many left", half, assembly.Tally{InFavour: 9}, assembly.Quorum{Roll: 40, Present: 9, Needed: 10}, assembly.NoQuorum},
	} {
		if got := c.m.Decide(c.t, c.q); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

func TestAmongFewTheFiguresAreNotTold(t *testing.T) {
	secret := assembly.Vote{Method: assembly.Secret, Tally: assembly.Tally{InFavour: 4}}
	if secret.Told() {
		t.Error("four secret ballots are told")
	}
	secret.Blank = 1
	if !secret.Told() || !(assembly.Vote{Method: assembly.Hands}).Told() {
		t.Error("five secret ballots, or hands that everybody saw, are not told")
	}
}
