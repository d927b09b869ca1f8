package bot

import (
	"testing"

	"github.com/siaga-id/siaga/incident"
)

func TestAReasonIsReadAsItIsShown(t *testing.T) {
	lang, err := NewLang("id")
	if err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]struct {
		reason incident.Reason
		note   string
	}{
		"fakta disampaikan":             {incident.FactsGiven, ""},
		"Fakta disampaikan oleh DLH":    {incident.FactsGiven, "oleh DLH"},
		"fakta oleh DLH":                {incident.FactsGiven, "oleh DLH"},
		"salah deteksi":                 {incident.FalseAlarm, ""},
		"mereda":                        {incident.DiedDown, ""},
		"meredam":                       {},
		"keluhan ditindaklanjuti sudah": {incident.ComplaintHandled, "sudah"},
		"":                              {},
	} {
		reason, note, ok := lang.cutReason(line)
		if ok != (want.reason != "") || ok && (reason != want.reason || note != want.note) {
			t.Errorf("%q is %q with note %q, want %q with %q", line, reason, note, want.reason, want.note)
		}
	}
}
