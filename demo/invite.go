package demo

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/membership"
	"lien/database"
	"lien/server/session"
)

// Person is somebody whom one may sign in as. SignIn is a path of the house, good once.
type Person struct {
	Role   string `json:"role"`
	About  string `json:"about,omitempty"`
	Name   string `json:"name"`
	SignIn string `json:"sign_in"`
	PIN    string `json:"pin,omitempty"`
}

// lasting is how long the links of a start are good for.
const lasting = 30 * 24 * time.Hour

// parts says what each of the cast is there to show.
var parts = []struct{ role, about, pin string }{
	{"facilitator", "", "731946"},
	{"resident", "accompanied and sharing", "402817"},
	{"resident", "accompanied, not sharing", "596310"},
	{"resident", "not accompanied", "184629"},
	{"resident", "not accompanied, reads English", "950273"},
}

// Invite makes fresh one-use links for the cast and the professionals.
func Invite(ctx context.Context, h *database.Handles) ([]Person, error) {
	hasher, err := session.NewHasher()
	if err != nil {
		return nil, err
	}
	links := session.NewLinks(h.Account, membership.NewMembers(h.Coop, time.Now), hasher, time.Now)
	people, err := inviteResidents(ctx, h, links)
	if err != nil {
		return nil, err
	}
	workers, err := inviteProfessionals(ctx, h, links)
	return append(people, workers...), err
}

func inviteResidents(ctx context.Context, h *database.Handles, links *session.Links) (people []Person, err error) {
	var rows []struct {
		CooperativeID coop.CooperativeID
		ID            coop.MemberID
		Number        int
		Name          string
	}
	err = h.Owner.NewRaw(`SELECT cooperative_id, id, number, name FROM coop.members WHERE number <= ? ORDER BY number`, len(parts)).Scan(ctx, &rows)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		part := parts[r.Number-1]
		path, err := links.ForResident(ctx, coop.Actor{Cooperative: r.CooperativeID, Member: r.ID}, part.pin, lasting)
		if err != nil {
			return nil, err
		}
		people = append(people, Person{Role: part.role, About: part.about, Name: r.Name, SignIn: path, PIN: part.pin})
	}
	return people, nil
}

func inviteProfessionals(ctx context.Context, h *database.Handles, links *session.Links) (people []Person, err error) {
	var rows []struct {
		ID             uuid.UUID
		Name, Function string
	}
	err = h.Account.NewRaw(`SELECT id, name, function FROM account.professionals WHERE ended_at IS NULL ORDER BY created_at, id`).Scan(ctx, &rows)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		path, err := links.ForProfessional(ctx, r.ID, lasting)
		if err != nil {
			return nil, err
		}
		role := r.Function
		if role == "caseworker" {
			role = "referent"
		}
		people = append(people, Person{Role: role, Name: r.Name, SignIn: path})
	}
	return people, nil
}
