package assembly

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
)

// record gathers what happened in an assembly.
func record(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, of Assembly, s sheet) (r Record, err error) {
	r = Record{Assembly: of, Chair: s.ChairName, Secretary: s.SecretaryName}
	if r.Statute, err = statute(ctx, db, cooperative, of.Statute); err != nil {
		return r, err
	}
	for _, read := range []func(context.Context, bun.IDB, coop.CooperativeID, coop.AssemblyID) error{r.times, r.people, r.lists, r.points} {
		if err := read(ctx, db, cooperative, of.ID); err != nil {
			return r, err
		}
	}
	return r, nil
}

// times reads when what was done, and how members were convened.
func (r *Record) times(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, id coop.AssemblyID) error {
	var found struct {
		House, Town                    string
		ConvenedAt, OpenedAt, ClosedAt time.Time
		Inbox, Paper, Posters          int
	}
	err := db.NewRaw(`
		SELECT k.name AS house, k.town, e.convened_at, e.opened_at, e.closed_at, c.inbox, c.paper, c.posters
		FROM coop.cooperatives k
		CROSS JOIN (SELECT max(at) FILTER (WHERE step = 'convene') AS convened_at, max(at) FILTER (WHERE step = 'open') AS opened_at,
		    max(at) FILTER (WHERE step = 'close') AS closed_at
		  FROM coop.assembly_events WHERE cooperative_id = ?0 AND assembly_id = ?1) e
		CROSS JOIN (SELECT count(*) FILTER (WHERE channel = 'inbox') AS inbox, count(*) FILTER (WHERE channel = 'paper') AS paper,
		    count(*) FILTER (WHERE channel = 'poster') AS posters
		  FROM coop.convocations WHERE cooperative_id = ?0 AND assembly_id = ?1) c
		WHERE k.id = ?0`, cooperative, id).Scan(ctx, &found)
	r.House, r.Town = found.House, found.Town
	r.ConvenedAt, r.OpenedAt, r.ClosedAt = found.ConvenedAt, found.OpenedAt, found.ClosedAt
	r.Reach = Reach{Inbox: found.Inbox, Paper: found.Paper, Posters: found.Posters}
	return err
}

// people counts who was there and whose votes were carried.
func (r *Record) people(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, id coop.AssemblyID) error {
	var found struct {
		Roll, Came, Gone, Proxies, Returned int
		First, Last                         time.Time
	}
	err := db.NewRaw(`
		SELECT (SELECT count(*) FROM coop.roll WHERE cooperative_id = ?0 AND assembly_id = ?1) AS roll,
		  (SELECT count(*) FROM coop.roll r WHERE cooperative_id = ?0 AND assembly_id = ?1 AND NOT present AND EXISTS (
		    SELECT FROM coop.presences p WHERE p.cooperative_id = ?0 AND p.assembly_id = ?1 AND p.member_id = r.member_id)) AS gone,
		  count(*) FILTER (WHERE n = 1) AS came, min(at) AS first, max(at) FILTER (WHERE n = 1) AS last,
		  (SELECT count(*) FROM coop.proxies WHERE cooperative_id = ?0 AND assembly_id = ?1 AND state = 'accepted') AS proxies,
		  (SELECT count(*) FROM coop.proxies WHERE cooperative_id = ?0 AND assembly_id = ?1 AND state = 'returned') AS returned
		FROM coop.presences WHERE cooperative_id = ?0 AND assembly_id = ?1`, cooperative, id).Scan(ctx, &found)
	r.Roll, r.Came, r.Gone, r.Proxies, r.Returned = found.Roll, found.Came, found.Gone, found.Proxies, found.Returned
	r.First, r.Last = found.First, found.Last
	return err
}

// lists reads the sheet of who was there, by number, whose vote was carried, and who was put
// on the roll.
func (r *Record) lists(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, id coop.AssemblyID) error {
	err := db.NewRaw(`
		SELECT m.number, r.added_why AS why FROM coop.roll r JOIN coop.members m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id
		WHERE r.cooperative_id = ? AND r.assembly_id = ? AND r.added_why <> '' ORDER BY m.number LIMIT 500`, cooperative, id).Scan(ctx, &r.Added)
	if err != nil {
		return err
	}
	err = db.NewRaw(`
		SELECT m.number, p.arrived, p.channel, p.at FROM coop.presences p JOIN coop.members m ON m.cooperative_id = p.cooperative_id AND m.id = p.member_id
		WHERE p.cooperative_id = ? AND p.assembly_id = ? ORDER BY m.number, p.n LIMIT 20000`, cooperative, id).Scan(ctx, &r.Sheet)
	if err != nil {
		return err
	}
	return db.NewRaw(`
		SELECT g.number AS giver, h.number AS holder, p.state, p.channel
		FROM coop.proxies p
		JOIN coop.members g ON g.cooperative_id = p.cooperative_id AND g.id = p.giver_id
		JOIN coop.members h ON h.cooperative_id = p.cooperative_id AND h.id = p.holder_id
		WHERE p.cooperative_id = ? AND p.assembly_id = ? AND p.state IN ('accepted', 'returned') ORDER BY g.number, p.id LIMIT 10000`,
		cooperative, id).Scan(ctx, &r.Given)
}

// points reads the agenda with its votes, and the words of the secretary.
func (r *Record) points(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, id coop.AssemblyID) error {
	motions, err := agenda(ctx, db, cooperative, id)
	if err != nil {
		return err
	}
	votes, err := votesOf(ctx, db, cooperative, id)
	if err != nil {
		return err
	}
	for _, m := range motions {
		p := Point{Motion: m}
		for _, v := range votes {
			if v.Motion == m.ID {
				p.Votes = append(p.Votes, v)
			}
		}
		r.Points = append(r.Points, p)
	}
	r.Words, err = wordsOf(ctx, db, cooperative, id)
	return err
}

// wordsOf are the words of the secretary, by point.
func wordsOf(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, id coop.AssemblyID) (map[int]string, error) {
	var rows []struct {
		Point int
		Words string
	}
	err := db.NewRaw(`
		SELECT point, words FROM coop.minutes_words WHERE cooperative_id = ? AND assembly_id = ? ORDER BY point LIMIT ?`,
		cooperative, id, mostShown).Scan(ctx, &rows)
	all := map[int]string{}
	for _, w := range rows {
		all[w.Point] = w.Words
	}
	return all, err
}
