package bot

import (
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

// quietly returns what keeps silences, in the store of the transaction that it
// is given and without a chat.
func quietly() Mutes {
	var plan atomic.Pointer[notifier.Plan]
	plan.Store(&notifier.Plan{Zone: time.UTC})
	desk := incident.Desk{Notify: func(store.Tx, incident.Change) error { return nil }}
	return notifier.NewOutbox(notifier.Outbox{
		Act:  desk.Act,
		Plan: &plan, Log: slog.New(slog.DiscardHandler),
		Blind: func(store.Tx, time.Time) ([]notifier.Blind, error) { return nil, nil },
	})
}

// labelled are the topics and sites of world.name.
func labelled() (topics, sites map[string]string) {
	return map[string]string{"debu": "Debu", "air": "Air", "tenaga-kerja": "Tenaga kerja"},
		map[string]string{"rembang": "Rembang", "kupang": "Kupang"}
}

// silences returns those in force.
func (w *world) silences() []notifier.Silence {
	w.Helper()
	var all []notifier.Silence
	err := w.db.View(w.Context(), func(tx store.Tx) (err error) {
		all, err = notifier.Silences(tx)
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return all
}
