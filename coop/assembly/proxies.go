package assembly

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

const proxyColumns = `p.id, p.assembly_id AS assembly, p.giver_id AS giver, p.holder_id AS holder, p.state, p.channel, p.state_since,
	CASE WHEN g.state = 'left' THEN '' ELSE g.name END AS giver_name, CASE WHEN h.state = 'left' THEN '' ELSE h.name END AS holder_name
	FROM coop.proxies p
	JOIN coop.members g ON g.cooperative_id = p.cooperative_id AND g.id = p.giver_id
	JOIN coop.members h ON h.cooperative_id = p.cooperative_id AND h.id = p.holder_id`

// Proxies returns what concerns the actor: the vote they gave, if they did, and those that
// they hold or are asked to hold.
func (a *Assemblies) Proxies(ctx context.Context, actor coop.Actor, id coop.AssemblyID) (list []Proxy, err error) {
	err = a.db.NewRaw(`
		SELECT `+proxyColumns+`
		WHERE p.cooperative_id = ?0 AND p.assembly_id = ?1 AND ?2 IN (p.giver_id, p.holder_id) AND p.state IN ('offered', 'accepted')
		ORDER BY p.id LIMIT 50`, actor.Cooperative, id, actor.Member).Scan(ctx, &list)
	return list, err
}

// Neighbours are those whom the actor could give their vote to: who has a voice and whom they
// can find, by name, two hundred at most.
func (a *Assemblies) Neighbours(ctx context.Context, actor coop.Actor) (list []Neighbour, err error) {
	err = a.db.NewRaw(`
		SELECT m.id, m.name FROM coop.members m
		WHERE m.cooperative_id = ?0 AND m.id <> ?1 AND m.state IN `+voices+` AND coop.findable(?0, ?1, m.id)
		ORDER BY lower(m.name), m.id LIMIT 200`, actor.Cooperative, actor.Member).Scan(ctx, &list)
	return list, err
}

// Trust is the form by which somebody gives their vote: to a neighbour whom they found, or
// to the member with a number.
type Trust struct {
	Key    uuid.UUID
	Holder coop.MemberID
	Number int64
}

// Give offers the actor's vote to a neighbour, until the assembly opens. Who holds votes
// gives none, and the other way round; nobody holds more than the statutes allow. Somebody
// whom the actor cannot see answers like somebody who is not there.
func (a *Assemblies) Give(ctx context.Context, actor coop.Actor, id coop.AssemblyID, form Trust) error {
	return a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		of, err := hold(ctx, tx, actor.Cooperative, id)
		switch {
		case err != nil:
			return err
		case of.State == Draft:
			return rule.ErrNotFound
		case of.State != Convened:
			return rule.ErrMoved
		}
		if err := mustHaveVoice(ctx, tx, actor); err != nil {
			return err
		}
		holder, err := holderOf(ctx, tx, actor, form)
		if err != nil {
			return err
		}
		again, err := a.gave(ctx, tx, actor, id, form.Key)
		if again || err != nil {
			return err
		}
		if err := a.mayHold(ctx, tx, of, actor.Cooperative, actor.Member, holder, "holder"); err != nil {
			return err
		}
		p := Proxy{ID: rule.NewID[coop.ProxyID](), Assembly: id, Giver: actor.Member, Holder: holder, State: Offered, Channel: "phone"}
		if err := a.insert(ctx, tx, actor, p, form.Key, coop.MemberID{}); err != nil {
			return err
		}
		return a.tell(ctx, tx, actor, of, p, "proxy_offered", holder)
	})
}

// mustHaveVoice refuses who has no voice now.
func mustHaveVoice(ctx context.Context, tx bun.IDB, actor coop.Actor) error {
	var yes bool
	err := tx.NewRaw(`SELECT state IN `+voices+` FROM coop.members WHERE cooperative_id = ? AND id = ?`, actor.Cooperative, actor.Member).Scan(ctx, &yes)
	if err = orNotFound(err); err == nil && !yes {
		return rule.ErrForbidden
	}
	return err
}

