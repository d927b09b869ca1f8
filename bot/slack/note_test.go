package slack

import (
	"testing"

	"github.com/siaga-id/siaga/notifier"
)

func TestANoteStandsInTheChannelAndIsNoCard(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		note := notifier.Message{Dest: destOf(room), Kind: notifier.KindNote, Note: notifier.Note{Why: notifier.ConfigGood}}
		if _, err := w.bot.Send(t.Context(), note); err != nil {
			t.Fatal(err)
		}
		if got := w.last(); got.ThreadTS != "" || len(got.Buttons) != 0 || got.Metadata.EventType != "" {
			t.Errorf("got %+v", got)
		}
	})
}
