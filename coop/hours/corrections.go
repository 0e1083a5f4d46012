package hours

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/coop/participation"
	"lien/rule"
)

// Mistake is a transfer that somebody says is wrong, as a facilitator sees it who was given
// its reference. Mine says that their own hours are in it, and Done that it was given back.
type Mistake struct {
	ID       coop.TransferID
	Kind     Kind
	At       time.Time
	Minutes  int64
	From, To coop.MemberID
	FromName string // empty for the fund, and for who has left
	ToName   string
	About    string
	Language string
	Mine     bool
	Done     bool
}

// correctable reports whether a facilitator may give it back at all: what passed within a
// household or at a departure is put right there, and a correction not at all.
func (m Mistake) correctable() bool {
	return !m.Mine && (m.Kind == ForAgreement || m.Kind == ByCheque || m.Kind == AsGift || m.Kind == FromFund || m.Kind == AsOpening)
}

const mistakes = `SELECT t.id, t.kind, t.at, t.minutes, minus.member_id AS "from", plus.member_id AS "to",
  CASE WHEN payer_is.state = 'left' THEN '' ELSE coalesce(payer_is.name, '') END AS from_name,
  CASE WHEN payee_is.state = 'left' THEN '' ELSE coalesce(payee_is.name, '') END AS to_name,
  coalesce(g.about, '') AS about, coalesce(g.language, '') AS language,
  EXISTS (SELECT FROM coop.transfers c WHERE c.cooperative_id = t.cooperative_id AND c.corrects_id = t.id) AS done,
  coalesce(coalesce(mine.goes_to, mine.id) IN (coalesce(payer.goes_to, payer.id), coalesce(payee.goes_to, payee.id), minus.account_id, plus.account_id), false) AS mine
FROM coop.transfers t
JOIN coop.entries minus ON minus.cooperative_id = t.cooperative_id AND minus.transfer_id = t.id AND minus.side = -1
JOIN coop.entries plus ON plus.cooperative_id = t.cooperative_id AND plus.transfer_id = t.id AND plus.side = 1
LEFT JOIN coop.members payer_is ON payer_is.cooperative_id = t.cooperative_id AND payer_is.id = minus.member_id
LEFT JOIN coop.members payee_is ON payee_is.cooperative_id = t.cooperative_id AND payee_is.id = plus.member_id
LEFT JOIN coop.hours_accounts payer ON payer.cooperative_id = t.cooperative_id AND payer.member_id = minus.member_id
LEFT JOIN coop.hours_accounts payee ON payee.cooperative_id = t.cooperative_id AND payee.member_id = plus.member_id
LEFT JOIN coop.agreements g ON g.cooperative_id = t.cooperative_id AND g.id = t.agreement_id
JOIN coop.members me ON me.cooperative_id = t.cooperative_id AND me.id = ? AND me.state IN ('welcomed', 'active')
JOIN coop.member_roles r ON r.cooperative_id = t.cooperative_id AND r.member_id = me.id AND r.role = 'facilitator' AND r.until_at IS NULL
LEFT JOIN coop.hours_accounts mine ON mine.cooperative_id = me.cooperative_id AND mine.member_id = me.id
WHERE t.cooperative_id = ? AND t.kind IN ('agreement', 'cheque', 'gift', 'fund', 'correction', 'opening')
  AND NOT EXISTS (SELECT FROM coop.fund_draws d WHERE d.cooperative_id = t.cooperative_id AND d.transfer_id = t.id)
  AND NOT EXISTS (SELECT FROM coop.shift_credits s WHERE s.cooperative_id = t.cooperative_id AND s.transfer_id = t.id)
  `

var references = regexp.MustCompile(`^[0-9a-f]{10}$`)