// holderOf finds who is meant: somebody else with a voice, and neither of the two hides from
// the other.
func holderOf(ctx context.Context, tx bun.IDB, actor coop.Actor, form Trust) (holder coop.MemberID, err error) {
	err = tx.NewRaw(`
		SELECT m.id FROM coop.members m
		WHERE m.cooperative_id = ?0 AND m.id <> ?1 AND m.state IN `+voices+` AND NOT coop.hidden_between(?0, ?1, m.id)
		  AND CASE WHEN ?3 > 0 THEN m.number = ?3 ELSE m.id = ?2 END`,
		actor.Cooperative, actor.Member, form.Holder, form.Number).Scan(ctx, &holder)
	if errors.Is(err, sql.ErrNoRows) {
		return holder, rule.Broken("holder", "assembly.rule.holder")
	}
	return holder, err
}

// gave reports whether this very form was sent before. Another vote that is given already is
// rule.ErrMoved.
func (a *Assemblies) gave(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.AssemblyID, key uuid.UUID) (bool, error) {
	var given struct{ Again, Given bool }
	err := tx.NewRaw(`
		SELECT coalesce(bool_or(client_key = ?0), false) AS again, coalesce(bool_or(state IN ('offered', 'accepted')), false) AS given
		FROM coop.proxies WHERE cooperative_id = ?1 AND assembly_id = ?2 AND giver_id = ?3`, key, actor.Cooperative, id, actor.Member).Scan(ctx, &given)
	if err == nil && given.Given && !given.Again {
		return false, rule.ErrMoved
	}
	return given.Again, err
}

// mayHold refuses, under the assembly's lock, what the statutes do not allow: a giver who
// holds, a holder who gave or holds as many as they may.
func (a *Assemblies) mayHold(ctx context.Context, tx bun.Tx, of Assembly, cooperative coop.CooperativeID, giver, holder coop.MemberID, field string) error {
	s, err := statute(ctx, tx, cooperative, of.Statute)
	if err != nil {
		return err
	}
	var has struct{ GiverHolds, HolderGave, HolderHolds int }
	err = tx.NewRaw(`
		SELECT count(*) FILTER (WHERE holder_id = ?0 AND state = 'accepted') AS giver_holds,
		  count(*) FILTER (WHERE giver_id = ?1) AS holder_gave,
		  count(*) FILTER (WHERE holder_id = ?1 AND state = 'accepted') AS holder_holds
		FROM coop.proxies
		WHERE cooperative_id = ?2 AND assembly_id = ?3 AND state IN ('offered', 'accepted')`, giver, holder, cooperative, of.ID).Scan(ctx, &has)
	switch {
	case err != nil:
		return err
	case s.Cap == 0:
		return rule.Broken(field, "assembly.rule.no_proxies")
	case has.GiverHolds > 0:
		return rule.Broken(field, "assembly.rule.giver_holds")
	case has.HolderGave > 0:
		return rule.Broken(field, "assembly.rule.holder_gave")
	case has.HolderHolds >= s.Cap:
		return rule.Broken(field, "assembly.rule.holder_full", "most", s.Cap)
	}
	return nil
}

func (a *Assemblies) insert(ctx context.Context, tx bun.Tx, actor coop.Actor, p Proxy, key uuid.UUID, witness coop.MemberID) error {
	_, err := tx.NewRaw(`
		INSERT INTO coop.proxies (cooperative_id, id, assembly_id, giver_id, holder_id, state, channel, witness_id, client_key, created_at, state_since)
		VALUES (?0, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)`,
		actor.Cooperative, p.ID, p.Assembly, p.Giver, p.Holder, p.State, p.Channel, rule.OrNone(witness), key, a.now()).Exec(ctx)
	return err
}

// tell tells one side what the other did.
func (a *Assemblies) tell(ctx context.Context, tx bun.Tx, by coop.Actor, of Assembly, p Proxy, kind string, to coop.MemberID) error {
	return inbox.Tell(ctx, tx, inbox.Item{
		Cooperative: by.Cooperative, Member: to, Kind: kind, Subject: of.ID.UUID, Once: "proxy:" + p.ID.String() + ":" + kind, At: a.now(),
		By: by.Member, Title: of.Title, When: of.StartsAt,
	})
}

// Accept is the holder's yes, counted against the statutes once more.
func (a *Assemblies) Accept(ctx context.Context, actor coop.Actor, id coop.ProxyID) (coop.AssemblyID, error) {
	return a.turn(ctx, actor, id, ToAccept, Holder, func(ctx context.Context, tx bun.Tx, of Assembly, p Proxy) error {
		if err := a.mayHold(ctx, tx, of, actor.Cooperative, p.Giver, p.Holder, "proxy"); err != nil {
			return err
		}
		return a.tell(ctx, tx, actor, of, p, "proxy_accepted", p.Giver)
	})
}

