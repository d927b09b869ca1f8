package notifier

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/siaga-id/siaga/store"
)

// lateAfter is how long what is to be said may wait because of an outage
// before others are told (chat.md 1.3 rule 9).
const lateAfter = time.Minute

const outages store.Shelf[Outage] = "outage"

// Outage is what was said about something that cannot be reached.
type Outage struct {
	Note Note   `json:"note"`
	To   []Dest `json:"to"` // who was told
}

// Way is the way to chats that a note is about.
type Way struct {
	Dest      Dest      `json:"dest,omitempty"`      // one chat; empty: all of a transport
	Transport string    `json:"transport,omitempty"` // where Dest is empty
	To        Dest      `json:"to,omitempty"`        // ChatMoved
	Receivers []string  `json:"receivers,omitempty"` // who have the chat in config.yaml
	Since     time.Time `json:"since,omitzero"`
	Err       string    `json:"err,omitempty"`   // ChatClosed: what the other side says
	Cards     int       `json:"cards,omitempty"` // that wait
	Chats     int       `json:"chats,omitempty"` // how many of the transport's are concerned
	Of        int       `json:"of,omitempty"`    // of so many
}

// beside returns the chats of other messengers that hear of the same sites as
// a chat.
func (p *Plan) beside(d Dest) []Dest {
	sites := []string{""}
	for key := range p.Sites {
		sites = append(sites, key)
	}
	var out []Dest
	for _, key := range sites {
		dests := p.Dests(key)
		if !slices.Contains(dests, d) {
			continue
		}
		for _, other := range dests {
			if other.Transport() != d.Transport() {
				out = append(out, other)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// look is how often outages are looked at.
const look = 5 * time.Second

// watch tells others of chats that cannot be reached, until ctx ends.
func (o *Outbox) watch(ctx context.Context) {
	for pause(ctx, look, nil); ctx.Err() == nil; pause(ctx, look, nil) {
		if err := o.tellOutages(ctx, time.Now()); err != nil && ctx.Err() == nil {
			o.Log.Error("tell of outages", "err", err)
		}
	}
}

// tellOutages says what has become unreachable, and what is reached again. A
// store in which nothing changes is only read.
func (o *Outbox) tellOutages(ctx context.Context, now time.Time) error {
	var began, ended map[string]Outage
	err := o.DB.View(ctx, func(tx store.Tx) (err error) {
		began, ended, err = o.outages(tx, now)
		return err
	})
	if err != nil || len(began)+len(ended) == 0 {
		return err
	}
	return o.DB.Update(ctx, func(tx store.Tx) error {
		began, ended, err := o.outages(tx, now)
		for subject, out := range began {
			err = errors.Join(err, outages.Put(tx, store.Key(subject), out), o.note(tx, out.To, out.Note))
		}
		for subject, out := range ended {
			err = errors.Join(err, outages.Delete(tx, store.Key(subject)), o.takeBack(tx, out, now))
		}
		return err
	})
}

// outages compares what cannot be reached with what was said about it.
func (o *Outbox) outages(tx store.Tx, now time.Time) (began, ended map[string]Outage, err error) {
	down, err := o.down(tx, now)
	if err != nil {
		return nil, nil, err
	}
	began, ended = map[string]Outage{}, map[string]Outage{}
	err = outages.Scan(tx, "", func(k store.Key, told Outage) error {
		if _, still := down[string(k)]; !still {
			ended[string(k)] = told
		}
		return nil
	})
	for subject, out := range down {
		_, told, failed := outages.Get(tx, store.Key(subject))
		if err = errors.Join(err, failed); !told && len(out.To) > 0 && !out.Note.At.IsZero() {
			began[subject] = out
		}
	}
	return began, ended, err
}

// down returns what cannot be reached now, by what it is: a transport, one chat
// that is closed to us, or a token that somebody else uses too. What is not
// worth a word yet has no Note.At.
func (o *Outbox) down(tx store.Tx, now time.Time) (map[string]Outage, error) {
	plan := o.Current()
	failing, err := readReaches(tx, plan)
	if err != nil {
		return nil, err
	}
	out := map[string]Outage{}
	for _, d := range slices.Sorted(maps.Keys(failing)) {
		waiting, err := backlog(tx, d)
		if err != nil {
			return nil, err
		}
		subject := d.Transport()
		if failing[d].Class == Dead {
			subject = string(d)
		}
		known, told := out[subject]
		if !told {
			known.Note = plan.outage(d, failing[d])
		}
		known.add(failing[d], waiting, now)
		known.To = append(known.To, plan.tellers(d)...)
		out[subject] = known
	}
	if err := shared(tx, plan, out); err != nil {
		return nil, err
	}
	for subject, known := range out {
		slices.Sort(known.To)
		known.To = slices.DeleteFunc(slices.Compact(known.To), func(d Dest) bool { _, down := failing[d]; return down })
		out[subject] = known
	}
	return out, nil
}

// readReaches returns the chats of a plan that cannot be reached.
func readReaches(tx store.Tx, plan *Plan) (map[Dest]Reach, error) {
	out := map[Dest]Reach{}
	for _, d := range plan.AllDests() {
		r, _, err := reaches.Get(tx, store.Key(d))
		if err != nil {
			return nil, err
		}
		if !r.Since.IsZero() {
			out[d] = r
		}
	}
	return out, nil
}

// outage is what there is to say about a chat that cannot be reached.
func (p *Plan) outage(d Dest, r Reach) Note {
	if r.Class == Dead {
		return Note{Why: ChatClosed, Way: &Way{Dest: d, Since: r.Since, Receivers: p.named(d), Err: r.Err}}
	}
	return Note{Why: Unreachable, Way: &Way{Transport: d.Transport(), Since: r.Since, Of: p.chats(d.Transport())}}
}

// add counts one more chat that cannot be reached. That is worth a word while
// something waits for it.
func (a *Outage) add(r Reach, waiting Backlog, now time.Time) {
	w := *a.Note.Way
	if r.Since.Before(w.Since) {
		w.Since = r.Since
	}
	w.Cards, w.Chats = w.Cards+waiting.Cards, w.Chats+1
	a.Note.Way = &w
	if waits := waiting.Cards+waiting.Pings > 0; waits && (r.Class == Dead || now.Sub(r.Since) >= lateAfter) {
		a.Note.At = now
	}
}

// shared adds the tokens that another process listens with too. The admins
// hear of it in their chats, and where none of these is in another messenger,
// whoever is there.
func shared(tx store.Tx, plan *Plan, out map[string]Outage) error {
	return reaches.Scan(tx, "", func(k store.Key, r Reach) error {
		if r.Class != tokenShared {
			return nil
		}
		transport := string(k)
		to := plan.AdminDests()
		elsewhere := func(d Dest) bool { return d.Transport() != transport }
		if !slices.ContainsFunc(to, elsewhere) {
			to = append(to, slices.DeleteFunc(plan.AllDests(), func(d Dest) bool { return !elsewhere(d) })...)
		}
		way := &Way{Transport: transport, Since: r.Since}
		out[transport+"/token"] = Outage{Note: Note{Why: TokenShared, At: r.Since, Way: way}, To: to}
		return nil
	})
}

// chats counts the chats of a transport.
func (p *Plan) chats(transport string) (n int) {
	for _, d := range p.AllDests() {
		if d.Transport() == transport {
			n++
		}
	}
	return n
}

// tellers returns who is told that a chat cannot be reached: the admins, and
// those who hear of the same sites in another messenger.
func (p *Plan) tellers(d Dest) []Dest {
	all := append(p.AdminDests(), p.beside(d)...)
	return slices.DeleteFunc(all, func(other Dest) bool { return other == d })
}

// has reports whether the chats that a note is about are still configured.
func (p *Plan) has(w *Way) bool {
	if w.Dest == "" {
		return p.chats(w.Transport) > 0
	}
	return slices.Contains(p.AllDests(), w.Dest)
}

// takeBack says that an outage is over to those who heard of it. Who has not,
// because of an outage of their own, hears of neither; nor does anybody of a
// chat that is not configured any more.
func (o *Outbox) takeBack(tx store.Tx, out Outage, now time.Time) error {
	if !o.Current().has(out.Note.Way) {
		return nil
	}
	var heard []Dest
	for _, d := range out.To {
		p := Ping{Dest: d, Why: out.Note.Why, Note: &out.Note}
		p.Entry.Seq = out.Note.sum()
		key := pingKey(out.Note.At, p)
		_, waits, err := pings.Get(tx, key)
		if err == nil && waits {
			err = pings.Delete(tx, key)
		} else {
			heard = append(heard, d)
		}
		if err != nil {
			return err
		}
	}
	n := Note{Why: ReachedAgain, At: now, Way: out.Note.Way}
	if out.Note.Why == ChatClosed {
		n.Why = ChatOpened
	}
	if out.Note.Why == TokenShared {
		n.Why = TokenAlone
	}
	return o.note(tx, heard, n)
}
