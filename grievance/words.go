package grievance

import (
	_ "embed"
	"iter"
	"strings"

	"github.com/siaga-id/siaga/forms"
	"github.com/siaga-id/siaga/lexicon"
	"github.com/siaga-id/siaga/text"
)

//go:embed signs.txt
var signsFile string

// Lists of signs.txt that are no signs.
const (
	number  Sign = "number"  // makes a time with a span: dua minggu
	span    Sign = "span"    // minggu
	owner   Sign = "owner"   // a person who stands before what is owned: my, pung
	not     Sign = "not"     // takes away the harm or source behind it
	nothing Sign = "nothing" // hides the words in it: rumah sakit
)

// sections yields the entries of signs.txt, each with the list it stands in.
func sections() iter.Seq2[Sign, string] {
	return func(yield func(Sign, string) bool) {
		var list Sign
		for line := range strings.Lines(signsFile) {
			line, _, _ = strings.Cut(line, "#")
			line = strings.TrimSpace(line)
			if name, ok := strings.CutPrefix(line, "["); ok {
				list = Sign(strings.TrimSuffix(name, "]"))
				continue
			}
			for entry := range strings.SplitSeq(line, ",") {
				if entry = strings.TrimSpace(entry); entry != "" && !yield(list, entry) {
					return
				}
			}
		}
	}
}

// owners are the endings that make a thing the writer's own, and others those
// that make it somebody's: rumahku, omahe.
var (
	owners = []string{"ku", "q", "qu", "kuh"}                      //nolint:gochecknoglobals // never written
	others = []string{"", "nya", "ny", "e", "ne", "na", "mu", "é"} //nolint:gochecknoglobals // never written
)

// words builds the lexicon of signs.txt and of the names of places.
type words struct {
	keyer   text.Keyer
	builder *lexicon.Builder
	tokens  []text.Token
	keys    []text.Key
}

func newWords(places []string) *lexicon.Lexicon {
	w := words{keyer: text.NewKeyer()}
	w.builder = lexicon.NewBuilder(w.keyer)
	var numbers, spans []string
	for list, entry := range sections() {
		switch list {
		case number:
			numbers = append(numbers, entry)
		case span:
			spans = append(spans, entry)
		case owner:
			w.add(code(Person)|mine, entry)
		default:
			w.entry(code(list), entry)
		}
	}
	for _, n := range numbers {
		for _, s := range spans {
			w.add(code(Time), n+" "+s)
		}
	}
	for _, name := range places {
		w.add(code(Place), name)
	}
	return w.builder.Build(nil)
}

// entry adds an entry of signs.txt with all that its last letter asks for.
func (w *words) entry(id uint32, entry string) {
	if root, ok := strings.CutSuffix(entry, "*"); ok {
		for form := range forms.Spellings(root, false) {
			w.add(id, form)
		}
		return
	}
	root, owned := strings.CutSuffix(entry, "+")
	if !owned && !w.bends(id, entry) {
		w.add(id, entry)
		return
	}
	for _, short := range forms.Clipped(root) {
		w.add(id, short)
	}
	for _, ending := range others {
		w.add(id, root+ending)
	}
	if owned {
		for _, ending := range owners {
			w.add(id|mine, root+ending)
		}
	}
}

// bends reports whether an entry is one word of those that take endings.
func (w *words) bends(id uint32, entry string) bool {
	switch table[id&signs].sign {
	case Thing, Harm, Source, Trace, Upset, Plea:
		return len(entry) >= 4 && !strings.ContainsAny(entry, " -'")
	default:
		return false
	}
}

func (w *words) add(id uint32, entry string) {
	w.tokens = text.Tokenize(w.tokens[:0], entry)
	w.keys = w.keys[:0]
	for _, t := range w.tokens {
		w.keys = append(w.keys, w.keyer.Word(t.Word))
	}
	switch len(w.keys) {
	case 0:
	case 1:
		w.builder.Word(id, w.keys[0])
	default:
		w.builder.Phrase(id, w.keys...)
	}
}
