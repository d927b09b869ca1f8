package main

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/internal/fakeslack"
	"github.com/siaga-id/siaga/internal/faketelegram"
)

// tale is a story over both messengers, in sentences:
//
//	s.Telegram("Sari").Presses("✋ Ambil", "ISU-1").Reads("Terima kasih, Sari")
//	s.Slack("#humas").ExpectCard("ISU-1").Owner("Sari")
//
// The places are the group "Humas" and the channel "#humas"; people sit in the
// one of the messenger that they are named in.
type tale struct{ *world }

// tell runs a tale in a bubble of fake time, from the first card of the crisis
// day on, and checks in the end that both messengers were spoken to as they want.
func tell(t *testing.T, story func(s tale)) { tellOf(t, func(*world) {}, story) }

// tellOf is tell in a world that was made ready for it.
func tellOf(t *testing.T, ready func(*world), story func(s tale)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, chatReceivers)
		w.withChats()
		t.Cleanup(w.sl.Close)
		w.tg.AddUser(faketelegram.User{ID: 999, Name: "Tamu"})
		w.sl.AddUser(fakeslack.User{ID: "U01SARI", Name: "sari"})
		ready(w)
		w.start()
		rest(10 * time.Second)
		story(tale{w})
		w.stop()
		if v := w.tg.Violations(); len(v) > 0 {
			t.Errorf("Telegram was spoken to wrongly: %v", v)
		}
		if v := w.sl.Violations(); len(v) > 0 {
			t.Errorf("Slack was spoken to wrongly: %v", v)
		}
		w.keepsSecrets()
	})
}

// aMoment is how long people look at a chat between two steps: who is quicker for
// long would see cards that wait for the chat's budget.
const aMoment = 15 * time.Second

// chair is where a person sits in a chat, or the chat itself.
type chair struct {
	tale
	tg int64  // the person in Telegram; 0: the group itself, or Slack
	sl string // the person in Slack; empty: the channel itself, or Telegram
	in string // telegram or slack
}

// Telegram is a person in the group, or the group by its name.
func (s tale) Telegram(who string) chair {
	return chair{tale: s, tg: map[string]int64{"Sari": sari, "Tamu": 999}[who], in: "telegram"}
}

// Slack is a person in the channel, or the channel by its name.
func (s tale) Slack(who string) chair {
	return chair{tale: s, sl: map[string]string{"Sari": "U01SARI", "Rina": "U02RINA"}[who], in: "slack"}
}

// view is a message as somebody sees it.
type view struct {
	chair
	id   string // of the incident, for a card
	ts   string
	num  int
	text string
}

// messages returns what the chat shows, oldest first.
func (p chair) messages() []view {
	var all []view
	if p.in == "telegram" {
		for _, m := range p.world.tg.Messages(group) {
			all = append(all, view{chair: p, num: m.ID, text: m.Text})
		}
		return all
	}
	for _, m := range p.world.sl.Messages(channel) {
		all = append(all, view{chair: p, ts: m.TS, text: m.Plain})
	}
	return all
}

// card finds the card of an incident: its first line has the id between two
// dots, where pings have it in front.
func (p chair) card(id string) (view, bool) {
	for _, v := range slices.Backward(p.messages()) {
		head, _, _ := strings.Cut(v.text, "\n")
		if strings.Contains(head, " · "+id+" · ") {
			v.id = id
			return v, true
		}
	}
	return view{}, false
}

// ExpectCard returns the card of an incident, which has to be there.
func (p chair) ExpectCard(id string) view {
	p.t.Helper()
	v, found := p.card(id)
	if !found {
		p.t.Fatalf("%s shows no card of %s: %v", p.in, id, p.messages())
	}
	return v
}

// Expect returns the latest message with all words, which has to be there.
func (p chair) Expect(words ...string) view {
	p.t.Helper()
	for _, v := range slices.Backward(p.messages()) {
		if hasAll(v.text, words) {
			return v
		}
	}
	p.t.Fatalf("%s shows no %q:\n%v\nlog: %s", p.in, words, p.messages(), p.err.String())
	return view{}
}

// Owner expects who has taken the incident; "": nobody.
func (v view) Owner(name string) view {
	v.t.Helper()
	want := "Ditangani " + name
	if name == "" {
		want = "Belum ditangani"
	}
	return v.Says(want)
}

// Says expects words on a message.
func (v view) Says(words ...string) view {
	v.t.Helper()
	if !hasAll(v.text, words) {
		v.t.Errorf("%s: no %q in\n%s", v.in, words, v.text)
	}
	return v
}

