package bot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// waitingCodes returns the codes in the store.
func waitingCodes(w *world) []string {
	w.Helper()
	var all []string
	err := w.db.View(w.Context(), func(tx store.Tx) error {
		all = nil
		return codes.Scan(tx, "", func(k store.Key, _ Code) error {
			all = append(all, string(k))
			return nil
		})
	})
	if err != nil {
		w.Fatal(err)
	}
	return all
}

const (
	newcomer                = "slack:T01:U77"
	newcomers notifier.Dest = "slack:D77"
)

// asksForACode has the newcomer ask, and returns the code.
func asksForACode(w *world) string {
	w.Helper()
	w.says(newcomers, newcomer, "/isu tautkan")
	all := waitingCodes(w)
	if len(all) != 1 {
		w.Fatalf("codes %v", all)
	}
	return all[0]
}

// is returns the name under which somebody is known.
func (w *world) is(user string) string {
	w.Helper()
	tn := w.talk.turn(group, user, w.now, nil)
	if err := tn.linked(w.Context()); err != nil {
		w.Fatal(err)
	}
	return tn.who.Name
}

func TestACodeIsUsedOnceAndForTenMinutes(t *testing.T) {
	w := newWorld(t, "id")
	code := asksForACode(w)
	if again := asksForACode(w); again != code {
		t.Errorf("asked again the code is %s, want %s", again, code)
	}
	w.now = tenForty.Add(codeValid)
	if ans := w.says(group, agus, "/tautkan "+code+" Dewi"); !strings.HasPrefix(ans.Text, "Kode itu tidak ada") || w.is(newcomer) != "" {
		t.Errorf("an old code: %s", ans.Text)
	}
	w.now = w.now.Add(slipEvery)
	code = asksForACode(w)
	if ans := w.says(group, agus, "/tautkan "+strings.ToLower(spelled(code))+" dewi"); ans.Private || w.is(newcomer) != "Dewi" {
		t.Fatalf("the code is used: %q, %s", ans.Text, w.is(newcomer))
	}
	w.says(group, agus, "/tautkan hapus Dewi")
	if ans := w.says(group, agus, "/tautkan "+code+" Dewi"); !strings.HasPrefix(ans.Text, "Kode itu tidak ada") || w.is(newcomer) != "" {
		t.Errorf("a code is used twice: %s", ans.Text)
	}
}

func TestCodesCannotBeGuessedQuickly(t *testing.T) {
	w := newWorld(t, "id")
	code := asksForACode(w)
	w.says(group, agus, "/tautkan AAAAA-AAAAA Dewi")
	if ans := w.says(group, agus, "/tautkan "+code+" Dewi"); !strings.HasPrefix(ans.Text, "Kode sebelumnya salah") || w.is(newcomer) != "" {
		t.Errorf("right after a wrong guess: %s", ans.Text)
	}
	w.now = w.now.Add(slipEvery)
	w.says(group, agus, "/tautkan "+code+" Dewi")
	if w.is(newcomer) != "Dewi" {
		t.Error("half a minute later the right code is of no use")
	}
}

func TestNoMoreThanSoManyCodesWait(t *testing.T) {
	w := newWorld(t, "id")
	for i := range maxCodes + 1 {
		user := "slack:T01:X" + number(42+1) + strings.Repeat("A", i)
		ans := w.says(newcomers, user, "/isu tautkan")
		if full := strings.HasPrefix(ans.Text, "Terlalu banyak"); full != (i == maxCodes) {
			t.Fatalf("code %d: %s", i, ans.Text)
		}
	}
}

func TestTheConfigurationIsRightAboutWhoSomebodyIs(t *testing.T) {
	w := newWorld(t, "id")
	w.says(group, agus, "/tautkan "+asksForACode(w)+" Dewi")
	rows := append(crew(), Person{Name: "Tono", Slack: "U77"})
	people, err := NewPeople(rows)
	if err != nil {
		t.Fatal(err)
	}
	w.talk.People = func() *People { return people }
	if got := w.is(newcomer); got != "Tono" {
		t.Errorf("the newcomer is %q", got)
	}
	people, err = NewPeople(crew()[:1]) // Dewi has left
	if err != nil {
		t.Fatal(err)
	}
	if got := w.is(newcomer); got != "" {
		t.Errorf("the newcomer is %q", got)
	}
}

