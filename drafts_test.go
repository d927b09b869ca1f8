package main

import (
	"bytes"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/draft"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/fakemodel"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// whoever leads every request to the server of the moment.
type whoever struct{ at *fakemodel.Server }

func (w *whoever) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = "http", w.at.Listener.Addr().String()
	return http.DefaultTransport.RoundTrip(r)
}

// drafting is an app that asks a model, over a store with one incident about
// which facts speak.
func drafting(t *testing.T, model *whoever, log *bytes.Buffer) *app {
	t.Helper()
	w := newWorld(t, "\ndrafts: {company: PT Semen Contoh, model: {url: https://model.example/v1, name: m}}\n")
	w.env["SIAGA_MODEL_TOKEN"] = "t0ken-of-the-model"
	o := w.outside(strings.NewReader(""))
	o.feeds = func(*config.Config) *http.Client { return &http.Client{Transport: model} }
	live, err := config.NewLive(filepath.Join(w.dir, "config.yaml"), config.Options{Env: o.env})
	if err != nil {
		t.Fatal(err)
	}
	a, err := build(t.Context(), live, o, slog.New(slog.NewTextHandler(log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.db.Close() })
	dust := facts.Fact{
		ID: "FAKTA-003", Text: "Pengukuran DLH di balai desa Tegaldowo mencatat PM10 sebesar 61 mikrogram per meter kubik.", Number: "61",
		Source: facts.Source{Name: "DLH Rembang", URL: "https://dlh.example/udara"}, Tier: 1, ProvesNot: "keadaan hari ini",
		Topics: []string{"debu"}, ValidUntil: time.Now().Add(time.Hour), Owner: "Rina", Approver: "Budi",
	}
	water := dust
	water.ID, water.Number, water.Text = "FAKTA-005", "3,1", "Laboratorium mencatat kekeruhan sumur pantau di Tegaldowo sebesar 3,1 NTU."
	library, _ := facts.NewLibrary([]facts.Fact{dust, water})
	a.live.Join(func(*facts.Library) *facts.Library { return library })
	f := rules.Firing{Rule: "Debu", Phase: rules.Began, Topic: "debu", Site: "rembang", Severity: rules.Warning, At: time.Now()}
	if err := a.db.Update(t.Context(), func(tx store.Tx) error { return a.desk.Fire(tx, f) }); err != nil {
		t.Fatal(err)
	}
	return a
}

// TestWhateverAModelDoesTheDraftIsMadeOfFacts holds the whole way from a command
// to a kept draft: a model that goes wrong leaves the form's words, and the
// log says why.
func TestWhateverAModelDoesTheDraftIsMadeOfFacts(t *testing.T) {
	order := draft.Order{Kind: draft.Clarify, Style: draft.Formal, Facts: []string{"FAKTA-003", "FAKTA-005"}}
	by := draft.Actor{Actor: incident.Actor{Name: "Sari"}, At: time.Now()}
	var log bytes.Buffer
	model := &whoever{}
	a := drafting(t, model, &log)
	for _, b := range append(fakemodel.Bad(), fakemodel.Good()) {
		t.Run(b.Name, func(t *testing.T) {
			s := fakemodel.New(b)
			defer s.Close()
			model.at = s
			log.Reset()
			d, err := a.drafts.Compose(t.Context(), 1, order, by)
			if err != nil || len(s.Bodies()) != 1 {
				t.Fatalf("%v, asked %d times", err, len(s.Bodies()))
			}
			words := !strings.Contains(log.String(), "words of the model are not taken")
			if good := b.Name == fakemodel.Good().Name; d.Model != good || words != good {
				t.Errorf("by the model: %v: %s\nlog: %s", d.Model, d.Text, log.String())
			}
			if !strings.Contains(d.Text, "61 mikrogram per meter kubik") || strings.Contains(log.String(), "t0ken") {
				t.Errorf("%s\nlog: %s", d.Text, log.String())
			}
		})
	}
}
