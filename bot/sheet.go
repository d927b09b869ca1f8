package bot

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/text"
)

// A sheet is the form on which a fact is proposed: one field a line, in either
// language, in any order.

// entry is one field of a sheet.
type entry struct {
	key   string    // as in a fact file
	names [2]string // Indonesian, English
	also  []string
	do    phrase // what to write there
}

func entries() []entry {
	return []entry{
		{"text", [2]string{"teks", "text"}, []string{"fakta", "fact", "kalimat", "sentence"}, doText},
		{"number", [2]string{"angka", "number"}, nil, doNumber},
		{"unit", [2]string{"satuan", "unit"}, nil, doUnit},
		{"source", [2]string{"sumber", "source"}, nil, doSource},
		{"sha256", [2]string{"sha256", "sha256"}, []string{"hash"}, doHash},
		{"tier", [2]string{"tingkat", "tier"}, nil, doTier},
		{"independent", [2]string{"independen", "independent"}, nil, doIndependent},
		{"date", [2]string{"tanggal", "date"}, []string{"tgl"}, doDate},
		{"valid_until", [2]string{"berlaku", "valid until"}, []string{"berlaku sampai", "until", "valid"}, doUntil},
		{"topics", [2]string{"topik", "topic"}, []string{"topics"}, doTopics},
		{"sites", [2]string{"lokasi", "site"}, []string{"sites", "situs"}, doSites},
		{"proves_not", [2]string{"tidak membuktikan", "does not prove"}, []string{"proves not", "batas", "limit"}, doLimit},
		{"superseded_by", [2]string{"menggantikan", "replaces"}, []string{"mengganti", "supersedes"}, doReplaces},
	}
}

const (
	// maxField bounds a field in runes, and maxSource an address: what a list of
	// facts in a chat has room for.
	maxField  = 500
	maxSource = 1000
)

// sheet is what somebody wrote, by the key of the field, and what is wrong with it.
type sheet struct {
	*turn
	values map[string]string
	bad    map[string]bool // fields of which something is wrong already
	wrong  []string        // as people read it
}

// readSheet reads the fields of some lines. Where no lines can be typed, " | "
// stands between the fields.
func (t *turn) readSheet(written string) *sheet {
	s := &sheet{turn: t, values: map[string]string{}, bad: map[string]bool{}}
	if !strings.Contains(written, "\n") {
		written = strings.ReplaceAll(written, "|", "\n")
	}
	at := "" // the field that a line goes on with
	for line := range strings.Lines(written) {
		if line = strings.Join(strings.Fields(strings.TrimLeft(line, " \t-*•")), " "); line != "" {
			at = s.read(line, at)
		}
	}
	return s
}

// read takes in one line, and returns the field that the next one may go on with.
func (s *sheet) read(line, at string) string {
	name, value, named := strings.Cut(line, ":")
	e, found := entryOf(name)
	switch meant, near := nearField(name); {
	case named && found && s.values[e.key] != "":
		s.refuse(e, sheetTwice)
		return e.key
	case named && found:
		s.values[e.key] = strings.TrimSpace(value)
		return e.key
	case named && near:
		s.wrong = append(s.wrong, s.Lang.say(sheetUnknown, "value", one(name, placeRunes), "field", s.field(meant)))
		s.bad[meant.key] = true
		return meant.key
	case at == "":
		s.wrong = append(s.wrong, s.Lang.say(sheetStray, "value", one(line, placeRunes), "field", s.field(entries()[0])))
		return ""
	}
	if !s.bad[at] {
		s.values[at] = strings.TrimSpace(s.values[at] + " " + line)
	}
	return at
}

func entryOf(name string) (entry, bool) {
	name = strings.ToLower(strings.TrimSpace(name))
	all := entries()
	i := slices.IndexFunc(all, func(e entry) bool {
		return slices.Contains(e.names[:], name) || slices.Contains(e.also, name) || strings.ReplaceAll(e.key, "_", " ") == name
	})
	if i < 0 {
		return entry{}, false
	}
	return all[i], true
}

// nearField returns the field whose name is most like a mistyped one. What
// stands before a colon in a sentence is none.
func nearField(name string) (entry, bool) {
	name = strings.ToLower(strings.TrimSpace(name))
	odd := func(r rune) bool { return !unicode.IsLetter(r) && r != ' ' }
	if name == "" || utf8.RuneCountInString(name) > len("tidak membuktikan")+2 || strings.ContainsFunc(name, odd) {
		return entry{}, false
	}
	var names []string
	for _, e := range entries() {
		names = append(append(names, e.names[:]...), e.also...)
	}
	near, ok := text.Nearest(name, names)
	e, _ := entryOf(near)
	return e, ok
}

func (t *turn) field(e entry) string { return t.Lang.pick(e.names) }

// refuse says what is wrong with a field, and what to do.
func (s *sheet) refuse(e entry, key phrase) {
	if s.bad[e.key] {
		return
	}
	s.bad[e.key] = true
	topics, sites := s.Labels()
	known := topics
	if e.key == "sites" {
		known = sites
	}
	do := s.Lang.say(e.do, "known", strings.Join(slices.Sorted(maps.Keys(known)), ", "), "facts", s.allFacts(),
		"date", s.pastDay(), "until", s.nextDay())
	s.wrong = append(s.wrong, s.Lang.say(key,
		"field", s.field(e), "value", one(s.values[e.key], placeRunes), "do", do, "n", strconv.Itoa(maxField)))
}

// pastDay and nextDay are days for an example: of a measurement, and to which a
// fact may hold.
func (t *turn) pastDay() string { return t.at.In(t.zone(nil)).AddDate(0, 0, -14).Format(time.DateOnly) }

func (t *turn) nextDay() string { return t.at.In(t.zone(nil)).AddDate(0, 6, 0).Format(time.DateOnly) }

// proposal makes a proposal of what was written. It is of use only where nothing
// is wrong.
func (s *sheet) proposal() facts.Proposal {
	v := s.values
	f := facts.Fact{
		Text: v["text"], Number: v["number"], Unit: v["unit"], ProvesNot: v["proves_not"], Owner: s.who.Name,
		Source: s.source(), Tier: s.tier(), Independent: s.yes("independent"), Date: s.date(),
		Topics: s.among("topics"), Sites: s.among("sites"), ValidUntil: s.until(),
	}
	p := facts.Proposal{Fact: f, Replaces: s.replaces(), By: s.who.Name, Via: s.dest.Transport(), At: s.at.UTC()}
	for _, problem := range facts.Wrong(f) {
		if e, known := entryOf(strings.ReplaceAll(problem.Field, "_", " ")); known {
			s.refuse(e, s.lackOr(e))
		}
	}
	for _, e := range entries() {
		limit := maxField
		if e.key == "source" {
			limit = maxSource
		}
		if utf8.RuneCountInString(v[e.key]) > limit {
			s.refuse(e, sheetLong)
		}
	}
	return p
}

func (s *sheet) lackOr(e entry) phrase {
	if s.values[e.key] == "" {
		return sheetLacks
	}
	return sheetWrong
}
