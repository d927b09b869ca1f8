package model

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/guard"
	"github.com/siaga-id/siaga/text"
)

// Accept says why an answer is not taken; nothing: it is. It may say only what
// the facts say that it cites, sentence by sentence, in plain text, and must pass
// the phrase guard.
func Accept(answer string, r Request) []Reason {
	if n := utf8.RuneCountInString(answer); n > MaxRunes {
		return []Reason{{Why: Long}}
	}
	if reasons := plainText(answer, r); len(reasons) > 0 {
		return reasons // what is hidden in it could mislead all that reads it further
	}
	all := sentences(answer, r)
	var out []Reason
	cited := false
	for _, s := range all {
		out = append(out, s.accept(r)...)
		cited = cited || len(s.facts) > 0
	}
	if !cited && len(out) == 0 {
		out = append(out, reason(Uncited, answer))
	}
	return append(out, guarded(Plain(answer), r.live(), r, out)...)
}

// accept says why one sentence is not taken.
func (s sentence) accept(r Request) []Reason {
	var out []Reason
	for _, id := range s.ids {
		if i := slices.IndexFunc(r.Facts, func(f facts.Fact) bool { return f.ID == id }); i < 0 {
			out = append(out, reason(Unknown, id))
		} else if !r.Facts[i].Live(r.Now) {
			out = append(out, reason(Dead, id))
		}
	}
	if len(s.ids) == 0 {
		if isCourtesy(s.text, r.Safe) {
			return nil
		}
		return append(out, reason(Uncited, s.text))
	}
	if len(s.facts) == 0 {
		return out
	}
	known := s.known()
	if w := s.name(known, r); w != "" {
		out = append(out, reason(Name, w))
	}
	if w := s.verdict(known); w != "" {
		out = append(out, reason(Verdict, w))
	}
	if !s.supported(known) {
		out = append(out, reason(Unsupported, s.text))
	}
	return append(out, guarded(s.text, s.facts, r, nil)...)
}

// guarded returns what the phrase guard finds, but for what is said already.
func guarded(s string, cited []facts.Fact, r Request, said []Reason) []Reason {
	var out []Reason
	for _, f := range guard.Check(s, guard.Cited{Facts: cited, Texts: r.Safe}) {
		if f.Kind == guard.Denial && r.Denies {
			continue
		}
		one := reason(Guarded, s[f.Start:f.End])
		one.Kind = string(f.Kind)
		if !slices.Contains(said, one) {
			out = append(out, one)
		}
	}
	return out
}

// openers are words that begin a sentence, or stand with a capital within one,
// and are no names.
const openers = `menurut berdasarkan pada di dari untuk hasil data pengukuran pemeriksaan catatan laporan dalam saat sampai sejak kami tim warga angka
	nilai kadar adapun sementara selain juga sebagai dokumen sumber bapak ibu anda yang ini itu tanggal sekali sebanyak setiap seluruh
	according on in the a an at as of this these it we our measurements measurement data results result residents you by since until for from source`

// name returns a word with a capital letter in it that the cited facts do not
// have. The first word of a sentence has one in any case, and is one of openers.
func (s sentence) name(known []string, r Request) string {
	for _, t := range r.Safe {
		known = append(known, wordsIn(t)...)
	}
	for _, t := range text.Tokenize(nil, s.text) {
		raw := s.text[t.Start:t.End]
		if t.Word == "" || strings.IndexFunc(raw, unicode.IsUpper) < 0 || isDate(t.Word, s) {
			continue
		}
		opens := listed(openers, t.Word) && capitalised(raw)
		if !opens && !slices.Contains(known, t.Word) {
			return raw
		}
	}
	return ""
}

// isDate reports the month of a date of the facts, which the guard compares.
func isDate(w string, s sentence) bool {
	return text.Month(w) > 0 && slices.ContainsFunc(s.facts, func(f facts.Fact) bool { return f.Date != "" })
}

// capitalised reports Menurut, and not MENURUT, which may be an abbreviation.
func capitalised(w string) bool {
	_, size := utf8.DecodeRuneInString(w)
	return strings.IndexFunc(w[size:], unicode.IsUpper) < 0
}

// verdicts are words that say how something is to be judged, or turn around what
// is said. A fact says them, or nobody.
const verdicts = `tidak bukan belum tanpa tak jangan aman memenuhi melebihi melampaui bawah atas normal sehat bersih bahaya berbahaya membahayakan
	tercemar mencemari pencemaran sesuai baik buruk terbukti membuktikan bersalah salah benar penyebab menyebabkan disebabkan akibat diakibatkan karena
	naik turun meningkat menurun semua seluruh hanya lebih kurang maksimal minimal rendah tinggi tertinggi terendah wajar layak lulus patuh melanggar
	not no never without safe unsafe meets exceeds exceed above below normal healthy clean dangerous hazardous polluted compliant complies good bad proves
	proven guilty cause causes caused because due rise rose fell increase increased decreased all only more less than high low highest lowest acceptable
	nobody none neither nor fails failed passed violates`

// verdict returns a verdict that the cited facts do not have.
func (s sentence) verdict(known []string) string {
	for _, w := range wordsIn(s.text) {
		if listed(verdicts, w) && !slices.Contains(known, w) {
			return w
		}
	}
	return ""
}

// supported reports whether at least half of the longer words of a sentence are
// the facts' own: what cites a fact and says something else is no citation.
func (s sentence) supported(known []string) bool {
	own, all := 0, 0
	for _, w := range wordsIn(s.text) {
		if len(w) < 4 || listed(openers, w) {
			continue
		}
		all++
		if slices.Contains(known, w) {
			own++
		}
	}
	return own > 0 && 2*own >= all
}
