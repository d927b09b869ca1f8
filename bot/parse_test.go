package bot

import (
	"strings"
	"testing"

	"github.com/siaga-id/siaga/incident"
)

func TestCommandsAreUnderstoodInEveryMessengersForm(t *testing.T) {
	for line, want := range map[string]order{
		"/ambil 42":                  {"ambil", "ambil", "42", false},
		"  /AMBIL   42 ":             {"AMBIL", "ambil", "42", false},
		"/ambil@siagabot 42":         {"ambil", "ambil", "42", false},
		"/ambil@siagabot":            {"ambil", "ambil", "", false},
		"@siaga ambil 42":            {"ambil", "ambil", "42", false},
		"@SIAGA /ambil 42":           {"ambil", "ambil", "42", false},
		"@siaga":                     {"", "", "", false},
		"/isu":                       {"isu", "isu", "", false},
		"/isu 42":                    {"isu", "isu", "42", false},
		"/isu ISU-42":                {"isu", "isu", "ISU-42", false},
		"/isu ambil 42":              {"ambil", "ambil", "42", true},
		"/isu /ambil 42":             {"ambil", "ambil", "42", true},
		"/isu isu 42":                {"isu", "isu", "42", true},
		"/issue ack 42":              {"ack", "ack", "42", true},
		"@siaga isu 42":              {"isu", "isu", "42", false},
		"/kenapa_tidak x":            {"kenapa_tidak", "kenapa-tidak", "x", false},
		"/kenapa-tidak x":            {"kenapa-tidak", "kenapa-tidak", "x", false},
		"/kenapa tidak x":            {"kenapa", "kenapa-tidak", "x", false},
		"/Why not x":                 {"Why", "kenapa-tidak", "x", false},
		"/isu kenapa tidak x":        {"kenapa", "kenapa-tidak", "x", true},
		"/muat ulang":                {"muat", "muatulang", "", false},
		"/kenapa":                    {"kenapa", "kenapa", "", false},
		"/kenapa 42 tidak":           {"kenapa", "kenapa", "42 tidak", false},
		"/catat 42 satu\ndua":        {"catat", "catat", "42 satu\ndua", false},
		"/catat\n42 satu":            {"catat", "catat", "42 satu", false},
		"/ambil\u200b 42":            {"ambil", "ambil", "42", false},
		"/selesai 42 mereda   sepi ": {"selesai", "selesai", "42 mereda   sepi", false},
	} {
		got, ok := parse(line)
		if !ok || got != want {
			t.Errorf("%q: %+v, %v, want %+v", line, got, ok, want)
		}
	}
}

func TestFreeTalkIsNoCommand(t *testing.T) {
	for _, line := range []string{
		"", " ", "ambil 42", "halo @siaga ambil 42", "@budi ambil 42", "@siagabot2 ambil", "/", "/ ambil", "//ambil",
		"/etc/passwd", "5/10", "/.", "isu 42", "/" + strings.Repeat("a", 33),
	} {
		if got, ok := parse(line); ok {
			t.Errorf("%q was read as %+v", line, got)
		}
	}
}

func TestTheIncidentIsTheOneNamedOrTheOneRepliedTo(t *testing.T) {
	for _, c := range []struct {
		rest    string
		on      incident.ID
		hasText bool
		id      incident.ID
		left    string
		found   bool
	}{
		{"42", 0, false, 42, "", true},
		{"isu-42 mereda", 0, false, 42, "mereda", true},
		{"", 0, false, 0, "", false},
		{"mereda", 0, false, 0, "mereda", false},
		{"0", 0, false, 0, "0", false},
		{"99999999999", 0, false, 0, "99999999999", false},
		{"mereda", 7, false, 7, "mereda", true},
		{"42 mereda", 7, false, 42, "mereda", true},
		{"12 rumah retak", 7, true, 7, "12 rumah retak", true},
		{"7 rumah retak", 7, true, 7, "rumah retak", true},
		{"ISU-42 rumah retak", 7, true, 42, "rumah retak", true},
		{"12 rumah retak", 0, true, 12, "rumah retak", true},
		{"#12 rumah retak", 7, true, 7, "#12 rumah retak", true},
		{"12. rumah retak", 7, true, 7, "12. rumah retak", true},
		{"#42", 0, false, 42, "", true},
		{"isu 42 mereda", 0, false, 42, "mereda", true},
		{"Isu #42 mereda", 7, true, 42, "mereda", true},
		{"isu ISU-42", 7, true, 42, "", true},
		{"isu mereda", 7, true, 7, "isu mereda", true},
		{"isu", 0, false, 0, "isu", false},
	} {
		id, left, found := subject(c.rest, c.on, c.hasText)
		if id != c.id || left != c.left || found != c.found {
			t.Errorf("%q on %d: %d %q %v, want %d %q %v", c.rest, c.on, id, left, found, c.id, c.left, c.found)
		}
	}
}

func TestEveryNameOfAVerbIsItsOwn(t *testing.T) {
	taken := map[string]phrase{}
	for _, v := range verbs() {
		for _, name := range append(v.also, v.names[:]...) {
			if other, ok := taken[name]; ok && other != v.example {
				t.Errorf("%q is %s and %s", name, other, v.example)
			}
			if _, _, refused := refusal(name); refused {
				t.Errorf("%q is refused and done", name)
			}
			taken[name] = v.example
		}
	}
}

func TestEveryExampleIsUnderstood(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		l := speak(t, code)
		for _, v := range verbs() {
			for _, line := range []string{l.say(v.example, "n", "42"), l.say(v.form)} {
				o, ok := parse("/isu " + line)
				if got, _ := find(o.name); !ok || got.example != v.example {
					t.Errorf("%s: %q is %+v", code, line, o)
				}
			}
		}
	}
}

func TestTheMenuFitsTelegram(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		for _, item := range speak(t, code).Menu() {
			if strings.ToLower(item.Name) != item.Name || !isName(item.Name) || strings.Contains(item.Name, "-") {
				t.Errorf("%s: Telegram does not take the name %q", code, item.Name)
			}
			if item.Text == "" || len([]rune(item.Text)) >= 60 {
				t.Errorf("%s: %q is no line of a menu", code, item.Text)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"/ambil 42", "@siaga ambil 42", "/isu ambil 42", "/isu /", "/a@b@c d", "@siaga\n/x", "/\u202eambil", "\xff/ambil",
		"/isu isu isu 1", "/ISU_42", "/ambil isu #1.", "/catat # isu 2",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		o, ok := parse(line)
		if !ok {
			return
		}
		if o.name != fold(o.name) || strings.ContainsAny(o.name, "_ \n") {
			t.Errorf("%q: name %q", line, o.name)
		}
		id, rest, found := subject(o.rest, 7, true)
		if !found || id == 0 || len(rest) > len(o.rest) {
			t.Errorf("%q in a reply: %d %q %v", line, id, rest, found)
		}
	})
}
