package slack

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/internal/fakeslack"
)

// chosen has Sari ask to close an incident, choose the first reason, and the
// desk answer as given.
func (w *world) chosen(then bot.Answer) {
	w.t.Helper()
	w.desk.answer = bot.Answer{Text: "Apa alasannya?", Choices: []bot.Button{{Label: "Mereda", Data: "\fk|resolve.16.7.m"}}}
	w.must(w.srv.Slash(room, sari, "/isu", "selesai 42"))
	w.desk.answer = then
	asked := w.srv.Ephemerals()[0]
	w.must(w.srv.PressEphemeral(asked.TS, sari, asked.Buttons[0].ActionID))
}

func TestASecondStepGoesAfterUse(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		w.chosen(bot.Answer{Text: "Selesai."})
		seen := w.srv.Ephemerals()
		if len(seen) != 2 || !seen[0].Gone || seen[1].Gone || seen[1].Plain != "Selesai." {
			t.Errorf("Sari sees %+v", seen)
		}
		if diff := cmp.Diff([]string{`slack:C1 slack:T0FAKE:U1 "\fk|resolve.16.7.m"`}, w.desk.presses()); diff != "" {
			t.Errorf("pressed (-want +got):\n%s", diff)
		}
		if err := w.srv.PressEphemeral(seen[0].TS, sari, seen[0].Buttons[0].ActionID); err == nil {
			t.Error("what is gone can be pressed")
		}
	})
}

func TestASecondStepThatCannotBeTakenBackHurtsNobody(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		w.srv.Fail(fakeslack.ResponseURL, fakeslack.Page(503))
		w.chosen(bot.Answer{Text: "Selesai."})
		if seen := w.srv.Ephemerals(); seen[0].Gone || seen[1].Plain != "Selesai." || w.log.count("remove a choice") != 1 {
			t.Errorf("Sari sees %+v; the log:\n%s", seen, w.log)
		}
	})
}

func TestACommandInAChannelWithoutUsIsAnsweredThroughItsURL(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		w.must(w.srv.Kick(foreign))
		w.desk.answer = bot.Answer{Text: "Obrolan ini belum terdaftar & <baru>"}
		w.must(w.srv.Slash(foreign, sari, "/isu", ""))
		if diff := cmp.Diff([]string{"U1@C9: Obrolan ini belum terdaftar & <baru>"}, w.whispers()); diff != "" {
			t.Errorf("answered (-want +got):\n%s", diff)
		}
	})
}
