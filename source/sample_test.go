package source

import (
	"slices"
	"testing"
)

func TestTextsAreThoseOfTheRecordsThatCanBeRead(t *testing.T) {
	for _, c := range []struct {
		name, data string
		want       []string
	}{
		{"a.jsonl", `{"title":"Debu","text":"di Gunem"}` + "\n\nno record\n" + `{"text":"abu"}` + "\n" + `{"author":"x"}` + "\n" + `{"text":"cut o`, []string{"Debu\ndi Gunem", "abu"}},
		{"a.CSV", "text;author\ndebu;x\n;y\nabu;z\n", []string{"debu", "abu"}},
		{"a.csv", "name,age\nx,1\n", nil},
		{"a.jsonl", "", nil},
	} {
		if got := Texts(c.name, []byte(c.data)); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.data, got, c.want)
		}
	}
}
