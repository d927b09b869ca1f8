package store

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

type note struct {
	Text string `json:"text,omitempty"`
	V    int    `json:"V,omitempty"` // encoding/json would take "v" for it
}

// stored puts v on a shelf and returns what an engine gets to see, and what
// comes back.
func stored[V any](t *testing.T, v V) (string, V) {
	t.Helper()
	db, shelf := newTwin(), Shelf[V]("s")
	var raw []byte
	var back V
	update(t, db, func(tx Tx) {
		wantErr(t, "Put", shelf.Put(tx, "k", v), nil)
		raw, _ = tx.Get("s", "k")
		got, ok, err := shelf.Get(tx, "k")
		if err != nil || !ok {
			t.Errorf("Get = %v, %v", ok, err)
		}
		back = got
	})
	return string(raw), back
}

func wantStored[V any](t *testing.T, v V, want string) {
	t.Helper()
	raw, back := stored(t, v)
	if raw != want {
		t.Errorf("%#v is stored as %s, want %s", v, raw, want)
	}
	if diff := cmp.Diff(v, back); diff != "" {
		t.Errorf("comes back changed (-put +got):\n%s", diff)
	}
}

func TestValuesCarryTheirVersion(t *testing.T) {
	wantStored(t, note{Text: "debu & asap <1 km"}, `{"v":1,"text":"debu & asap <1 km"}`)
	wantStored(t, note{}, `{"v":1}`)
	wantStored(t, note{V: 7}, `{"v":1,"V":7}`)
	wantStored(t, &note{Text: "a"}, `{"v":1,"text":"a"}`)
	wantStored(t, map[string]string{"v": "mine"}, `{"v":1,"v":"mine"}`)
	wantStored(t, json.RawMessage(`{"a":[1,2]}`), `{"v":1,"a":[1,2]}`)
}

func TestBinaryFormsAreStoredAsTheyAre(t *testing.T) {
	wantStored(t, []byte("\x00raw"), "\x00raw")
	wantStored(t, []byte{}, "")
	at := time.Date(2026, 11, 24, 8, 4, 5, 6, time.UTC)
	form, err := at.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	wantStored(t, at, string(form))
}

func TestPutRefusesWhatIsNoObject(t *testing.T) {
	update(t, newTwin(), func(tx Tx) {
		wantErr(t, "a number", Shelf[int]("s").Put(tx, "k", 1), ErrNotObject)
		wantErr(t, "a list", Shelf[[]string]("s").Put(tx, "k", []string{}), ErrNotObject)
		wantErr(t, "null", Shelf[*note]("s").Put(tx, "k", nil), ErrNotObject)
		err := Shelf[any]("s").Put(tx, "k", func() {})
		if err == nil || !strings.Contains(err.Error(), `"k" for shelf "s"`) {
			t.Errorf("a function: %v", err)
		}
	})
}

func TestBadValuesNameShelfAndKey(t *testing.T) {
	const shelf Shelf[note] = "incident"
	tests := []struct {
		name, value string
		want        error
	}{
		{"newer", `{"v":2,"text":"a"}`, ErrNewerValue},
		{"much newer", `{"v":9999}`, ErrNewerValue},
		{"version 0", `{"v":0}`, errNoVersion},
		{"version too large to be one", `{"v":99999999999999999999}`, errNoVersion},
		{"no version", `{"text":"a"}`, errNoVersion},
		{"no number", `{"v":"1"}`, errNoVersion},
		{"cut in the version", `{"v":1`, errNoVersion},
		{"cut in the value", `{"v":1,"text":"a`, nil},
		{"another type", `{"v":1,"text":5}`, nil},
		{"behind the object", `{"v":1}}`, nil},
		{"empty", ``, errNoVersion},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			update(t, newTwin(), func(tx Tx) {
				put(t, tx, "incident", "42", tt.value)
				_, ok, err := shelf.Get(tx, "42")
				_, _, errMany := shelf.GetMany(tx, []Key{"none", "42"})
				errScan := shelf.Scan(tx, "", func(Key, note) error { return nil })
				for _, err := range []error{err, errMany, errScan} {
					if ok || err == nil || !strings.Contains(err.Error(), `"42" from shelf "incident"`) {
						t.Errorf("%v, %v", ok, err)
					}
					if tt.want != nil && !errors.Is(err, tt.want) {
						t.Errorf("%v, want %v", err, tt.want)
					}
				}
			})
		})
	}
}

