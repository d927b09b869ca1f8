package draft

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/guard"
	"github.com/siaga-id/siaga/incident"
)

// Matter is what can be said about an incident, as it stands at one moment.
type Matter struct {
	Incident incident.Incident
	Topic    string       // as people call it, in Indonesian
	Site     string       // empty: none
	Fitting  []facts.Fact // that answer what people write
	Live     []facts.Fact // all that live in the cell
	Vetoed   []string     // ids of those that were said not to answer it
	Now      time.Time
	// MayDeny and MayExplain are what the strategy allows: to say that a claim is
	// wrong, and to set facts beside it.
	MayDeny, MayExplain bool
	Safety              string // how to stay safe, from the configuration; may be empty
	Zone                *time.Location
}

// Order is what a person asks for.
type Order struct {
	Kind  Kind
	Style Style
	Claim string   // what is said that is to be answered; may be empty
	Facts []string // ids; none: those that fit
	By    string
	At    time.Time
}

// Offers returns the kinds that Compose would make, in the order in which they
// are offered.
func (m Matter) Offers() []Kind {
	var out []Kind
	for _, k := range Kinds() {
		if _, err := m.pick(Order{Kind: k}); err == nil {
			out = append(out, k)
		}
	}
	return out
}

// pick returns the facts that an order is answered with, or a Refusal. This is
// where a counter-message ends that must not be: while the gate is closed there
// is none, and without a live fact there is none.
func (m Matter) pick(o Order) ([]facts.Fact, error) {
	switch in := m.Incident; {
	case in.Shadow:
		return nil, refuse(Shadow, "")
	case in.State == incident.Resolved:
		return nil, refuse(Over, "")
	case o.Kind == Acknowledge && !in.Grievance:
		return nil, refuse(NoComplaint, "")
	case o.Kind == Acknowledge:
		return nil, nil // it is about what is done, not about who is right
	case in.Gated():
		return nil, refuse(Gated, "")
	}
	chosen, err := m.chosen(o)
	if err == nil && o.Kind == Clarify && !m.MayExplain {
		err = refuse(Preventable, "")
	}
	return chosen, err
}

// chosen returns the facts that were named, or that fit. A holding statement
// makes do with what is known of the cell.
func (m Matter) chosen(o Order) ([]facts.Fact, error) {
	if len(o.Facts) > 0 {
		return m.named(o.Facts)
	}
	chosen := m.Fitting
	if o.Kind == Holding && len(chosen) == 0 {
		chosen = slices.DeleteFunc(slices.Clone(m.Live), m.vetoed)
	}
	if len(chosen) == 0 {
		return nil, refuse(NoFact, "")
	}
	return chosen[:min(len(chosen), facts.MaxFacts)], nil
}

// mayDeny reports whether a claim may be called wrong: only where the strategy
// allows it, no look in the field says otherwise, and by the word of others
// than the company (crisis.md).
func (m Matter) mayDeny(chosen []facts.Fact) bool {
	in := m.Incident
	other := slices.ContainsFunc(chosen, func(f facts.Fact) bool { return f.Tier == 1 || f.Tier == 2 })
	return m.MayDeny && other && !in.Gated() && in.Finding != incident.True && in.Finding != incident.Partly
}

func (m Matter) named(ids []string) ([]facts.Fact, error) {
	var out []facts.Fact
	for _, id := range ids {
		i := slices.IndexFunc(m.Live, func(f facts.Fact) bool { return f.ID == id })
		if i < 0 || m.vetoed(m.Live[i]) {
			return nil, refuse(DeadFact, id)
		}
		if !slices.ContainsFunc(out, func(f facts.Fact) bool { return f.ID == id }) {
			out = append(out, m.Live[i])
		}
	}
	return out[:min(len(out), facts.MaxFacts)], nil
}

func (m Matter) vetoed(f facts.Fact) bool { return slices.Contains(m.Vetoed, f.ID) }

// Compose makes the draft that an order asks for of the matter and the forms.
// The error is a *Refusal.
func (b *Book) Compose(m Matter, o Order) (Draft, error) {
	chosen, err := m.pick(o)
	if err != nil {
		return Draft{}, err
	}
	if o.Kind != Clarify {
		o.Claim = "" // nothing else answers one
	}
	for n := len(chosen); ; n-- { // as many facts as fit
		d, err := b.compose(m, o, chosen[:n])
		if err == nil || n <= 1 || !isLong(err) {
			return d, err
		}
	}
}

func isLong(err error) bool {
	var r *Refusal
	return errors.As(err, &r) && r.Why == Unmade
}

func (b *Book) compose(m Matter, o Order, chosen []facts.Fact) (Draft, error) {
	d := Draft{
		Incident: m.Incident.ID, Kind: o.Kind, Style: o.Style, Sources: sourcesOf(chosen), Claim: o.Claim,
		Denies: o.Kind == Clarify && m.mayDeny(chosen), Authors: []string{o.By}, At: o.At, Rev: 1,
	}
	c := b.content(m, d, chosen, o.At)
	text, err := b.write(d, c)
	if err != nil {
		return Draft{}, refuse(Unmade, err.Error())
	}
	d.Text, d.Next, d.NextAt = text, c.Next, nextAt(o.At, m.Zone)
	cited := guard.Cited{Facts: chosen, Texts: c.safe()}
	if d.Claim != "" {
		cited.Quoted = []string{d.Claim}
	}
	if err := d.guarded(cited); err != nil {
		return d, err
	}
	d.Safe = sentences(text) // an edit may keep them, and is held to the facts in all else
	return d.sealed(), nil
}

// check holds the text of a draft, also an edited one, to the phrase guard
// (crisis.md): nothing leaves that it finds fault with.
func (d Draft) check(chosen []facts.Fact) error {
	return d.guarded(guard.Cited{Facts: chosen, Texts: slices.Concat(d.Safe, clocks.FindAllString(d.Text, -1))})
}

func (d Draft) guarded(cited guard.Cited) error {
	if strings.TrimSpace(d.Text) == "" || len(utf16.Encode([]rune(d.Text))) > MaxUnits {
		return refuse(Unmade, strconv.Itoa(MaxUnits))
	}
	faults := slices.DeleteFunc(guard.Check(d.Text, cited), func(f guard.Fault) bool {
		return f.Kind == guard.Denial && d.Denies
	})
	if len(faults) > 0 {
		return &Refusal{Why: Guarded, Faults: faults, Text: d.Text}
	}
	return nil
}
