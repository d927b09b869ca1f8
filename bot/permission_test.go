package bot

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// oneIncident is a desk with ISU-1 on it, which notes whether it was touched.
type oneIncident struct {
	in      incident.Incident
	touched bool
}

func (d *oneIncident) Do(_ context.Context, cmd incident.Command, _ func(store.Tx) error) (incident.Change, error) {
	after, err := incident.Step(d.in, cmd)
	d.touched = err == nil
	return incident.Change{Before: d.in, After: after}, err
}

func (d *oneIncident) Get(context.Context, incident.ID) (incident.Incident, error) { return d.in, nil }

func (d *oneIncident) Unresolved(context.Context) ([]incident.Incident, error) {
	d.touched = true
	return []incident.Incident{d.in}, nil
}

func (d *oneIncident) Timeline(context.Context, incident.ID) ([]incident.Entry, error) {
	d.touched = true
	return []incident.Entry{{Who: "siaga", Verb: incident.Fire}}, nil
}

// talkTo returns a Talk over d in which one person, telegram:1, is known.
func talkTo(t *testing.T, d *oneIncident, p Person) *Talk {
	t.Helper()
	p.Name, p.Telegram = "Sari", 1
	people, err := NewPeople([]Person{p})
	if err != nil {
		t.Fatal(err)
	}
	asked := &tools{rules: []rules.Standing{{Rule: "Debu", ByChat: true, Shadow: true}}, asked: func() { d.touched = true }}
	return asked.join(NewTalk(TalkConfig{
		Operator: true,
		DB:       empty{}, Desk: d, Lang: speak(t, "id"), Log: slog.New(slog.DiscardHandler),
		People: func() *People { return people },
		Knows:  func(dest notifier.Dest) bool { return dest == group },
		Repost: func(context.Context, notifier.Dest, incident.ID) error { d.touched = true; return nil },
		Status: func(context.Context) (Status, error) { d.touched = true; return Status{}, nil },
		Name:   func(topic, site string) (string, string, *time.Location) { return topic, site, time.UTC },
	}))
}

// empty is a store in which nothing is, nor will be.
type empty struct{ store.DB }

func (empty) View(_ context.Context, fn func(store.Tx) error) error { return fn(nothing{}) }

type nothing struct{ store.Tx }

func (nothing) Scan(string, store.Key, store.Key, func(store.Key, []byte) error) error { return nil }

// The states in which a verb applies; what is taken is Sari's own.
func standing(line string) incident.Incident {
	in := incident.Incident{
		ID: 1, Topic: "debu", Site: "rembang", Severity: rules.Warning, State: incident.Acknowledged,
		Owner: "Sari", Rev: 3, StateRev: 3, Grievance: strings.HasSuffix(line, "batal"),
	}
	switch line {
	case "/ambil 1", "\fk|ack.1.3":
		in.State, in.Owner = incident.Open, ""
	case "/buka 1", "\fk|reopen.1.3":
		in.State = incident.Resolved
	}
	return in
}

// released is a desk on which the incident is released by somebody else
// between being read and being changed.
type released struct{ *oneIncident }

func (d released) Do(ctx context.Context, cmd incident.Command, mark func(store.Tx) error) (incident.Change, error) {
	d.in.State, d.in.Owner, d.in.StateRev = incident.Open, "", d.in.StateRev+1
	return d.oneIncident.Do(ctx, cmd, mark)
}

func TestAResolveHoldsOnlyInTheStateItWasAuthorisedFor(t *testing.T) {
	d := &oneIncident{in: standing("/selesai 1 mereda")}
	talk := talkTo(t, d, Person{Roles: []Role{Responder}})
	talk.Desk = released{d}
	ans, err := talk.Hear(t.Context(), Saying{Dest: group, User: "telegram:1", Text: "/selesai 1 mereda", At: tenForty})
	if err != nil || d.touched || ans.Text != "Sudah berubah: belum ditangani" {
		t.Errorf("done %v, answer %q, error %v", d.touched, ans.Text, err)
	}
}
