package slack

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	slackgo "github.com/slack-go/slack"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/fakeslack"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

// closing is the form of a resolve.
func closing() *bot.Form {
	return &bot.Form{
		Title: "Tutup ISU-42", Submit: "Simpan", Cancel: "Batal", Data: "\fk|resolve.16.7", Label: "Alasan", Words: "Catatan",
		Choices: []bot.Button{{Label: "Mereda", Data: "\fk|resolve.16.7.m"}, {Label: "Duplikat", Data: "\fk|resolve.16.7.d"}},
	}
}

func TestAPressThatAsksOpensAFormBeforeAnyOtherCall(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		at := w.sendAsking("resolve")
		w.desk.answer = bot.Answer{Form: closing()}
		before := len(w.srv.Calls())
		w.must(w.srv.Press(room, at.MsgID, sari, "isu.resolve"))
		if calls := w.srv.Calls()[before:]; len(calls) == 0 || calls[0].Method != "views.open" {
			t.Fatalf("after the acknowledgement: %v", calls)
		}
		views := w.srv.Views()
		if len(views) != 1 || views[0].Title != "Tutup ISU-42" || !strings.Contains(views[0].PrivateMetadata, `resolve.16.7"`) {
			t.Fatalf("views %+v", views)
		}
		w.desk.answer = bot.Answer{Text: "ISU-42 selesai."}
		_, err := w.srv.SubmitView(views[0].ID, sari, map[string]string{choiceID: "\fk|resolve.16.7.d", writtenID: "sama dengan ISU-41"})
		w.must(err)
		want := []string{`slack:C1 slack:T0FAKE:U1 "\fk|resolve.16.7"`, `slack:C1 slack:T0FAKE:U1 "\fk|resolve.16.7.d" sama dengan ISU-41`}
		if diff := cmp.Diff(want, w.desk.presses()); diff != "" {
			t.Errorf("pressed (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"U1@C1: ISU-42 selesai."}, w.whispers()); diff != "" {
			t.Errorf("answered (-want +got):\n%s", diff)
		}
	})
}

func TestAFormWithoutAChoiceCarriesWhatIsWritten(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		at := w.sendAsking("note")
		w.desk.answer = bot.Answer{Form: &bot.Form{Title: strings.Repeat("Catat ", 9), Submit: "Simpan", Cancel: "Batal", Data: "\fk|note.16.7", Words: "Catatan", Needed: true}}
		w.must(w.srv.Press(room, at.MsgID, sari, "isu.note"))
		view := w.srv.Views()[0]
		if _, err := w.srv.SubmitView(view.ID, sari, nil); err == nil {
			t.Error("an empty note can be submitted")
		}
		_, err := w.srv.SubmitView(view.ID, sari, map[string]string{writtenID: "tim tiba\ndi lokasi"})
		w.must(err)
		if got := w.desk.presses(); len(got) != 2 || !strings.HasSuffix(got[1], `"\fk|note.16.7" tim tiba`+"\ndi lokasi") {
			t.Errorf("pressed %q", got)
		}
	})
}

func TestAGuestsFormIsRefusedWhenItComesBack(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.srv.AddUser(fakeslack.User{ID: "U9", Name: "tamu", Guest: true})
		w.run(w.bot)
		at := w.sendAsking("resolve")
		w.desk.answer = bot.Answer{Form: closing()}
		w.must(w.srv.Press(room, at.MsgID, "U9", "isu.resolve"))
		_, err := w.srv.SubmitView(w.srv.Views()[0].ID, "U9", nil)
		w.must(err)
		if got := w.desk.presses(); len(got) != 1 {
			t.Errorf("a guest did %q", got[1:])
		}
	})
}

func TestWhatIsSeldomPressedIsFoldedAway(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		m := cardMessage()
		m.Card.Incident.Severity = rules.Warning
		at, err := w.bot.Send(t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		w.must(w.srv.Choose(room, at.MsgID, sari, "isu.more", "\fk|trail.16.7"))
		if got := w.desk.presses(); len(got) != 1 || !strings.Contains(got[0], `"\fk|trail.16.7"`) {
			t.Errorf("pressed %q", got)
		}
	})
}

func TestAQuestionToTheOwnerHasItsAnswers(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		m := pingMessage(w.send())
		m.Why, m.Entry = "asked", incident.Entry{Verb: incident.Ask}
		if _, err := w.bot.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		got := w.last()
		if len(got.Buttons) != 2 || got.Buttons[0].Text != "Ya" {
			t.Fatalf("buttons %+v", got.Buttons)
		}
		w.must(w.srv.Press(room, got.TS, sari, "isu.still"))
		if p := w.desk.presses(); len(p) != 1 || !strings.Contains(p[0], "still.16.7") {
			t.Errorf("pressed %q", p)
		}
	})
}

// sendAsking posts a card whose button asks for more.
func (w *world) sendAsking(verb string) notifier.Receipt {
	w.t.Helper()
	w.bot.cfg.Lang = asking{words{}, verb}
	return w.send()
}

// asking are words with one button.
type asking struct {
	words
	verb string
}

func (a asking) Buttons(c notifier.Card) [][]bot.Button {
	d := bot.Data{Verb: a.verb, ID: c.Incident.ID, StateRev: c.Incident.StateRev}
	return [][]bot.Button{{{Label: "✅", Data: d.String()}}}
}

func TestAFormThatIsNotOursDoesNothing(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		l := newListener(w.bot)
		l.me = identity{team: fakeslack.TeamID, user: fakeslack.BotUserID}
		ours := `{"channel":"C1","data":"\fk|note.16.7"}`
		for _, c := range []struct{ callback, metadata string }{
			{"other", ours}, {formID, ""}, {formID, "{"}, {formID, `{"data":"x"}`}, {formID, `[]`},
		} {
			p := slackgo.InteractionCallback{Type: slackgo.InteractionTypeViewSubmission, User: slackgo.User{ID: sari, TeamID: fakeslack.TeamID}}
			p.View.CallbackID, p.View.PrivateMetadata = c.callback, c.metadata
			l.onForm(t.Context(), "e", p)
		}
		if got := w.desk.presses(); len(got) != 0 {
			t.Errorf("pressed %q", got)
		}
		p := slackgo.InteractionCallback{Type: slackgo.InteractionTypeViewSubmission, User: slackgo.User{ID: sari, TeamID: fakeslack.TeamID}}
		p.View.CallbackID, p.View.PrivateMetadata = formID, `{"channel":"C1","data":"k|note.16.7"}` // and nothing filled in
		l.onForm(t.Context(), "e", p)
		if got := w.desk.presses(); len(got) != 1 || !strings.HasSuffix(got[0], `"\fk|note.16.7"`) {
			t.Errorf("pressed %q", got)
		}
	})
}

func TestASheetStandsInItsFormAlreadyAndHasRoom(t *testing.T) {
	for start, want := range map[string]int{"": maxWords, "teks: …\ntingkat: 1": maxSheet} {
		view := modal(&bot.Form{Title: "Usulkan fakta", Words: "Isian", Start: start, Needed: true})
		field, _ := view.Blocks.BlockSet[0].(*slackgo.InputBlock)
		words, _ := field.Element.(*slackgo.PlainTextInputBlockElement)
		if words.InitialValue != start || words.MaxLength != want || !words.Multiline || field.Optional {
			t.Errorf("with %q: %+v", start, words)
		}
	}
}
