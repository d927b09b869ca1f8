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
		Desk:     d, Lang: speak(t, "id"), Log: slog.New(slog.DiscardHandler),
		People: func() *People { return people },
		Knows:  func(dest notifier.Dest) bool { return dest == group },
		Repost: func(context.Context, notifier.Dest, incident.ID) error { d.touched = true; return nil },
		Status: func(context.Context) (Status, error) { d.touched = true; return Status{}, nil },
		Name:   func(topic, site string) (string, string, *time.Location) { return topic, site, time.UTC },
	}))
}

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

// TestWhoMayDoWhat goes through role x verb x site x chat, typed and pressed.
func TestWhoMayDoWhat(t *testing.T) {
	const (
		anyone     = "- viewer responder lead approver admin operator"
		responders = "responder lead operator"
		leads      = "lead operator"
		admins     = "admin operator"
	)
	acting := map[string]string{
		"/ambil 1": responders, "\fk|ack.1.3": responders,
		"/lepas 1": responders, "\fk|release.1.3": responders,
		"/selesai 1 mereda": responders, "\fk|resolve.1.3.m": responders,
		"/buka 1": responders, "\fk|reopen.1.3": responders,
		"/catat 1 halo": responders,
		"/keluhan 1":    responders, "\fk|flag.1.3": responders,
		"/keluhan 1 batal": leads,
		"/tingkat 1 siaga": leads,
		"/pisah 1 A2":      responders,
		"/gabung 1 A B":    responders,
	}
	looking := map[string]string{
		"/isu": anyone, "/isu 1": anyone, "/jejak 1": anyone, "/status": anyone, "/kenapa 1": anyone,
		"/uji": admins, "/uji Debu": admins, "/muatulang": admins,
	}
	sites := map[string][]string{"all": nil, "here": {"kupang", "rembang"}, "elsewhere": {"kupang"}}
	for role := range strings.FieldsSeq(anyone) {
		for where, limit := range sites {
			for _, chat := range []notifier.Dest{group, stranger} {
				may := func(line, who string, needsSite bool) {
					d := &oneIncident{in: standing(line)}
					asks(t, d, role, limit, chat, line)
					limited := needsSite && where == "elsewhere" && role != "operator"
					want := chat == group && strings.Contains(" "+who+" ", " "+role+" ") && !limited
					if d.touched != want {
						t.Errorf("%s of %s in %s: %q done %v, want %v", role, where, chat, line, d.touched, want)
					}
				}
				for line, who := range acting {
					may(line, who, true)
				}
				for line, who := range looking {
					may(line, who, false)
				}
			}
		}
	}
}

func asks(t *testing.T, d *oneIncident, role string, sites []string, chat notifier.Dest, line string) {
	t.Helper()
	user, p := "telegram:1", Person{Roles: []Role{Role(role)}, Sites: sites}
	switch role {
	case "-":
		user, p.Roles = "telegram:2", nil
	case "operator":
		user, p.Roles = terminalUser, nil
	}
	talk, at := talkTo(t, d, p), tenForty
	var ans Answer
	var err error
	if strings.HasPrefix(line, dataPrefix) {
		ans, err = talk.Press(t.Context(), Press{Dest: chat, User: user, Data: line, At: at})
	} else {
		ans, err = talk.Hear(t.Context(), Saying{Dest: chat, User: user, Text: line, At: at})
	}
	if err != nil || ans.Text == "" && line != "/isu 1" {
		t.Errorf("%s asks %q: answer %q, error %v", role, line, ans.Text, err)
	}
}

func TestOnlyALeadClosesWhatNobodyTook(t *testing.T) {
	for _, line := range []string{"/selesai 1 mereda", "\fk|resolve.1.3.m", "\fk|resolve.1.3"} {
		for role, want := range map[string]bool{"responder": false, "lead": true} {
			d := &oneIncident{in: standing("/ambil 1")}
			asks(t, d, role, nil, group, line)
			if want = want && line != "\fk|resolve.1.3"; d.touched != want {
				t.Errorf("%s: %q done %v, want %v", role, line, d.touched, want)
			}
		}
	}
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
