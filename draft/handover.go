package draft

import (
	"strings"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/text"
)

// HandOver returns the text of a draft as it can be copied and published by a
// person: with its sources, and the line that says how it came about. The error
// is a *Refusal: what is not approved, or does not hold any more, is not handed
// over.
func (b *Book) HandOver(d Draft, m Matter) (string, error) {
	chosen, err := d.holds(m)
	if err != nil {
		return "", err
	}
	switch {
	case !d.Approved(m.Incident.Severity):
		return "", refuse(Unapproved, "")
	case d.late(m.Now) && !d.IsPublic():
		return "", refuse(Late, d.Next)
	}
	parts := []string{d.Text}
	if len(chosen) > 0 {
		parts = append(parts, sources(chosen, d.Style == English))
	}
	return strings.Join(append(parts, b.disclosure(d)), "\n\n"), nil
}

// nameRunes bounds the name of a source: some are as long as a text.
const nameRunes = 120

func sources(chosen []facts.Fact, english bool) string {
	lines := []string{pick(english, "Sumber:", "Sources:")}
	for _, f := range chosen {
		line := "- " + text.Excerpt(f.Source.Name, 0, 0, nameRunes)
		if on := day(f.Date, english); on != "" {
			line += " (" + on + ")"
		}
		lines = append(lines, line+": "+f.Source.URL)
	}
	return strings.Join(lines, "\n")
}

// disclosure says how the text came about.
func (b *Book) disclosure(d Draft) string {
	english := d.Style == English
	with := pick(english, "perangkat lunak", "software")
	if d.Model {
		with = pick(english, "model bahasa", "a language model")
	}
	company := b.voice.Company
	if english {
		return "This text was prepared with the help of " + with + ", and checked and approved by the public relations team" + of(company, " of ") + "."
	}
	return "Teks ini disusun dengan bantuan " + with + ", lalu diperiksa dan disetujui oleh tim humas" + of(company, " ") + "."
}

func of(company, before string) string {
	if company == "" {
		return ""
	}
	return before + company
}
