package notifier

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

const (
	// calmCards is how many new cards a chat gets within stormTime before it is
	// a storm (chat.md 6). Then incidents that are not critical are gathered on
	// one card.
	calmCards = 6
	stormTime = 10 * time.Minute
	// stormCalm is how long what is new on a storm card is collected into one
	// edit: four of the twelve calls that a chat has a minute.
	stormCalm = 15 * time.Second
	// maxGathered bounds what a storm card names: one phone screen.
	maxGathered = 12
)

const (
	storms   store.Shelf[Storm]    = "storm"
	gathered store.Shelf[Gathered] = "gathered"
)

// Storm is what one chat knows of its storms.
type Storm struct {
	N   uint64      `json:"n,omitempty"`   // of the latest, from 1; 0: there was none
	On  bool        `json:"on,omitempty"`  // at the latest new incident
	New []time.Time `json:"new,omitempty"` // when the latest incidents came, at most calmCards, oldest first
}

// Gathered is an incident that stands on a storm card.
type Gathered struct {
	At time.Time `json:"at"`
}

// next is the storm after one more incident, and whether that one is to be
// gathered. Each storm has a card of its own, further down in the chat.
func (s Storm) next(at time.Time, level rules.Severity) (Storm, bool) {
	s.New = slices.DeleteFunc(slices.Clone(s.New), func(t time.Time) bool { return at.Sub(t) >= stormTime })
	on := len(s.New) >= calmCards
	if on && !s.On {
		s.N++
	}
	s.On, s.New = on, append(s.New, at)
	s.New = s.New[max(0, len(s.New)-calmCards):]
	return s, on && level < rules.Critical
}

// introduce shows an incident to a chat for the first time: on a card of its
// own, or on the card of the storm in which it came. What rules in shadow say
// is no storm.
func introduce(tx store.Tx, d Dest, in incident.Incident, at time.Time) error {
	if in.Shadow {
		return want(tx, cardKey(d, in.ID), Delivery{}, in.Rev, at)
	}
	s, _, err := storms.Get(tx, store.Key(d))
	if err != nil {
		return err
	}
	s, gather := s.next(at, in.Severity)
	if err := storms.Put(tx, store.Key(d), s); err != nil {
		return err
	}
	if !gather {
		return want(tx, cardKey(d, in.ID), Delivery{}, in.Rev, at)
	}
	told := tell(nil, Told{At: at, Why: InStorm, Level: in.Severity})
	if err := cards.Put(tx, cardKey(d, in.ID), Delivery{WantRev: in.Rev, State: InGathering, Storm: s.N, Told: told}); err != nil {
		return err
	}
	if err := gathered.Put(tx, gatheredKey(d, s.N, in.ID), Gathered{At: at}); err != nil {
		return err
	}
	return wantStorm(tx, d, s.N, at)
}

// over reports whether a storm is, so that a chat can be called again.
func (s Storm) over(now time.Time) bool {
	recent := func(t time.Time) bool { return now.Sub(t) < stormTime }
	return len(s.New) < calmCards || !recent(s.New[0])
}

// stands reports whether a gathered incident is to have a card of its own
// after a change: it is critical, somebody works on it, or it calls people
// after the storm. What is closed is only marked.
func stands(tx store.Tx, d Dest, c incident.Change) (bool, error) {
	switch {
	case c.After.Severity >= rules.Critical, reason(c) == PromiseDue: // its reminder needs a card to stand under
		return true, nil
	case c.After.State == incident.Resolved:
		return false, nil
	case c.Entry.Who != incident.Machine.Name:
		return true, nil
	case reason(c) == "" || silent(reason(c), c.After):
		return false, nil
	}
	s, _, err := storms.Get(tx, store.Key(d))
	return s.over(c.Entry.At), err
}

// wantStorm has a storm card drawn anew.
func wantStorm(tx store.Tx, d Dest, n uint64, at time.Time) error {
	card, _, err := cards.Get(tx, stormKey(d, n))
	if err != nil {
		return err
	}
	return want(tx, stormKey(d, n), card, card.WantRev+1, at)
}

// Gathering is what a storm card shows.
type Gathering struct {
	N        uint64    // the storm's, in its chat
	From, To time.Time // when the first of its incidents came, and the last
	All      int
	Items    []Item // what most needs a person first, at most maxGathered
}