// Decline is the holder's no, also after a yes, as long as the assembly has not opened.
func (a *Assemblies) Decline(ctx context.Context, actor coop.Actor, id coop.ProxyID) (coop.AssemblyID, error) {
	return a.turn(ctx, actor, id, ToDecline, Holder, func(ctx context.Context, tx bun.Tx, of Assembly, p Proxy) error {
		return a.tell(ctx, tx, actor, of, p, "proxy_declined", p.Giver)
	})
}

// Withdraw takes the giver's vote back, as long as the assembly has not opened.
func (a *Assemblies) Withdraw(ctx context.Context, actor coop.Actor, id coop.ProxyID) (coop.AssemblyID, error) {
	return a.turn(ctx, actor, id, ToWithdraw, Giver, func(ctx context.Context, tx bun.Tx, of Assembly, p Proxy) error {
		return a.tell(ctx, tx, actor, of, p, "proxy_withdrawn", p.Holder)
	})
}

// turn takes one step of a proxy under the assembly's lock.
func (a *Assemblies) turn(ctx context.Context, actor coop.Actor, id coop.ProxyID, move Move, who Who, then func(context.Context, bun.Tx, Assembly, Proxy) error) (of coop.AssemblyID, err error) {
	side := map[Who]string{Giver: "giver_id", Holder: "holder_id"}[who]
	err = a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		err := tx.NewRaw(`SELECT assembly_id FROM coop.proxies WHERE cooperative_id = ? AND id = ? AND ? = ?`,
			actor.Cooperative, id, bun.Ident(side), actor.Member).Scan(ctx, &of)
		if err != nil {
			return orNotFound(err)
		}
		held, err := hold(ctx, tx, actor.Cooperative, of)
		if err != nil {
			return err
		}
		var p Proxy
		if err := tx.NewRaw(`SELECT `+proxyColumns+` WHERE p.cooperative_id = ? AND p.id = ?`, actor.Cooperative, id).Scan(ctx, &p); err != nil {
			return err
		}
		to, ok := p.State.after(move, who)
		if !ok || held.State != Convened {
			return rule.ErrMoved
		}
		if err := then(ctx, tx, held, p); err != nil {
			return err
		}
		_, err = tx.NewRaw(`UPDATE coop.proxies SET state = ?, state_since = ? WHERE cooperative_id = ? AND id = ?`, to, a.now(), actor.Cooperative, id).Exec(ctx)
		return err
	})
	return of, err
}

// Paper is a proxy that two members signed, as a facilitator writes it down.
type Paper struct {
	Key           uuid.UUID
	Giver, Holder int64 // their numbers
}

// Witness writes down a proxy that both signed on paper, by a facilitator who is neither of
// them: until the assembly opens, and at its door while the giver is not there.
func (a *Assemblies) Witness(ctx context.Context, actor coop.Actor, id coop.AssemblyID, paper Paper) error {
	return a.act(ctx, actor, id, func(ctx context.Context, tx bun.Tx, of Assembly) error {
		if !of.Coming() {
			return rule.ErrMoved
		}
		giver, err := voiceOf(ctx, tx, actor.Cooperative, paper.Giver)
		if err != nil {
			return rule.Broken("giver", "assembly.rule.number")
		}
		holder, err := voiceOf(ctx, tx, actor.Cooperative, paper.Holder)
		if err != nil || holder == giver {
			return rule.Broken("holder", "assembly.rule.number")
		}
		if actor.Member == giver || actor.Member == holder {
			return rule.Broken("holder", "assembly.rule.witness")
		}
		again, err := a.gave(ctx, tx, coop.Actor{Cooperative: actor.Cooperative, Member: giver}, id, paper.Key)
		if again || err != nil {
			return err
		}
		if err := a.mayHold(ctx, tx, of, actor.Cooperative, giver, holder, "holder"); err != nil {
			return err
		}
		if err := onTheRoll(ctx, tx, actor.Cooperative, of, giver, holder); err != nil {
			return err
		}
		p := Proxy{ID: rule.NewID[coop.ProxyID](), Assembly: id, Giver: giver, Holder: holder, State: Accepted, Channel: "paper"}
		return a.insert(ctx, tx, actor, p, paper.Key, actor.Member)
	})
}

