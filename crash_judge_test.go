package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/fakeslack"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

type slackButton = fakeslack.Button

var (
	isuWord   = regexp.MustCompile(`ISU-\d+`)
	ownerWord = regexp.MustCompile(`Ditangani (Sari|Rina)`)
)

func isuOf(text string) string { return isuWord.FindString(text) }

// spots are the sites, each once.
func (w *crashWorld) spots() []spot {
	var all []spot
	for _, c := range w.cells {
		if !slices.Contains(all, c.at) {
			all = append(all, c.at)
		}
	}
	return all
}

// observer looks at the store after each death and at everything in the end.
type observer struct {
	*crashWorld
	ends    map[string]int            // how lives ended
	under   map[int64]map[string]bool // by Telegram chat: nonces of the posts that were under way at a death
	edits   map[string]int            // of each Slack card, before the last change
	changed time.Time                 // when that began
	copies  int                       // of Telegram cards
	cards   int
}

func newObserver(w *crashWorld) *observer {
	return &observer{crashWorld: w, ends: map[string]int{}, under: map[int64]map[string]bool{}, edits: map[string]int{}}
}

// look reads what a death has left behind: in each chat one post at most that
// was under way, beside those whose answer was lost while the program lived.
func (o *observer) look(end string) {
	o.ends[end]++
	o.peek(func(tx store.Tx) error {
		for _, at := range o.spots() {
			if err := o.lookAt(tx, at); err != nil {
				return err
			}
		}
		return nil
	})
}

func (o *observer) lookAt(tx store.Tx, at spot) error {
	if o.under[at.group] == nil {
		o.under[at.group] = map[string]bool{}
	}
	killed := 0
	err := crashCards.Scan(tx, store.Path(telegramDest(at), ""), func(_ store.Key, c notifier.Delivery) error {
		if c.State == notifier.Sending && !o.under[at.group][c.Nonce] {
			o.under[at.group][c.Nonce] = true
			if c.LastErr == "" {
				killed++
			}
		}
		return nil
	})
	if killed > 1 {
		o.t.Errorf("%s: one death left %d posts under way", at.name, killed)
	}
	return err
}

func telegramDest(at spot) string { return fmt.Sprintf("telegram:%d:0", at.group) }
func slackDest(at spot) string    { return "slack:" + at.channel }

// before notes how the cards look before every incident is changed.
func (o *observer) before() {
	o.changed = time.Now()
	for _, at := range o.spots() {
		for _, m := range o.sl.Messages(at.channel) {
			o.edits[m.TS] = m.Edits
		}
	}
}

// judge holds the chats and the store against the promise of chat.md 1.1.
func (o *observer) judge() {
	ids := map[string]incident.Incident{} // by cell
	acks := map[string]int{}
	o.peek(func(tx store.Tx) error {
		all, err := incident.Unresolved(tx)
		for _, in := range all {
			ids[in.Topic+"/"+in.Site] = in
			if err == nil {
				acks[in.ID.String()], err = crashAcks(tx, in.ID)
			}
		}
		return err
	})
	if len(ids) != len(o.cells) || len(o.accepted) != len(o.cells) {
		o.t.Errorf("%d cells, %d posts taken, %d incidents", len(o.cells), len(o.accepted), len(ids))
	}
	for _, c := range o.cells {
		in, found := ids[c.name()]
		if !found {
			o.t.Errorf("%s: no incident came of a post that was taken", c.name())
			continue
		}
		if in.Counts.Posts != 2 {
			o.t.Errorf("%v: counts %d posts, want the first and the last, each once", in.ID, in.Counts.Posts)
		}
		o.judgeTelegram(c.at, in)
		o.judgeSlack(c.at, in)
		o.judgeTaps(in, acks[in.ID.String()])
	}
	o.judgeCopies()
	o.judgeManners()
}

const crashTimeline store.Shelf[incident.Entry] = "timeline"

// crashAcks counts how often an incident was taken.
func crashAcks(tx store.Tx, id incident.ID) (n int, err error) {
	err = crashTimeline.Scan(tx, store.Path(store.Num(uint64(id)), ""), func(_ store.Key, e incident.Entry) error {
		if e.Verb == incident.Ack {
			n++
		}
		return nil
	})
	return n, err
}

// recorded is the card of an incident as the store knows it.
func (o *observer) recorded(dest string, id incident.ID) (card notifier.Delivery) {
	o.peek(func(tx store.Tx) (err error) {
		card, _, err = crashCards.Get(tx, store.Path(dest, store.Num(uint64(id))))
		return err
	})
	return card
}

func (o *observer) judgeTelegram(at spot, in incident.Incident) {
	isu, card, shown := in.ID.String(), o.recorded(telegramDest(at), in.ID), 0
	for _, m := range o.tg.Messages(at.group) {
		if m.ReplyTo != 0 || isuOf(m.Text) != isu {
			continue
		}
		shown++
		if fmt.Sprint(m.ID) == card.At.MsgID && !m.EditedAt.After(o.changed) {
			o.t.Errorf("%s: the card in Telegram does not follow: %v", isu, m)
		}
	}
	if shown == 0 || card.State != notifier.Sent || card.At.MsgID == "" {
		o.t.Errorf("%s: lost in Telegram, %d copies: %+v", isu, shown, card)
	}
	o.cards++
	o.copies += max(0, shown-1)
}

