package bot

import (
	"math"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/evidence"
	"github.com/siaga-id/siaga/incident"
)

func TestButtonDataIsShortAndComesBack(t *testing.T) {
	for _, c := range []struct {
		data Data
		want string
	}{
		{Data{Verb: "ack", ID: 42, StateRev: 7}, "\fk|ack.16.7"},
		{Data{Verb: "resolve", ID: 42, StateRev: 7, Arg: "m"}, "\fk|resolve.16.7.m"},
		{Data{Verb: "flag", ID: 1, StateRev: 36}, "\fk|flag.1.10"},
		{Data{Verb: "esc", ID: 42, StateRev: 7}, "\fk|esc.16.7"},
		{Data{Verb: "rate", ID: 42, StateRev: 7, Arg: "n"}, "\fk|rate.16.7.n"},
		{Data{Verb: "snooze", ID: math.MaxUint32, StateRev: 1679615, Arg: "4j"}, "\fk|snooze.1z141z3.zzzz.4j"},
		{Data{Verb: "facts", ID: 42, StateRev: 7}, "\fk|facts.16.7"},
		{Data{Verb: "unfit", ID: 42, StateRev: 7, Arg: "k3x9qz"}, "\fk|unfit.16.7.k3x9qz"},
		{testPress(), "\fk|test.0.0"},
		// The largest id that ParseID takes, and more changes than one incident has.
		{Data{Verb: "resolve", ID: math.MaxUint32, StateRev: 1679615, Arg: "m"}, "\fk|resolve.1z141z3.zzzz.m"},
	} {
		got := c.data.String()
		if got != c.want || len(got) > maxData {
			t.Errorf("%+v: %q (%d bytes), want %q", c.data, got, len(got), c.want)
		}
		if back, err := ParseData(got); err != nil || back != c.data {
			t.Errorf("%q: %+v, %v", got, back, err)
		}
	}
}

func TestEveryReasonFitsOnAButton(t *testing.T) {
	l := speak(t, "id")
	in := incident.Incident{ID: math.MaxUint32, StateRev: 1679615}
	for i, b := range l.reasons(in) {
		d, err := ParseData(b.Data)
		if err != nil {
			t.Fatal(err)
		}
		if r, ok := l.parseReason(d.Arg); !ok || r != incident.Reasons()[i] {
			t.Errorf("%s: %q is %q", b.Label, d.Arg, r)
		}
	}
}

func TestEveryFactFitsOnAButton(t *testing.T) {
	l := speak(t, "id")
	library := library()
	library[1].ID = strings.Repeat("FAKTA/", 40)
	for _, in := range []incident.Incident{{ID: 42, StateRev: 7}, {ID: math.MaxUint32, StateRev: 1679615}} {
		var hits []evidence.Hit
		for _, f := range library {
			hits = append(hits, evidence.Hit{Fact: f})
		}
		for i, b := range l.misfits(in, hits) {
			d, err := ParseData(b.Data)
			if err != nil {
				t.Fatal(err)
			}
			if f, found := marked(library, d.Arg); !found || f.ID != library[i].ID {
				t.Errorf("%s: %q is %q", b.Label, d.Arg, f.ID)
			}
		}
	}
	for _, mark := range []string{"", "a", "zz", "zzzzzz", markOf(library[0]) + "a"} {
		if f, found := marked(library, mark); found {
			t.Errorf("%q is %s", mark, f.ID)
		}
	}
	if f, found := marked(append(library, library[0]), markOf(library[0])); found {
		t.Errorf("of two with one mark %s was taken", f.ID)
	}
}

func FuzzParseData(f *testing.F) {
	for _, seed := range []string{
		"\fk|ack.16.7", "\fk|resolve.16.7.m", "", "\f", "\fk|", "\fk|ack.16", "\fk|ack.016.7", "\fk|ack.0.7",
		"\fk|ack.16.0", "\fk|ACK.16.7", "\fk|fire.16.7", "\fk|ack.16.7.m", "\fk|rate.16.7", "\fk|rate.16.7.n", "\fk|facts.16.7", "\fk|unfit.16.7.k3x9qz", "\fk|unfit.16.7", "\fk|snooze.16.7.2j", "\fk|esc.16.7", "\fk|trail.16.7", "\fk|resolve.16.7.", "\fk|resolve.16.7.a b",
		"\fk|ack.-1.7", "\fk|ack.zzzzzzzz.7", "k|ack.16.7", "\fk|ack.16.7\n", "\fk|.16.7", "\fk|test.0.0", "\fk|test.1.1", "\fk|test.0.0.m", "\fk|ack.1Z.7", "\xff\fk|ack",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseData(s)
		if err != nil {
			if d != (Data{}) {
				t.Errorf("%q: %+v with an error", s, d)
			}
			return
		}
		if about := d.ID != 0 && d.command() != ""; d.String() != s || len(s) > maxData || !about && d != testPress() {
			t.Errorf("%q was read as %+v", s, d)
		}
	})
}
