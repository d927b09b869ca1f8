package guard

import (
	"slices"
	"strings"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/text"
)

// persons returns the handles and the people that are named in a text, but for
// those who may be.
func (s standing) persons(in string, words []word) []Fault {
	var out []Fault
	for i, w := range words {
		switch {
		case w.origin && (strings.HasPrefix(in[w.start:], "@") || strings.HasPrefix(in[w.start:], "＠")):
			if f := handle(in, w); !s.mayName(in[f.Start:f.End]) {
				out = append(out, f)
			}
		case isTitle(w.spelled):
			if end := nameAfter(words, i); end > i+1 && !s.knows(words[i+1:end]) {
				out = append(out, Fault{Person, w.start, words[end-1].end})
			}
		case w.spelled == "akun" || w.spelled == "account" && isCalledBy(words, i):
			if end := accountAfter(words, i); end > i+1 && !s.knows(words[i+1:end]) {
				out = append(out, Fault{Person, w.start, words[end-1].end})
			}
		case w.spelled == "bernama" || w.spelled == "named":
			if i+1 < len(words) && words[i+1].capital && !s.knows(words[i+1:i+2]) {
				out = append(out, Fault{Person, w.start, words[i+1].end})
			}
		}
	}
	return out
}

// handle returns the fault of naming an account, with the first half of an
// e-mail address.
func handle(in string, w word) Fault {
	from := w.start
	for from > 0 && strings.IndexByte(" \t\n\r,;:()<>\"'", in[from-1]) < 0 {
		from--
	}
	return Fault{Person, from, w.end}
}

// isTitle reports what stands before a person's name.
func isTitle(w string) bool {
	switch w {
	case "bapak", "ibu", "pak", "bu", "saudara", "saudari", "sdr", "sdri", "mas", "mbak", "bang", "kak", "haji", "hajah", "ustaz", "ustad", "kiai",
		"mr", "mrs", "ms", "mister", "madam":
		return true
	}
	return false
}

// nameAfter returns where the name ends that begins behind word i, a title; i+1
// if none does. Pak and Sdr. stand before nothing else than a name or an office,
// so there the name may be in small letters.
func nameAfter(words []word, i int) int {
	j := i + 1
	if j == len(words) || words[j].origin || !joinsName(words[i].spelled, words[j].gap) || isOffice(words[j].spelled) || isTitle(words[j].spelled) {
		return i + 1
	}
	short := words[i].spelled == "pak" || words[i].spelled == "bu" || strings.HasPrefix(words[i].spelled, "sdr")
	if !words[j].capital && !short {
		return i + 1
	}
	for j++; j < len(words) && words[j].capital && strings.TrimSpace(words[j].gap) == "" && !strings.Contains(words[j].gap, "\n") && !isOffice(words[j].spelled); j++ {
		continue
	}
	return j
}

// joinsName reports a gap between a title and a name: a space, and a full stop
// behind what is short for a title.
func joinsName(title, gap string) bool {
	switch title {
	case "sdr", "sdri", "mr", "mrs", "ms":
		gap = strings.TrimPrefix(gap, ".") + " "
	}
	return gap != "" && strings.Trim(gap, " \u00a0") == ""
}

// isOffice reports words that stand behind a title and name nobody, or somebody
// by the office that they hold.
func isOffice(w string) bool {
	return slices.Contains(strings.Fields(`dan atau serta and or yang di ke dari untuk dengan sekalian semua semuanya yth warga kita kami tercinta
		presiden menteri gubernur bupati wali walikota camat lurah kades kepala ketua sekretaris rt rw guru dokter dosen lurahnya direktur
		hakim haji kota hamil menyusui rumah pertiwi pkk polisi tani nelayan dukuh kadus dirjen rektor jaksa hadirin juga tidak akan bisa dapat
		sudah belum saya tolong maaf mohon terima silakan pada itu ini tersebut sebangsa setanah`), w)
}

// accountAfter returns where an account is named that word i begins, or i+1 for
// the company's own and for talk about accounts.
func accountAfter(words []word, i int) int {
	j := i + 1
	for j < len(words) && isPlatform(words[j].spelled) && !breaks(words[j].gap) {
		j++
	}
	if j == len(words) || breaks(words[j].gap) || words[j].origin {
		return i + 1
	}
	switch words[j].spelled {
	case "resmi", "kami", "perusahaan", "humas", "pengaduan", "layanan", "pt", "milik", "media", "dan", "atau", "untuk", "di", "pada", "yang", "bank", "of":
		return i + 1
	}
	return j + 1
}

// isCalledBy reports an English account that somebody has, and not the one that
// something is taken into.
func isCalledBy(words []word, i int) bool {
	return i+1 < len(words) && words[i+1].capital && i > 0 && words[i-1].spelled != "into"
}

func isPlatform(w string) bool {
	switch w {
	case "instagram", "facebook", "tiktok", "twitter", "x", "youtube", "threads", "telegram", "whatsapp", "ig", "fb", "medsos", "media", "sosial":
		return true
	}
	return false
}

// names returns who may be named: who speaks in a fact or answers for it, and
// who else is allowed.
func (c Cited) names() []string {
	names := slices.Clone(c.Names)
	for _, f := range c.Facts {
		names = append(names, f.Source.Name, f.Owner, f.Approver, f.Text)
	}
	return names
}

// mayName reports a handle or an address that is allowed, or that a fact has.
func (s standing) mayName(h string) bool {
	return slices.ContainsFunc(s.names, func(n string) bool {
		return strings.EqualFold(n, h) || strings.EqualFold("@"+n, h)
	})
}

// knows reports a name all words of which are in a name that is allowed.
func (s standing) knows(name []word) bool {
	return slices.ContainsFunc(s.nameWords, func(n []string) bool {
		return !slices.ContainsFunc(name, func(w word) bool { return !slices.Contains(n, w.spelled) })
	})
}

func folded(names []string) [][]string {
	var out [][]string
	for _, n := range names {
		out = append(out, strings.Fields(text.Fold(n)))
	}
	return out
}

// addresses returns where the facts can be read.
func addresses(list []facts.Fact) []string {
	var out []string
	for _, f := range list {
		out = append(out, f.Source.URL)
	}
	return out
}