// FuzzDecodeOfAnyBytes: a value may be refused, never misread as another.
func FuzzDecodeOfAnyBytes(f *testing.F) {
	for _, seed := range []string{`{"v":1}`, `{"v":1,"text":"a"}`, `{"v":2}`, `{"v":1,}`, `{"v":`, "", `{"v":01,"V":3}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var got, again note
		if decode(data, &got) != nil {
			return
		}
		form, err := encode(&got)
		if err != nil {
			t.Fatal(err)
		}
		if err := decode(form, &again); err != nil || got != again {
			t.Errorf("%q is %+v, then %+v, %v", data, got, again, err)
		}
	})
}

func TestScanOfAShelfMeetsItsPrefixOnly(t *testing.T) {
	const shelf Shelf[note] = "timeline"
	update(t, newTwin(), func(tx Tx) {
		for _, key := range []Key{"1/a", "1/b", "10/a", "2/a"} {
			wantErr(t, "Put", shelf.Put(tx, key, note{Text: string(key)}), nil)
		}
		wantErr(t, "Delete", shelf.Delete(tx, "1/b"), nil)
		var got []Key
		collect := func(key Key, n note) error {
			if n.Text != string(key) {
				t.Errorf("%q at %q", n.Text, key)
			}
			got = append(got, key)
			return nil
		}
		wantErr(t, "Scan", shelf.Scan(tx, "1/", collect), nil)
		wantErr(t, "Range", shelf.Range(tx, "10", "", collect), nil)
		if diff := cmp.Diff([]Key{"1/a", "10/a", "2/a"}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		values, found, err := shelf.GetMany(tx, []Key{"2/a", "none", "1/a"})
		wantErr(t, "GetMany", err, nil)
		if !cmp.Equal(found, []bool{true, false, true}) || values[0].Text != "2/a" || values[2].Text != "1/a" {
			t.Errorf("GetMany = %v, %v", values, found)
		}
	})
}

func TestErrorsOfTheEnginePassThroughAShelf(t *testing.T) {
	db := newTwin()
	const shelf Shelf[note] = "s"
	var ended Tx
	update(t, db, func(tx Tx) { ended = tx })
	_, _, err := shelf.Get(ended, "k")
	wantErr(t, "Get", err, ErrEnded)
	_, _, err = shelf.GetMany(ended, nil)
	wantErr(t, "GetMany", err, ErrEnded)
	_, err = Counter("c").Get(ended, "k")
	wantErr(t, "Counter.Get", err, ErrEnded)
	_, err = Daily[note]("d").Days(ended)
	wantErr(t, "Days", err, ErrEnded)
	_, err = Daily[note]("d").DropBefore(ended, time.Now())
	wantErr(t, "DropBefore", err, ErrEnded)
}

func TestASweepTakesWhatItIsToldToBelowItsPrefix(t *testing.T) {
	const shelf Shelf[note] = "timeline"
	update(t, newTwin(), func(tx Tx) {
		for _, key := range []Key{"1/a", "1/b", "1/c", "10/b"} {
			wantErr(t, "Put", shelf.Put(tx, key, note{Text: string(key)}), nil)
		}
		n, err := shelf.Sweep(tx, "1/", func(k Key, v note) bool { return v.Text == string(k) && k != "1/b" })
		wantErr(t, "Sweep", err, nil)
		var left []Key
		wantErr(t, "Scan", shelf.Scan(tx, "", func(k Key, _ note) error { left = append(left, k); return nil }), nil)
		if diff := cmp.Diff([]Key{"1/b", "10/b"}, left); n != 2 || diff != "" {
			t.Errorf("%d taken (-want +got):\n%s", n, diff)
		}
	})
}