// onTheRoll refuses, once the assembly is open, a giver who is there and whoever does not
// stand on the roll.
func onTheRoll(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, of Assembly, giver, holder coop.MemberID) error {
	if of.State != Open {
		return nil
	}
	var on struct{ Absent, Stands int }
	err := tx.NewRaw(`
		SELECT count(*) FILTER (WHERE member_id = ?0 AND NOT present) AS absent, count(*) AS stands
		FROM coop.roll WHERE cooperative_id = ?1 AND assembly_id = ?2 AND member_id IN (?0, ?3)`, giver, cooperative, of.ID, holder).Scan(ctx, &on)
	switch {
	case err != nil:
		return err
	case on.Absent == 0:
		return rule.Broken("giver", "assembly.rule.giver_is_here")
	case on.Stands < 2:
		return rule.Broken("holder", "assembly.rule.not_on_roll")
	}
	return nil
}

// Witnessed are the proxies of an assembly that stand, to a facilitator.
func (a *Assemblies) Witnessed(ctx context.Context, actor coop.Actor, id coop.AssemblyID) (list []Proxy, err error) {
	if err := coop.MustFacilitate(ctx, a.db, actor); err != nil {
		return nil, err
	}
	err = a.db.NewRaw(`
		SELECT `+proxyColumns+`
		WHERE p.cooperative_id = ? AND p.assembly_id = ? AND p.state = 'accepted'
		ORDER BY p.id LIMIT 500`, actor.Cooperative, id).Scan(ctx, &list)
	return list, err
}

// Part takes back what two members gave each other, when one of them hides from the other:
// the actor does what they could have done at any time, and the other one is told no more.
// An assembly that is open goes on as it began.
func (a *Assemblies) Part(ctx context.Context, tx bun.Tx, actor coop.Actor, other coop.MemberID) error {
	return a.release(ctx, tx, actor, ` AND (giver_id, holder_id) IN ((?0, ?1), (?1, ?0))`, other)
}

// Release ends every proxy of somebody who leaves, before the assembly has opened.
func (a *Assemblies) Release(ctx context.Context, tx bun.Tx, actor coop.Actor) error {
	return a.release(ctx, tx, actor, ` AND ?0 IN (giver_id, holder_id) AND ?1 = ?1`, coop.MemberID{})
}

func (a *Assemblies) release(ctx context.Context, tx bun.Tx, actor coop.Actor, which string, other coop.MemberID) error {
	var open []struct {
		ID    coop.ProxyID
		Giver coop.MemberID
	}
	err := tx.NewRaw(`
		SELECT p.id, p.giver_id AS giver FROM coop.proxies p
		JOIN coop.assemblies t ON t.cooperative_id = p.cooperative_id AND t.id = p.assembly_id AND t.state = 'convened'
		WHERE p.cooperative_id = ?2 AND p.state IN ('offered', 'accepted')`+which+`
		ORDER BY p.assembly_id, p.id LIMIT 50`, actor.Member, other, actor.Cooperative).Scan(ctx, &open)
	within := &Assemblies{db: tx, now: a.now, derive: a.derive}
	for _, p := range open { // a few at most
		if err != nil {
			return err
		}
		if p.Giver == actor.Member {
			_, err = within.Withdraw(ctx, actor, p.ID)
		} else {
			_, err = within.Decline(ctx, actor, p.ID)
		}
	}
	return err
}

// lapse ends the proxies that nobody said yes to, and those of whom one has no voice any
// more, when the assembly opens; all that stand when it is called off.
func lapse(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.AssemblyID, now time.Time, all bool) error {
	_, err := tx.NewRaw(`
		UPDATE coop.proxies p SET state = 'lapsed', state_since = ?0
		WHERE cooperative_id = ?1 AND assembly_id = ?2 AND (state = 'offered' OR state = 'accepted' AND (?3 OR (
		  SELECT count(*) FROM coop.roll r WHERE r.cooperative_id = ?1 AND r.assembly_id = ?2 AND r.member_id IN (p.giver_id, p.holder_id)) < 2))`,
		now, cooperative, id, all).Exec(ctx)
	return err
}