// Item is one line of a storm card.
type Item struct {
	ID        incident.ID
	Severity  rules.Severity
	State     incident.State
	TopicName string
	SiteName  string
	At        time.Time // when it came
	Own       bool      // it has a card of its own by now
}

// gathering reads what a storm card shows.
func (o *Outbox) gathering(tx store.Tx, d Dest, n uint64) (Gathering, error) {
	g := Gathering{N: n}
	err := gathered.Scan(tx, store.Path(string(d), store.Num(n), ""), func(k store.Key, at Gathered) error {
		id, err := idOf(k)
		if err != nil {
			return err
		}
		item, err := o.item(tx, d, id)
		item.At = at.At
		g.Items = append(g.Items, item)
		return err
	})
	if err != nil || len(g.Items) == 0 {
		return g, err
	}
	slices.SortFunc(g.Items, func(a, b Item) int { return a.At.Compare(b.At) })
	g.All, g.From, g.To = len(g.Items), g.Items[0].At, g.Items[len(g.Items)-1].At
	slices.SortStableFunc(g.Items, func(a, b Item) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(b.Severity, a.Severity), b.At.Compare(a.At))
	})
	g.Items = g.Items[:min(len(g.Items), maxGathered)]
	return g, nil
}

// rank orders the lines of a storm card: what nobody sees elsewhere, what has
// a card of its own, and what is over.
func (i Item) rank() int {
	switch {
	case i.State == incident.Resolved:
		return 2
	case i.Own:
		return 1
	}
	return 0
}

func (o *Outbox) item(tx store.Tx, d Dest, id incident.ID) (Item, error) {
	in, err := incident.Read(tx, id)
	if err != nil {
		return Item{}, fmt.Errorf("read %v: %w", id, err)
	}
	card, _, err := cards.Get(tx, cardKey(d, id))
	plan := o.Current()
	return Item{
		ID: id, Severity: in.Severity, State: in.State, Own: card.State != InGathering,
		TopicName: cmp.Or(plan.Topics[in.Topic], in.Topic), SiteName: cmp.Or(plan.Sites[in.Site].Name, in.Site),
	}, err
}

// stormJob is the delivery of a storm card.
func (o *Outbox) stormJob(tx store.Tx, d Dest, k store.Key, n uint64) (job, error) {
	j := job{key: k}
	var err error
	if j.card, _, err = cards.Get(tx, k); err != nil {
		return j, err
	}
	g, err := o.gathering(tx, d, n)
	if err != nil {
		return j, fmt.Errorf("read storm %d: %w", n, err)
	}
	j.message = Message{Dest: d, Kind: KindStorm, Storm: g, Card: Card{Zone: o.Current().Zone}, Plain: j.card.Plain, Bare: j.card.Bare}
	j.hash, err = hashOf(g)
	return j, err
}

func hashOf(g Gathering) (string, error) {
	data, err := json.Marshal(g)
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:16]), err
}

// showStorm has the latest storm card of a chat posted anew, if anything on
// it is seen nowhere else.
func (o *Outbox) showStorm(tx store.Tx, d Dest, now time.Time) error {
	s, _, err := storms.Get(tx, store.Key(d))
	if err != nil || s.N == 0 {
		return err
	}
	g, err := o.gathering(tx, d, s.N)
	if err != nil || !slices.ContainsFunc(g.Items, func(i Item) bool { return i.rank() == 0 }) {
		return err
	}
	card, _, err := cards.Get(tx, stormKey(d, s.N))
	if err != nil {
		return err
	}
	again := card.Maybe || card.State == Sending || card.State == Sent
	return want(tx, stormKey(d, s.N), Delivery{Maybe: again, Resent: card.Resent, Epoch: card.Epoch + 1}, card.WantRev+1, now)
}

const stormWord = "storm"

func stormKey(d Dest, n uint64) store.Key { return store.Path(string(d), stormWord, store.Num(n)) }

func gatheredKey(d Dest, n uint64, id incident.ID) store.Key {
	return store.Path(string(d), store.Num(n), store.Num(uint64(id)))
}

// stormOf reads the number of a storm from a key of cards or wanted; ok is
// false for the key of an incident.
func stormOf(k store.Key) (n uint64, ok bool) {
	_, number, ok := strings.Cut(string(k), "/"+stormWord+"/")
	if !ok {
		return 0, false
	}
	n, err := store.ParseNum(number)
	return n, err == nil
}