// Find returns the transfers that a reference names, mostly one, for a facilitator whom
// somebody told it. What the fund gave somebody is not among them: it is nobody's to see;
// nor is what it gave for a shift, which goes back where the shift is.
// *rule.Invalid on "reference" says that it is none.
func (l *Ledger) Find(ctx context.Context, actor coop.Actor, text string) (list []Mistake, err error) {
	text = strings.ToLower(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\u00a0' || r == '\u202f' {
			return -1
		}
		return r
	}, text))
	if !references.MatchString(text) {
		return nil, rule.Broken("reference", "correct.no_reference")
	}
	err = l.db.NewRaw(mistakes+`AND right(t.id::text, 10) = ?
ORDER BY t.id
LIMIT 5`, actor.Member, actor.Cooperative, text).Scan(ctx, &list)
	if err == nil && len(list) == 0 {
		err = rule.Broken("reference", "correct.not_found")
	}
	return list, err
}

// Mistake returns a transfer for the page that corrects it, to facilitators only.
func (l *Ledger) Mistake(ctx context.Context, actor coop.Actor, id coop.TransferID) (Mistake, error) {
	return l.mistake(ctx, l.db, actor, id)
}

func (l *Ledger) mistake(ctx context.Context, db bun.IDB, actor coop.Actor, id coop.TransferID) (m Mistake, err error) {
	err = db.NewRaw(mistakes+`AND t.id = ?`, actor.Member, actor.Cooperative, id).Scan(ctx, &m)
	if errors.Is(err, sql.ErrNoRows) {
		err = rule.ErrNotFound
	}
	return m, err
}

// Correction is why a transfer is given back, in words that both of the two read.
type Correction struct {
	Transfer coop.TransferID
	Words    string
	Language string
}

// Correct gives the minutes of a transfer back, whole and once, and never those of a
// correction. Only a facilitator who is no party to it may; floors and ceiling do not
// stand in the way of putting a mistake right. Where help was paid, it is counted no
// more. The second of two corrections gets ErrMoved.
func (l *Ledger) Correct(ctx context.Context, actor coop.Actor, c Correction) (r Receipt, err error) {
	now := l.now()
	err = l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		wrong, err := l.mistake(ctx, tx, actor, c.Transfer)
		if err != nil {
			return err
		}
		if !wrong.correctable() {
			return rule.ErrForbidden
		}
		if c.Words, err = rule.Text("words", c.Words, 3, 500); err != nil {
			return err
		}
		r, err = transfer(ctx, tx, move{
			cooperative: actor.Cooperative, key: uuid.NewSHA1(c.Transfer.UUID, []byte("correction")), kind: AsCorrection,
			from: wrong.To, to: wrong.From, minutes: wrong.Minutes, corrects: c.Transfer, by: actor.Member, at: now,
		})
		if err != nil {
			return err
		}
		if err := write(ctx, tx, actor.Cooperative, r.Transfer, c.Words, c.Language); err != nil {
			return err
		}
		if err := uncount(ctx, tx, actor.Cooperative, wrong); err != nil {
			return err
		}
		return inbox.Tell(ctx, tx, told(actor, wrong, r, now)...)
	})
	return r, err
}

// uncount takes the help of a paid agreement or cheque back from both, in the order of
// their ids.
func uncount(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, m Mistake) error {
	if m.Kind != ForAgreement && m.Kind != ByCheque {
		return nil
	}
	counts := []struct {
		member coop.MemberID
		what   participation.What
	}{{m.To, participation.HelpGiven}, {m.From, participation.HelpReceived}}
	if bytes.Compare(m.To.UUID[:], m.From.UUID[:]) > 0 {
		counts[0], counts[1] = counts[1], counts[0]
	}
	for _, c := range counts {
		if err := participation.Uncount(ctx, tx, cooperative, c.member, m.At, c.what); err != nil {
			return err
		}
	}
	return nil
}

// told tells both of the two that something was put right; why, they read there.
func told(actor coop.Actor, m Mistake, r Receipt, now time.Time) (items []inbox.Item) {
	for _, member := range []coop.MemberID{m.From, m.To} {
		if (member != coop.MemberID{}) {
			items = append(items, inbox.Item{
				Cooperative: actor.Cooperative, Member: member, Kind: "hours_corrected", Subject: r.Transfer.UUID,
				Once: "correction:" + r.Transfer.String(), At: now, By: actor.Member, Minutes: r.Minutes,
			})
		}
	}
	return items
}
