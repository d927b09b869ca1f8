package draft

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/facts"
)

// clocks are the times of day that somebody may write into a draft: with its
// zone, when the next news comes is no number that a fact could have.
var clocks = regexp.MustCompile(`(?i)(?:pukul|jam|at) (?:[01]?\d|2[0-3])[.:][0-5]\d (?:WIB|WITA|WIT)\b`)

// Mend gives a draft another text, by which all earlier approvals lapse. The
// error is a *Refusal.
func Mend(d Draft, m Matter, text, by string) (Draft, error) {
	chosen, err := d.holds(m)
	if err != nil {
		return d, err
	}
	if text == d.Text {
		return d, refuse(Same, "")
	}
	next := d
	next.Text, next.Rev, next.Model = text, d.Rev+1, false
	if !contains(d.Authors, by) {
		next.Authors = append(slices.Clone(d.Authors), by)
	}
	if err := next.check(chosen); err != nil {
		return d, err
	}
	// A source stands behind its own sentence, and behind no other.
	next.Sources = sourcesOf(slices.DeleteFunc(chosen, func(f facts.Fact) bool { return !strings.Contains(text, f.Text) }))
	if d.Kind != Acknowledge && len(next.Sources) == 0 {
		return d, refuse(Unsaid, "")
	}
	return next.sealed(), nil
}

// Approve adds somebody's approval of the text whose hash begins so, empty: as
// it is. The error is a *Refusal; DeadFact and Gated say that the draft is void.
func Approve(d Draft, m Matter, by, hash string, at time.Time) (Draft, error) {
	chosen, err := d.holds(m)
	switch {
	case err != nil:
		return d, err
	case contains(d.Authors, by):
		return d, refuse(Author, "")
	case d.late(at):
		return d, refuse(Late, d.Next)
	case !strings.HasPrefix(d.Hash, hash):
		return d, refuse(Changed, "")
	case contains(d.Approvers(), by):
		return d, refuse(Twice, "")
	}
	if err := d.check(chosen); err != nil { // the guard may have learnt since
		return d, err
	}
	d.Votes = append(slices.Clone(d.Votes), Vote{By: by, At: at, Hash: d.Hash})
	return d, nil
}

// Reject ends a draft for a reason.
func Reject(d Draft, why string) (Draft, error) {
	if d.Ended != "" {
		return d, refuse(Ended, string(d.Ended))
	}
	d.Ended, d.Why = Rejected, why
	return d, nil
}

// Publish notes where a person published an approved text. What is void by now
// may have been published all the same: then that is to be known.
func Publish(d Draft, m Matter, p Place) (Draft, error) {
	if len(d.Approvers()) < Need(m.Incident.Severity) || d.Ended == Rejected {
		return d, refuse(Unapproved, "")
	}
	p.Hash, p.Text = d.Hash, d.Text
	d.Public = append(slices.Clone(d.Public), p)
	return d, nil
}

// Review returns why a draft does not hold any more, or "". It ends by a
// person's word, by a fact that died or says something else now, or because a
// complaint has closed the gate.
func (d Draft) Review(m Matter) (why Why, detail string) {
	_, err := d.holds(m)
	if r, ok := err.(*Refusal); ok { //nolint:errorlint // holds returns nothing else
		return r.Why, r.Detail
	}
	return "", ""
}

// holds returns the facts of a draft, all of them live and unchanged, or a
// Refusal.
func (d Draft) holds(m Matter) ([]facts.Fact, error) {
	switch {
	case d.Ended != "":
		return nil, refuse(Ended, string(d.Ended))
	case m.Incident.Shadow:
		return nil, refuse(Shadow, "")
	case d.Kind != Acknowledge && m.Incident.Gated():
		return nil, refuse(Gated, "")
	}
	var chosen []facts.Fact
	for _, s := range d.Sources {
		i := slices.IndexFunc(m.Live, func(f facts.Fact) bool { return f.ID == s.Fact && printOf(f) == s.Print })
		if i < 0 {
			return nil, refuse(DeadFact, s.Fact)
		}
		chosen = append(chosen, m.Live[i])
	}
	switch {
	case d.Kind == Clarify && !m.MayExplain:
		return nil, refuse(Preventable, "")
	case d.Denies && !m.mayDeny(chosen):
		return nil, refuse(NoDenial, "")
	}
	return chosen, nil
}

// late reports whether a draft promises the next news for a time that is over.
func (d Draft) late(now time.Time) bool {
	return d.Next != "" && strings.Contains(d.Text, d.Next) && now.After(d.NextAt)
}
