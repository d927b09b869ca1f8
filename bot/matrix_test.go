package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/draft"
	"github.com/siaga-id/siaga/evidence"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/promise"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// rehearsal is a store in which nothing lasts, and which notes what was written.
type rehearsal struct {
	store.DB
	wrote map[string]bool
}

var errUndo = errors.New("undo")

func (r *rehearsal) Update(ctx context.Context, fn func(store.Tx) error) error {
	err := r.DB.Update(ctx, func(tx store.Tx) error {
		if err := fn(noting{tx, r.wrote}); err != nil {
			return err
		}
		return errUndo
	})
	if errors.Is(err, errUndo) {
		return nil
	}
	return err
}

type noting struct {
	store.Tx
	wrote map[string]bool
}

func (n noting) Put(shelf string, key store.Key, value []byte) error {
	n.wrote[shelf] = true
	return n.Tx.Put(shelf, key, value)
}

// matrix is one person in all roles, among colleagues, before four incidents:
// ISU-1 is open, ISU-2 and ISU-4 are Sari's, ISU-3 is resolved, ISU-4 snoozed.
type matrix struct {
	*testing.T
	db   *rehearsal
	desk *incident.Desk
	lang *Lang
}

func newMatrix(t *testing.T) *matrix {
	t.Helper()
	db, err := store.Scratch()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	desk := &incident.Desk{DB: db, Notify: func(store.Tx, incident.Change) error { return nil }}
	did := func(id incident.ID, cmd incident.Command) {
		cmd.ID, cmd.Actor, cmd.At = id, incident.Actor{Name: "Sari", Lead: true}, tenForty
		if _, err := desk.Do(t.Context(), cmd, nil); err != nil {
			t.Fatal(err)
		}
	}
	for i := range incident.ID(4) {
		f := rules.Firing{Rule: "Debu", Phase: rules.Began, Topic: fmt.Sprint("t", i), Site: "rembang", Severity: rules.Warning, At: tenForty}
		if err := db.Update(t.Context(), func(tx store.Tx) error { return desk.Fire(tx, f) }); err != nil {
			t.Fatal(err)
		}
	}
	err = db.Update(t.Context(), func(tx store.Tx) error {
		_, err := evidence.Keep(tx, evidence.Veto{Fact: "FAKTA-002", Topic: "tISU-0", Site: "rembang", By: "Dewi"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	did(2, incident.Command{Verb: incident.Ack})
	did(3, incident.Command{Verb: incident.Resolve, Reason: incident.DiedDown})
	did(4, incident.Command{Verb: incident.Ack})
	did(4, incident.Command{Verb: incident.Snooze, Until: tenForty.Add(time.Hour)})
	clerk := &Talk{TalkConfig: TalkConfig{DB: db, Desk: desk, Name: bareName}}
	(&shelf{[]facts.Fact{dustFact()}}).join(clerk)
	dewi := draft.Actor{Actor: incident.Actor{Name: "Dewi"}, At: tenForty}
	if _, err := clerk.Drafts.Compose(t.Context(), 1, draft.Order{Kind: draft.Holding, Style: draft.Formal}, dewi); err != nil {
		t.Fatal(err)
	}
	if err := db.Update(t.Context(), func(tx store.Tx) error {
		_, err := newVault().Propose(tx, facts.Proposal{Fact: proposable(), By: "Dewi", At: tenForty})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	ledger := &promise.Ledger{DB: db, Act: desk.Act}
	if _, err := ledger.Make(t.Context(), 3, "tirai debu", "Dewi", tenForty.Add(time.Hour), promise.By{At: tenForty}); err != nil {
		t.Fatal(err)
	}
	m := &matrix{T: t, lang: speak(t, "id"), db: &rehearsal{DB: db, wrote: map[string]bool{}}}
	m.desk = &incident.Desk{DB: m.db, Notify: desk.Notify}
	return m
}

func bareName(topic, site string) (string, string, *time.Location) { return topic, site, time.UTC }

// Chats of every kind; people speak in the last two of themselves alone.
const (
	topicToo   notifier.Dest = "telegram:-100123:9"
	slackRoom  notifier.Dest = "slack:C0123456"
	slackOther notifier.Dest = "slack:C0999999"
	alone      notifier.Dest = "telegram:1:0"
	slackAlone notifier.Dest = "slack:D01"
)

func known(d notifier.Dest) bool {
	return slices.Contains([]notifier.Dest{group, topicToo, slackRoom, terminalUser}, d)
}

// ask has a person with a role say or press something in a chat.
func (m *matrix) ask(role string, sites []string, chat notifier.Dest, line string) Answer {
	m.Helper()
	p := Person{Name: "Sari", Telegram: 1, Slack: "U1", Roles: []Role{Role(role)}, Sites: sites}
	user := map[string]string{"telegram": "telegram:1", "slack": "slack:T01:U1", "terminal": terminalUser}[chat.Transport()]
	rows := []Person{
		{Name: "Dewi", Telegram: 2, Roles: []Role{Responder}},
		{Name: "Rina", Slack: "U3", Roles: []Role{Lead}},
		{Name: "Agus", Telegram: 4, Roles: []Role{Admin}},
	}
	if role != "-" && role != "operator" {
		rows = append(rows, p)
	}
	people, err := NewPeople(rows)
	if err != nil {
		m.Fatal(err)
	}
	x := &tools{rules: []rules.Standing{{Rule: "Debu", ByChat: true, Shadow: true}}, library: shelf{[]facts.Fact{dustFact()}}}
	talk := x.join(NewTalk(TalkConfig{
		Operator: true, DB: m.db, Desk: m.desk, Lang: m.lang, Log: slog.New(slog.DiscardHandler),
		People: func() *People { return people }, Knows: known, Sites: func() []string { return []string{"rembang", "kupang"} },
		Repost: func(context.Context, notifier.Dest, incident.ID) error { return nil },
		Status: func(context.Context) (Status, error) { return Status{}, nil },
		Name:   bareName,
	}))
	clear(m.db.wrote)
	var ans Answer
	if strings.HasPrefix(line, dataPrefix) {
		ans, err = talk.Press(m.Context(), Press{Dest: chat, User: user, Data: line, At: tenForty.Add(time.Minute)})
	} else {
		ans, err = talk.Hear(m.Context(), Saying{Dest: chat, User: user, Text: line, At: tenForty.Add(time.Minute)})
	}
	if err != nil || ans.Text == "" && !strings.HasPrefix(line, "/isu ") {
		m.Errorf("%s asks %q in %s: answer %q, error %v", role, line, chat, ans.Text, err)
	}
	return ans
}

// button is the data of a button as it is on the card now.
func (m *matrix) button(verb string, id incident.ID, arg string) string {
	in, err := m.desk.Get(m.Context(), id)
	if err != nil {
		m.Fatal(err)
	}
	return Data{Verb: verb, ID: id, StateRev: in.StateRev, Arg: arg}.String()
}

// isRefusal reports whether an answer says that somebody may not.
func isRefusal(ans Answer) bool {
	return slices.ContainsFunc([]string{"Hanya ", "Obrolan ini belum", "Di sini Siaga hanya", "Paling lama", "Kode dikonfirmasi di grup"}, func(said string) bool {
		return strings.HasPrefix(ans.Text, said)
	}) || strings.Contains(ans.Text, "di luar wilayah Anda") || strings.Contains(ans.Text, "belum ada yang menangani")
}

const (
	everyone      = "- viewer responder lead approver admin operator"
	theResponders = "responder lead operator"
	theLeads      = "lead operator"
	theAdmins     = "admin operator"
	theApprovers  = "approver operator"
)

// TestWhoMayDoWhat goes through role x verb x chat x site, typed and pressed:
// what may be done is done, what may not be is refused, says who may, and is on
// the timeline.
func TestWhoMayDoWhat(t *testing.T) {
	m := newMatrix(t)
	acting := map[string]string{ // these write something, and need the site
		"/ambil 1": theResponders, m.button("ack", 1, ""): theResponders,
		"/lepas 2": theResponders, m.button("release", 2, ""): theResponders,
		"/selesai 2 mereda": theResponders, m.button("resolve", 2, "m"): theResponders,
		"/selesai 1 mereda": theLeads, m.button("resolve", 1, "m"): theLeads,
		"/buka 3": theResponders, m.button("reopen", 3, ""): theResponders,
		"/tunda 1 4j": theResponders, m.button("snooze", 1, ""): theResponders, m.button("snooze", 1, "4j"): theResponders,
		"/tunda 1 5j": theLeads, "/snooze 1 72h": theLeads,
		"/bangunkan 4": theResponders, m.button("wake", 4, ""): theResponders,
		"/eskalasi 1": theResponders, "/eskalasi 1 Rina": theResponders, m.button("esc", 1, ""): theResponders,
		"/masih 2": theResponders, m.button("still", 2, ""): theResponders,
		"/nilai 3 bising": theResponders, m.button("rate", 3, "n"): theResponders,
		"/catat 1 halo": theResponders,
		"/keluhan 1":    theResponders, m.button("flag", 1, ""): theResponders,
		"/tingkat 1 siaga":        theLeads,
		"/verifikasi 1 salah DLH": theResponders, "/draf 1 awal": theResponders, m.button("draft", 1, "-h"): theResponders,
		"/ubah 1.1 Teks lain.": theResponders, "/setujui 1.1": theApprovers, m.button("yes", 1, "1-"): theApprovers,
		"/tolak 1.1 belum jelas":   theApprovers,
		"/tidak-cocok 1 FAKTA-001": theResponders, m.button("unfit", 1, markOf(facts.Fact{ID: "FAKTA-001"})): theResponders,
		"/tidak-cocok 1 FAKTA-002 batal": theLeads,
		"/fakta terima USUL-1":           theApprovers, "/facts reject 1 too old": theApprovers,
		"/janji 1 cek lapangan sampai besok": theResponders, "/janji tepati 3.1 foto": theResponders, "/janji ubah 3.1 lusa": theResponders,
		m.button("promise", 2, "3d"): theResponders,
	}
	asking := map[string]string{"/tidak-cocok 1": theResponders, m.button("facts", 1, ""): theResponders} // these need the site, and write nothing
	roaming := map[string]string{                                                                         // these write, wherever
		"/serah Rina": theLeads, "/piket serah Rina": theLeads, sampleSheet(): theResponders,
	}
	looking := map[string]string{
		"/draf 1": everyone, // these only answer
		"/fakta":  everyone, "/fakta 1": everyone, "/fakta FAKTA-012": everyone, "/fakta usul-1": everyone, "/fakta usul": theResponders,
		"/isu": everyone, "/isu 1": everyone, "/jejak 1": everyone, m.button("trail", 1, ""): everyone, "/status": everyone, "/kenapa 1": everyone,
		"/janji": everyone, "/janji 3": everyone, "/janji 3.1": everyone,
		"/piket": everyone, "/kenapa-tidak": everyone, "/uji": theAdmins, "/uji Debu": theAdmins, "/muatulang": theAdmins, "/aktifkan Debu": theAdmins,
		"/tidurkan Debu": theAdmins, "/tautkan daftar": theAdmins, "/tautkan AAAAA-BBBBB Dewi": theAdmins,
	}
	sites := map[string][]string{"all": nil, "here": {"kupang", "rembang"}, "elsewhere": {"kupang"}}
	chats := []notifier.Dest{group, topicToo, slackRoom, terminalUser, stranger, slackOther, alone, slackAlone}
	cases := 0
	for role := range strings.FieldsSeq(everyone) {
		for where, limit := range sites {
			for _, chat := range chats {
				if (role == "operator") != (chat == terminalUser) {
					continue // the operator sits there, and nobody else
				}
				may := func(line, who string, needsSite, writes bool) {
					cases++
					ans := m.ask(role, limit, chat, line)
					limited := needsSite && where == "elsewhere" && role != "operator"
					want := known(chat) && slices.Contains(strings.Fields(who), role) && !limited
					delete(m.db.wrote, "timeline")
					if did := len(m.db.wrote) > 0; did != (want && writes) || isRefusal(ans) == want {
						t.Errorf("%s of %s in %s: %q wrote %v, want done %v: %s", role, where, chat, line, m.db.wrote, want, ans.Text)
					}
				}
				for line, who := range acting {
					may(line, who, true, true)
				}
				for line, who := range asking {
					may(line, who, true, false)
				}
				for line, who := range roaming {
					may(line, who, false, true)
				}
				for line, who := range looking {
					may(line, who, false, false)
				}
			}
		}
	}
	if cases != (6*7+1)*3*(len(acting)+len(asking)+len(roaming)+len(looking)) {
		t.Errorf("%d cases", cases)
	}
}

func TestARefusalSaysWhoMayAndIsOnTheTimeline(t *testing.T) {
	m := newMatrix(t)
	for line, c := range map[string]struct {
		role, names string
		sites       []string
	}{
		"/ambil 1":                {"viewer", "Dewi, Rina", nil},
		m.button("ack", 1, ""):    {"-", "Dewi, Rina", nil},
		"/eskalasi 1":             {"approver", "Dewi, Rina", nil},
		"/tunda 1 2j":             {"responder", "Dewi, Rina", []string{"kupang"}},
		"/tunda 1 5j":             {"responder", "Rina", nil},
		"/tingkat 1 siaga":        {"responder", "Rina", nil},
		"/keluhan 1 batal":        {"responder", "Rina", nil},
		"/draf 1 awal":            {"viewer", "Dewi, Rina", nil},
		m.button("wake", 4, ""):   {"admin", "Dewi, Rina", nil},
		m.button("still", 2, ""):  {"viewer", "Dewi, Rina", nil},
		"/unfit 1 FAKTA-002 undo": {"responder", "Rina", nil},
		m.button("facts", 1, ""):  {"viewer", "Dewi, Rina", nil},
	} {
		ans := m.ask(c.role, c.sites, group, line)
		if !strings.Contains(ans.Text, c.names) || !m.db.wrote["timeline"] || len(m.db.wrote) != 1 {
			t.Errorf("%s asks %q: %s, wrote %v", c.role, line, ans.Text, m.db.wrote)
		}
	}
}

func TestWhatMayBeSaidAlone(t *testing.T) {
	m := newMatrix(t)
	for role := range strings.FieldsSeq(strings.TrimSuffix(everyone, " operator")) {
		for chat, want := range map[notifier.Dest]string{alone: "/tautkan", slackAlone: "/isu tautkan"} {
			ans := m.ask(role, nil, chat, "/bantuan")
			if !strings.Contains(ans.Text, want) || strings.Contains(ans.Text, "ambil") || !strings.Contains(ans.Text, "di grup") {
				t.Errorf("%s asks for help in %s: %s", role, chat, ans.Text)
			}
			offered := m.ask(role, nil, chat, "/tautkan")
			if m.db.wrote["code"] != (role == "-") || isRefusal(offered) {
				t.Errorf("%s asks for a code in %s: %s, wrote %v", role, chat, offered.Text, m.db.wrote)
			}
		}
		for _, chat := range []notifier.Dest{stranger, slackOther} {
			if ans := m.ask(role, nil, chat, "/tautkan"); !isRefusal(ans) || len(m.db.wrote) > 0 {
				t.Errorf("%s asks for a code in %s: %s, wrote %v", role, chat, ans.Text, m.db.wrote)
			}
		}
	}
}

func TestHelpListsWhatThisPersonMayDoHereAndNothingElse(t *testing.T) {
	m := newMatrix(t)
	for role := range strings.FieldsSeq(everyone) {
		chat := group
		if role == "operator" {
			chat = terminalUser
		}
		help := m.ask(role, nil, chat, "/bantuan").Text
		for _, v := range verbs() {
			listed := strings.Contains(help, "\n/"+m.lang.say(v.form)+" — ")
			who := map[Role]string{
				Viewer: everyone, Responder: theResponders, Lead: theLeads, Admin: theAdmins, Approver: theApprovers,
			}[v.role]
			if v.names[0] == "serah" {
				listed = strings.Contains(help, "/piket serah")
			}
			if want := slices.Contains(strings.Fields(who), role); listed != want {
				t.Errorf("%s: %s listed %v, want %v", role, v.names[0], listed, want)
			}
		}
	}
}
