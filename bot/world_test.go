package bot

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

func speak(t *testing.T, code string) *Lang {
	t.Helper()
	l, err := NewLang(code)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// tenForty is Tuesday, 4 November 2025, 10:40 in Rembang.
var tenForty = time.Date(2025, 11, 4, 3, 40, 0, 0, time.UTC)

const (
	group    notifier.Dest = "telegram:-100123:7"
	channel  notifier.Dest = "slack:C0123456"
	stranger notifier.Dest = "telegram:-999:0"
)

// The people of the tests, by what they may do.
const (
	sari  = "telegram:111"  // responder in Rembang
	dewi  = "telegram:222"  // responder in Rembang and Kupang
	budi  = "slack:T01:U03" // lead
	agus  = "telegram:444"  // approver and admin
	rina  = "telegram:555"  // lead in Kupang
	guest = "telegram:999"  // nobody we know
	self  = terminalUser    // operator
	ghost = anonymousAdmin  // a group admin without a name
	relay = channelPost     // the channel behind the group
)

func crew() []Person {
	return []Person{
		{Name: "Sari", Telegram: 111, Slack: "U01", Roles: []Role{Responder}, Sites: []string{"rembang"}},
		{Name: "Dewi", Telegram: 222, Roles: []Role{Responder}, Sites: []string{"rembang", "kupang"}},
		{Name: "Budi", Slack: "U03", Roles: []Role{Lead}},
		{Name: "Agus", Telegram: 444, Roles: []Role{Approver, Admin}},
		{Name: "Rina", Telegram: 555, Roles: []Role{Lead}, Sites: []string{"kupang"}},
	}
}

// world is a Talk over a real desk and a real store.
type world struct {
	*testing.T
	talk    *Talk
	db      *flaky
	desk    *incident.Desk
	log     bytes.Buffer
	now     time.Time
	status  Status
	reposts []incident.ID
	marks   store.Counter
	read    int // marks handed out
	tools
}

// flaky is a store that can be made to fail.
type flaky struct {
	store.DB
	fail error
}

func (f *flaky) Update(ctx context.Context, fn func(store.Tx) error) error {
	if f.fail != nil {
		return f.fail
	}
	return f.DB.Update(ctx, fn)
}

func newWorld(t *testing.T, code string) *world {
	t.Helper()
	db, err := store.Open(filepath.Join(t.TempDir(), "siaga.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	people, err := NewPeople(crew())
	if err != nil {
		t.Fatal(err)
	}
	w := &world{T: t, db: &flaky{DB: db}, now: tenForty, marks: "inbox/test"}
	w.desk = &incident.Desk{DB: w.db, Notify: func(store.Tx, incident.Change) error { return nil }}
	w.status = Status{Version: "v0.1.0", Config: "3f9a1c", Since: tenForty.Add(-26 * time.Hour), Sources: 14}
	w.talk = NewTalk(TalkConfig{
		Operator: true,
		DB:       w.db, Desk: w.desk, Lang: speak(t, code),
		People: func() *People { return people },
		Knows:  func(d notifier.Dest) bool { return d != stranger },
		Repost: func(_ context.Context, _ notifier.Dest, id incident.ID) error {
			w.reposts = append(w.reposts, id)
			return nil
		},
		Status: func(context.Context) (Status, error) { return w.status, nil },
		Sites:  func() []string { return []string{"rembang", "kupang"} },
		Name:   w.name,
		Log:    slog.New(slog.NewTextHandler(io.MultiWriter(&w.log, t.Output()), nil)),
	})
	w.join(w.talk)
	return w
}

func (w *world) name(topic, site string) (string, string, *time.Location) {
	topics := map[string]string{"debu": "Debu", "air": "Air", "lahan": "Lahan", "tambang": "Tambang", "hukum": "Hukum", "budaya": "Budaya", "bising": "Bising"}
	switch site {
	case "rembang":
		return topics[topic], "Rembang", zone(w.T, "Asia/Jakarta")
	case "kupang":
		return topics[topic], "Kupang", zone(w.T, "Asia/Makassar")
	}
	return topics[topic], "", zone(w.T, "Asia/Jakarta")
}

// fires opens or feeds the incident of a cell.
func (w *world) fires(topic, site string, level rules.Severity, phase rules.Phase) {
	w.Helper()
	f := rules.Firing{
		Rule: "Debu", Phase: phase, Topic: topic, Site: site, Severity: level, At: w.now,
		Counts: rules.Counts{Posts: 42, Stories: 9, Voices: 7},
		When:   rules.When{Unit: rules.Voices, N: 5, Within: 30 * time.Minute},
		New:    []rules.Evidence{{Post: source.Post{ID: "x:1", Story: "x:1", Text: "genteng putih semua"}}},
	}
	if err := w.db.Update(w.Context(), func(tx store.Tx) error { return w.desk.Fire(tx, f) }); err != nil {
		w.Fatal(err)
	}
}

// mark hands out a mark that counts how often it was committed.
func (w *world) mark() func(store.Tx) error {
	w.read++
	key := store.Key(store.Num(uint64(w.read)))
	return func(tx store.Tx) error { return w.marks.Add(tx, key, 1) }
}

// marked returns how often the last mark was committed.
func (w *world) marked() int {
	w.Helper()
	var n int64
	err := w.db.View(w.Context(), func(tx store.Tx) (err error) {
		n, err = w.marks.Get(tx, store.Key(store.Num(uint64(w.read))))
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return int(n)
}

// says has a person write a line and returns the answer, a second later.
func (w *world) says(dest notifier.Dest, user, line string, on ...incident.ID) Answer {
	w.Helper()
	s := Saying{Dest: dest, User: user, Text: line, At: w.now, Mark: w.mark()}
	for _, id := range on {
		s.On = id
	}
	ans, err := w.talk.Hear(w.Context(), s)
	w.check(line, ans, err)
	return ans
}

// presses has a person tap a button.
func (w *world) presses(dest notifier.Dest, user, data string) Answer {
	w.Helper()
	ans, err := w.talk.Press(w.Context(), Press{Dest: dest, User: user, Data: data, At: w.now, Mark: w.mark()})
	w.check(data, ans, err)
	if ans.Text == "" {
		w.Errorf("press %q: no answer, so the button spins for ever", data)
	}
	return ans
}

// check holds what is promised of every turn.
func (w *world) check(asked string, ans Answer, err error) {
	w.Helper()
	w.now = w.now.Add(time.Second)
	if err != nil {
		w.Fatalf("%q: %v", asked, err)
	}
	if n := w.marked(); n != 1 {
		w.Errorf("%q: marked as read %d times, want once", asked, n)
	}
	if strings.ContainsAny(ans.Text, "{}") {
		w.Errorf("%q: the answer has a gap: %s", asked, ans.Text)
	}
}

// buttons returns the data of the buttons that the card of ISU-1 has now.
func (w *world) buttons() map[string]string {
	w.Helper()
	in := w.first()
	data := map[string]string{}
	for _, row := range w.talk.Lang.Buttons(notifier.Card{Incident: in}) {
		for _, b := range row {
			if d, err := ParseData(b.Data); err == nil {
				data[d.Verb] = b.Data
			}
		}
	}
	return data
}

func (w *world) first() incident.Incident {
	w.Helper()
	in, err := w.desk.Get(w.Context(), 1)
	if err != nil {
		w.Fatal(err)
	}
	return in
}
