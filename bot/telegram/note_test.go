package telegram

import (
	"testing"

	"github.com/siaga-id/siaga/notifier"
)

func TestANoteStandsAloneAndHasNothingToPress(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		note := notifier.Message{Dest: dest, Kind: notifier.KindNote, Note: notifier.Note{Why: notifier.ConfigGood}}
		if _, err := w.bot.Send(t.Context(), note); err != nil {
			t.Fatal(err)
		}
		if got := w.last(); got.ReplyTo != 0 || got.Thread != topic || got.Keyboard != nil || got.Entities != nil {
			t.Errorf("got %+v", got)
		}
	})
}