func (o *observer) judgeSlack(at spot, in incident.Incident) {
	isu, card, shown := in.ID.String(), o.recorded(slackDest(at), in.ID), 0
	for _, m := range o.sl.Messages(at.channel) {
		if m.Metadata.EventType != "isu_card" || m.ThreadTS != "" || isuOf(m.Plain) != isu {
			continue
		}
		shown++
		if m.TS == card.At.MsgID && m.Edits <= o.edits[m.TS] {
			o.t.Errorf("%s: the card in Slack does not follow: %+v", isu, m)
		}
	}
	if shown != 1 || card.State != notifier.Sent || card.At.MsgID == "" {
		o.t.Errorf("%s: %d cards in Slack, want 1: %+v", isu, shown, card)
	}
	o.cards++
}

// judgeTaps: what was answered with a tick, or shown as taken, is so.
func (o *observer) judgeTaps(in incident.Incident, acks int) {
	isu, owner := in.ID.String(), o.ownerShown(in.ID.String())
	for _, who := range o.ticked[isu] { // twice where one person pressed twice
		if who != in.Owner {
			o.t.Errorf("%s: a tick was seen by %s, and kept is %q", isu, who, in.Owner)
		}
	}
	if owner != in.Owner || owner != "" && (in.State != incident.Acknowledged || acks != 1) {
		o.t.Errorf("%s: shown as taken by %q, kept as %s by %q, taken %d times", isu, owner, in.State, in.Owner, acks)
	}
}

// ownerShown returns whom any chat has ever shown as the owner of an incident.
func (o *observer) ownerShown(isu string) string {
	var owners []string
	note := func(text string) {
		if who := ownerWord.FindStringSubmatch(text); who != nil && isuOf(text) == isu {
			owners = append(owners, who[1])
		}
	}
	for _, c := range o.tg.Calls() {
		if c.Code == 200 && (c.Method == "sendMessage" || c.Method == "editMessageText") {
			note(c.Params["text"])
		}
	}
	for _, c := range o.sl.Calls() {
		if c.Code == "" && strings.HasPrefix(c.Method, "chat.") {
			note(c.Args.Get("text") + c.Args.Get("blocks"))
		}
	}
	slices.Sort(owners)
	if owners = slices.Compact(owners); len(owners) > 1 {
		o.t.Errorf("%s: shown as taken by %v", isu, owners)
	}
	return strings.Join(owners, "")
}

// judgeCopies: in Telegram a card that may be a second one says so when it is
// posted, and no chat has more of them than deaths and lost answers account for.
func (o *observer) judgeCopies() {
	plain, copies := map[string]int{}, map[int64]map[string]int{}
	for _, c := range o.tg.Calls() {
		isu := isuOf(c.Params["text"])
		if c.Method != "sendMessage" || c.Code != 200 || c.Params["reply_parameters"] != "" || isu == "" {
			continue
		}
		if copies[c.Chat] == nil {
			copies[c.Chat] = map[string]int{}
		}
		copies[c.Chat][isu]++
		if !strings.Contains(c.Params["text"], "🔁") {
			plain[isu]++
		}
	}
	for isu, n := range plain {
		if n > 1 {
			o.t.Errorf("%s: posted %d times in Telegram without the line that says so", isu, n)
		}
	}
	for chat, cards := range copies {
		extra := 0
		for _, n := range cards {
			extra += n - 1
		}
		if under := len(o.under[chat]); extra > under+o.tgFront.lost[chat] {
			o.t.Errorf("chat %d: %d copies of cards, and only %d posts under way at a death and %d lost answers", chat, extra, under, o.tgFront.lost[chat])
		}
	}
}

// judgeManners: whatever happens, the chats are spoken to as they want. Of a
// Retry-After that came before its death a program knows nothing.
func (o *observer) judgeManners() {
	for _, v := range o.tg.Violations() {
		o.t.Errorf("Telegram: %s", v.Violation)
	}
	for _, v := range o.sl.Violations() {
		if v.Code != "ratelimited" && v.Code != "not_acked" {
			o.t.Errorf("Slack: %s", v)
		}
	}
}

func (o *observer) report() {
	ends := ""
	for _, p := range slices.Compact(slices.Sorted(slices.Values(points()))) {
		ends += fmt.Sprintf(" %s %d", p, o.ends[p])
	}
	under := 0
	for _, nonces := range o.under {
		under += len(nonces)
	}
	o.t.Logf("lives ended:%s", ends)
	o.t.Logf("%d cards; Telegram: %d copies, %d posts under way at a death, %d with a lost answer; %d ticks; updates delivered twice: %d",
		o.cards, o.copies, under, sum(o.tgFront.lost), len(o.ticked), o.tgFront.again)
	o.t.Logf("mishaps: Telegram %d refused, %d lost, %d late; Slack %d refused, %d lost, %d late",
		o.tgFront.had[refused], o.tgFront.had[lost], o.tgFront.had[late], o.slFront.had[refused], o.slFront.had[lost], o.slFront.had[late])
}

func sum(m map[int64]int) (n int) {
	for _, v := range m {
		n += v
	}
	return n
}