// TestNobodyIsTwoPeopleOfATwoPersonRule: an admin with two accounts is one
// admin, and cannot make a second account another admin's.
func TestNobodyIsTwoPeopleOfATwoPersonRule(t *testing.T) {
	w := newShadows(t, "id")
	code := asksForACode(w)
	for _, other := range []string{"Wati", "Agus"} {
		ans := w.says(group, agus, "/tautkan "+code+" "+other)
		if mine := other == "Agus"; (w.is(newcomer) == other) != mine {
			t.Errorf("Agus links an account as %s: %s", other, ans.Text)
		}
		w.now = w.now.Add(time.Minute)
	}
	w.says(admins, agus, "/aktifkan Debu")
	ans := w.says(admins, newcomer, "/isu aktifkan Debu")
	if st := w.stands("Debu"); !st.Shadow || st.Asked != "Agus" {
		t.Errorf("one admin with two accounts made a rule active: %+v, %s", st, ans.Text)
	}
	w.says(admins, wati2, "/isu aktifkan Debu")
	if st := w.stands("Debu"); st.Shadow {
		t.Errorf("two admins did not: %+v", st)
	}
}

// stands returns where a rule stands.
func (w *world) stands(rule string) rules.Standing {
	w.Helper()
	all, _, err := w.talk.Shadows.Look(w.Context())
	i := slices.IndexFunc(all, func(st rules.Standing) bool { return st.Rule == rule })
	if err != nil || i < 0 {
		w.Fatal(rule, err)
	}
	return all[i]
}

func TestAReplyStandsForANoteOnlyWhereOneWasAskedFor(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		l := speak(t, code)
		asked := "Sari: " + l.say(askReply, "id", "ISU-42")
		for _, c := range []struct{ to, line, want string }{
			{asked, "tim tiba", "/catat ISU-42 tim tiba"},
			{asked, "12 rumah retak", "/catat ISU-42 12 rumah retak"},
			{asked, "/ambil 42", ""},
			{asked, "@siaga ambil 42", ""},
			{asked, "  ", ""},
			{l.say(doneNote, "id", "ISU-42", "text", "x"), "ya", ""},
			{asked + " x", "ya", ""},
			{l.say(askReply, "id", "ISU-x"), "ya", ""},
			{"", "ya", ""},
		} {
			if got, ok := l.Replied(c.to, c.line); got != c.want || ok != (c.want != "") {
				t.Errorf("%s: %q to %q: %q, %v", code, c.line, c.to, got, ok)
			}
		}
	}
}

// FuzzReplied: whatever a message of ours says and a person replies, what
// comes of it is a note or nothing.
func FuzzReplied(f *testing.F) {
	id, err := NewLang("id")
	if err != nil {
		f.Fatal(err)
	}
	f.Add("Sari: "+id.say(askReply, "id", "ISU-42"), "tim tiba")
	f.Add(id.say(askReply, "id", "ISU-4\xff"), "/ambil 1")
	f.Add("📝", "\n/catat 1\n")
	f.Fuzz(func(t *testing.T, to, line string) {
		command, ok := id.Replied(to, line)
		if !ok {
			return
		}
		o, isCommand := parse(command)
		if !isCommand || o.name != "catat" {
			t.Errorf("%q to %q is %q", line, to, command)
		}
	})
}

func TestOldRatingsAreForgotten(t *testing.T) {
	w := newWorld(t, "id")
	w.fires("debu", "rembang", rules.Warning, rules.Began)
	w.says(group, sari, "/nilai 1 bising")
	w.now = w.now.Add(ratedFor + time.Minute)
	w.says(group, dewi, "/nilai 1 bising")
	kept := 0
	err := w.db.View(t.Context(), func(tx store.Tx) error {
		kept = 0
		return ratings.Scan(tx, "", func(store.Key, Rating) error { kept++; return nil })
	})
	if err != nil || kept != 1 {
		t.Errorf("%d ratings are kept, %v", kept, err)
	}
}