// Buttons expects the labels, "Ambil | Eskalasi · 2 jam" by rows, without the
// post's.
func (v view) Buttons(want string) view {
	v.t.Helper()
	if got := strings.Join(v.rows(), " | "); got != want {
		v.t.Errorf("%s: buttons %q, want %q", v.in, got, want)
	}
	return v
}

func (v view) rows() []string {
	var rows []string
	if v.in == "telegram" {
		for _, m := range v.world.tg.Messages(group) {
			for _, row := range m.Keyboard {
				row = slices.DeleteFunc(slices.Clone(row), func(b faketelegram.Button) bool { return b.URL != "" })
				if m.ID == v.num && len(row) > 0 {
					rows = append(rows, labels(row, func(b faketelegram.Button) string { return b.Text }))
				}
			}
		}
		return rows
	}
	blocks := map[string][]fakeslack.Button{}
	var order []string
	for _, b := range v.slackMessage(v.ts).Buttons {
		if b.URL != "" || b.Options != nil {
			continue
		}
		if blocks[b.BlockID] == nil {
			order = append(order, b.BlockID)
		}
		blocks[b.BlockID] = append(blocks[b.BlockID], b)
	}
	for _, id := range order {
		rows = append(rows, labels(blocks[id], func(b fakeslack.Button) string { return b.Text }))
	}
	return rows
}

func labels[B any](row []B, label func(B) string) string {
	var all []string
	for _, b := range row {
		all = append(all, label(b))
	}
	return strings.Join(all, " · ")
}

// read is what a person got to read for what they did.
type read struct {
	chair
	text string
}

// Reads expects words in the answer.
func (r read) Reads(words ...string) {
	r.t.Helper()
	if !hasAll(r.text, words) {
		r.t.Errorf("%s answers %q, want %q", r.in, r.text, words)
	}
}

// Presses has a person press a button of a card, and waits until everybody has
// seen what came of it.
func (p chair) Presses(label, id string) read {
	p.t.Helper()
	text, err := p.tap(p.ExpectCard(id), label)
	if err != nil {
		p.t.Fatalf("%s presses %q: %v", p.in, label, err)
	}
	rest(aMoment)
	if p.in == "slack" {
		text = p.whispered()
	}
	return read{p, text}
}

// tap presses a button. In Slack what comes of it is whispered later.
func (p chair) tap(v view, label string) (string, error) {
	if p.in == "telegram" {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		a, err := p.world.tg.Press(ctx, group, v.num, p.tg, label)
		return a.Text, err
	}
	for _, b := range p.slackMessage(v.ts).Buttons {
		if b.Text == label {
			return "", p.world.sl.Press(channel, v.ts, p.sl, b.ActionID)
		}
	}
	return "", fakeslack.ErrNotThere
}

// whispered returns what the person alone was told last.
func (p chair) whispered() string {
	for _, e := range slices.Backward(p.world.sl.Ephemerals()) {
		if e.User == p.sl {
			return e.Plain
		}
	}
	return ""
}

// Says has a person write a line, under a message where one is given.
func (p chair) Says(line string, under ...view) read {
	p.t.Helper()
	known := p.messages()
	if p.in == "slack" {
		if err := p.world.sl.Slash(channel, p.sl, "/isu", line); err != nil {
			p.t.Fatal(err)
		}
	} else {
		var options []faketelegram.SayOption
		for _, v := range under {
			options = append(options, faketelegram.ReplyTo(v.num))
		}
		known = append(known, view{num: p.world.tg.Say(group, p.tg, line, options...)})
	}
	rest(aMoment)
	for _, v := range slices.Backward(p.messages()) {
		if !slices.ContainsFunc(known, func(k view) bool { return k.num == v.num && k.ts == v.ts }) {
			return read{p, v.text}
		}
	}
	if p.in == "slack" {
		return read{p, p.whispered()}
	}
	return read{chair: p}
}

// Submits has a person fill in the form that opened last.
func (p chair) Submits(values map[string]string) read {
	p.t.Helper()
	views := p.world.sl.Views()
	if len(views) == 0 || !views[len(views)-1].Open {
		p.t.Fatal("no form is open")
	}
	form := views[len(views)-1]
	for field, chosen := range values { // options are named by what people see
		for _, f := range form.Fields {
			for _, o := range f.Options {
				if f.ActionID == field && strings.HasSuffix(o, "."+chosen) {
					values[field] = o
				}
			}
		}
	}
	if _, err := p.world.sl.SubmitView(form.ID, p.sl, values); err != nil {
		p.t.Fatal(err)
	}
	rest(aMoment)
	return read{p, p.whispered()}
}
