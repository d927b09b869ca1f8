package draft

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"time"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
)

//go:embed templates
var shipped embed.FS

// suffix is that of the files of forms.
const suffix = ".tmpl"

// Voice is who speaks in a draft.
type Voice struct {
	Company string // empty: "kami"
	Contact string // where people ask: an address, a number; empty: the humas office
}

// Book holds the forms of all drafts: one for each kind and style. It is
// immutable.
type Book struct {
	voice Voice
	forms map[string]*template.Template // by name: clarification.formal
}

// FormError is what is wrong with a form.
type FormError struct {
	File         string // as it was given to NewBook; empty: a shipped form
	Line, Column int    // from 1; 0: not known
	Err          error
}

// placed is how package text/template says where something is wrong.
var placed = regexp.MustCompile(`template: [^:]+:(\d+)(?::(\d+))?: `)

// errorOf finds the place in an error of text/template.
func errorOf(file string, err error) FormError {
	e := FormError{File: file, Err: err}
	if m := placed.FindStringSubmatch(err.Error()); m != nil {
		e.Line, _ = strconv.Atoi(m[1])
		e.Column, _ = strconv.Atoi(m[2]) // 0: none is said
		e.Err = errors.New(strings.Replace(err.Error(), m[0], "", 1))
	}
	return e
}

func (e *FormError) Error() string { return e.Err.Error() }

// formName is what the file of a form is called, without its suffix.
func formName(k Kind, s Style) string { return string(k) + "." + string(s) }

// FormNames returns the names that files of forms may have, with their suffix.
func FormNames() []string {
	var names []string
	for _, k := range Kinds() {
		for _, s := range Styles() {
			names = append(names, formName(k, s)+suffix)
		}
	}
	return names
}

// NewBook makes a book of the shipped forms, with those of the files in place
// of theirs. Files maps paths to what they hold; a path's last part is one of
// FormNames. Each form is tried: it must say every fact word for word, and pass
// the guard. All that is wrong is returned.
func NewBook(v Voice, files map[string]string) (*Book, []FormError) {
	b := &Book{voice: v, forms: map[string]*template.Template{}}
	var wrong []FormError
	for _, name := range FormNames() {
		text, err := fs.ReadFile(shipped, "templates/"+name)
		if err == nil {
			err = b.add(name, string(text))
		}
		if err != nil {
			wrong = append(wrong, errorOf("", err))
		}
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		if err := b.add(path.Base(file), files[file]); err != nil {
			wrong = append(wrong, errorOf(file, err))
		}
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	return b, nil
}

func (b *Book) add(name, text string) error {
	if !slices.Contains(FormNames(), name) {
		return fmt.Errorf("no form is called %q: want one of %s", name, strings.Join(FormNames(), ", "))
	}
	form, err := template.New(name).Option("missingkey=error").Parse(text)
	if err != nil {
		return fmt.Errorf("read a form: %w", err)
	}
	b.forms[strings.TrimSuffix(name, suffix)] = form
	return b.try(strings.TrimSuffix(name, suffix))
}

// errDropped: a form left a fact out, or changed it.
var errDropped = errors.New("the form does not say the fact word for word: write {{.Text}} for each of .Facts")

// errBare: an acknowledgement without whom to ask and when we speak again is none.
var errBare = errors.New("the form does not say whom to ask and when the next news comes: write {{.Contact}} and {{.Next}}")

// try writes a form's draft about invented matters, so that a form that fails
// does so when it is loaded, and not in a crisis.
func (b *Book) try(name string) error {
	kind, style, _ := strings.Cut(name, ".")
	m, _ := sample()
	o := Order{Kind: Kind(kind), Style: Style(style), At: m.Incident.Last}
	if o.Kind != Clarify { // nothing else answers a claim, or denies one
		return b.tryOne(m, o, false)
	}
	for _, o.Claim = range []string{"", "debu melewati ambang"} {
		for _, denies := range []bool{false, true} {
			if err := b.tryOne(m, o, denies); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *Book) tryOne(m Matter, o Order, denies bool) error {
	_, chosen := sample()
	m.MayDeny, m.MayExplain = denies, true
	if o.Kind == Acknowledge {
		chosen = nil
	}
	d, err := b.compose(m, o, chosen)
	if err != nil {
		return faulty(err)
	}
	c := b.content(m, d, chosen, o.At)
	for _, f := range chosen {
		if !strings.Contains(d.Text, f.Text) {
			return errDropped
		}
	}
	if o.Kind == Acknowledge && (!strings.Contains(d.Text, c.Contact) || !strings.Contains(d.Text, c.Next)) {
		return errBare
	}
	return nil
}

// faulty says what the guard found in a form.
func faulty(err error) error {
	var r *Refusal
	if !errors.As(err, &r) || r.Why != Guarded {
		return err
	}
	var found []string
	for _, f := range r.Faults {
		found = append(found, fmt.Sprintf("%s %q", f.Kind, r.Text[f.Start:f.End]))
	}
	return fmt.Errorf("the phrase guard refuses the form: %s", strings.Join(found, ", "))
}

// sample is a matter that forms are tried with.
func sample() (Matter, []facts.Fact) {
	at := time.Date(2026, 11, 3, 3, 0, 0, 0, time.UTC)
	f := facts.Fact{
		ID: "FAKTA-001", Text: "Pengukuran DLH mencatat PM10 sebesar 61 mikrogram per meter kubik.", Number: "61", Unit: "µg/m³",
		Date: "2026-09-18", Source: facts.Source{Name: "DLH Rembang", URL: "https://dlh.example/udara.pdf"}, Tier: 1,
		ProvesNot: "Keadaan udara hari ini.", Topics: []string{"debu"}, ValidUntil: at.AddDate(1, 0, 0), Owner: "a", Approver: "b",
	}
	in := incident.Incident{ID: 1, Topic: "debu", Site: "rembang", Last: at}
	return Matter{
		Incident: in, Topic: "Debu", Site: "Rembang", Safety: "Gunakan masker saat berada di luar rumah.",
		Zone: time.FixedZone("WIB", 7*3600),
	}, []facts.Fact{f}
}

// write fills in the form of a draft.
func (b *Book) write(d Draft, c content) (string, error) {
	form := b.forms[formName(d.Kind, cmp.Or(d.Style, Formal))]
	if form == nil {
		return "", fmt.Errorf("no form for %s, %s", d.Kind, d.Style)
	}
	var out strings.Builder
	if err := form.Execute(&out, c); err != nil {
		return "", fmt.Errorf("fill in a form: %w", err)
	}
	return tidy(out.String()), nil
}

// tidy joins what a form has on several lines, and keeps the paragraphs.
func tidy(s string) string {
	var paragraphs []string
	for p := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			paragraphs = append(paragraphs, p)
		}
	}
	return strings.Join(paragraphs, "\n\n")
}
