package draft

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/golden"
	"github.com/siaga-id/siaga/rules"
)

var noon = time.Date(2026, 11, 3, 5, 0, 0, 0, time.UTC)

func fact(id string) facts.Fact {
	_, chosen := sample()
	f := chosen[0]
	f.ID = id
	return f
}

// matter is an incident about which a fact may be said.
func matter(list ...facts.Fact) Matter {
	m, _ := sample()
	m.Incident.State, m.Incident.Severity = incident.Acknowledged, rules.Warning
	m.Fitting, m.Live, m.MayDeny, m.MayExplain = list, list, true, true
	return m
}

func book(t testing.TB) *Book {
	t.Helper()
	b, wrong := NewBook(Voice{Company: "PT Semen Contoh", Contact: "humas@semencontoh.example atau 0295-555-010"}, nil)
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	return b
}

func compose(t *testing.T, m Matter, k Kind) Draft {
	t.Helper()
	d, err := book(t).Compose(m, Order{Kind: k, Style: Formal, By: "Sari", At: noon})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func why(err error) Why {
	var r *Refusal
	errors.As(err, &r)
	if r == nil {
		return ""
	}
	return r.Why
}

func TestEveryKindInEveryStyle(t *testing.T) {
	var out strings.Builder
	for _, k := range Kinds() {
		for _, s := range Styles() {
			for _, denies := range []bool{false, true} {
				if denies && k != Clarify {
					continue
				}
				m := matter(fact("FAKTA-001"))
				m.MayDeny, m.Incident.Grievance = denies, k == Acknowledge
				o := Order{Kind: k, Style: s, By: "Sari", At: noon}
				if denies {
					o.Claim = map[Style]string{
						Formal: "debu di Rembang sudah melewati ambang aman", Plain: "debu di Rembang sudah lewat batas aman",
						English: "the dust in Rembang is above the safe limit",
					}[s]
				}
				d, err := book(t).Compose(m, o)
				if err != nil {
					t.Fatalf("%s %s: %v", k, s, err)
				}
				for _, by := range []string{"Budi"} {
					if d, err = Approve(d, m, by, d.Hash, noon); err != nil {
						t.Fatal(err)
					}
				}
				text, err := book(t).HandOver(d, m)
				if err != nil {
					t.Fatal(err)
				}
				fmt.Fprintf(&out, "# %s, %s, it denies: %v\n%s\n\n", k, s, denies, text)
			}
		}
	}
	golden.Check(t, "testdata/drafts.golden", out.String())
}

func TestWhatMayNotBeDraftedIsRefusedWithAReason(t *testing.T) {
	for name, c := range map[string]struct {
		kind  Kind
		named string
		spoil func(*Matter)
		want  Why
	}{
		"no fact fits":                         {Clarify, "", func(m *Matter) { m.Fitting = nil }, NoFact},
		"no fact lives":                        {Holding, "", func(m *Matter) { m.Fitting, m.Live = nil, nil }, NoFact},
		"the named fact is dead":               {Clarify, "FAKTA-009", func(*Matter) {}, DeadFact},
		"a complaint nobody looked at":         {Clarify, "", func(m *Matter) { m.Incident.Grievance = true }, Gated},
		"a complaint, and a holding statement": {Holding, "", func(m *Matter) { m.Incident.Grievance = true }, Gated},
		"a complaint that is true": {Clarify, "", func(m *Matter) {
			m.Incident.Grievance, m.Incident.Finding = true, incident.True
		}, Gated},
		"it could have been prevented":         {Clarify, "", func(m *Matter) { m.MayExplain = false }, Preventable},
		"acknowledging where nobody complains": {Acknowledge, "", func(*Matter) {}, NoComplaint},
	} {
		t.Run(name, func(t *testing.T) {
			m := matter(fact("FAKTA-001"))
			c.spoil(&m)
			o := Order{Kind: c.kind, By: "Sari", At: noon}
			if c.named != "" {
				o.Facts = []string{c.named}
			}
			if _, err := book(t).Compose(m, o); why(err) != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}

func TestWhatIsOfferedCanBeMade(t *testing.T) {
	for want, spoil := range map[string]func(*Matter){
		"[holding clarification]":             func(*Matter) {},
		"[holding]":                           func(m *Matter) { m.Fitting = nil },
		"[acknowledge]":                       func(m *Matter) { m.Incident.Grievance = true },
		"[holding clarification acknowledge]": func(m *Matter) { m.Incident.Grievance, m.Incident.Finding = true, incident.False },
		"[]":                                  func(m *Matter) { m.Fitting, m.Live = nil, nil },
	} {
		m := matter(fact("FAKTA-001"))
		spoil(&m)
		if got := fmt.Sprint(m.Offers()); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestOnlyTheWordOfOthersDenies(t *testing.T) {
	f := fact("FAKTA-001")
	f.Tier = 3
	if compose(t, matter(f), Clarify).Denies {
		t.Error("a measurement of the company's own denies a claim")
	}
	m := matter(fact("FAKTA-001"))
	m.Incident.Finding = incident.Partly
	if compose(t, m, Clarify).Denies {
		t.Error("what is true in part is denied")
	}
}

func TestAnApprovalIsByAnotherPersonAndForOneText(t *testing.T) {
	m := matter(fact("FAKTA-001"))
	d := compose(t, m, Clarify)
	for _, author := range []string{"Sari", "SARI"} {
		if _, err := Approve(d, m, author, "", noon); why(err) != Author {
			t.Errorf("%s approves what she wrote: %v", author, err)
		}
	}
	if _, err := book(t).HandOver(d, m); why(err) != Unapproved {
		t.Errorf("handed over without an approval: %v", err)
	}
	approved, err := Approve(d, m, "Budi", d.Hash, noon)
	if err != nil || !approved.Approved(rules.Warning) {
		t.Fatalf("approved by another: %v, %+v", err, approved.Votes)
	}
	if approved.Approved(rules.Critical) {
		t.Error("one approval is enough for what is critical")
	}
	if _, err := Approve(approved, m, "budi", "", noon); why(err) != Twice {
		t.Errorf("two votes of one person: %v", err)
	}
	if twice, err := Approve(approved, m, "Agus", "", noon); err != nil || !twice.Approved(rules.Critical) {
		t.Errorf("two approvals are not enough: %v", err)
	}
	edited, err := Mend(approved, m, d.Text+" Terima kasih.", "Budi")
	if err != nil || edited.Approved(rules.Warning) || edited.Hash == d.Hash {
		t.Fatalf("an edit left the approval: %v", err)
	}
	if _, err := Approve(edited, m, "Budi", "", noon); why(err) != Author {
		t.Errorf("who edited it approves it: %v", err)
	}
	if _, err := Approve(edited, m, "Agus", d.Hash, noon); why(err) != Changed {
		t.Errorf("the text that Agus read is another one: %v", err)
	}
	back, err := Mend(edited, m, d.Text, "Sari")
	if err != nil || back.Approved(rules.Warning) {
		t.Errorf("the first text again, and its approval with it: %v", err)
	}
}

func TestADraftDiesWithItsFactAndWithAComplaint(t *testing.T) {
	f := fact("FAKTA-001")
	m := matter(f)
	d, err := Approve(compose(t, m, Clarify), m, "Budi", "", noon)
	if err != nil {
		t.Fatal(err)
	}
	other := f
	other.Text, other.Number = strings.Replace(f.Text, "61", "62", 1), "62"
	for name, c := range map[string]struct {
		now  Matter
		want Why
	}{
		"as it was":                 {m, ""},
		"the fact is gone":          {matter(), DeadFact},
		"the fact says another":     {matter(other), DeadFact},
		"somebody complains":        {func() Matter { x := m; x.Incident.Grievance = true; return x }(), Gated},
		"the field says it is true": {func() Matter { x := m; x.Incident.Finding = incident.True; return x }(), NoDenial},
		"it could be prevented":     {func() Matter { x := m; x.MayExplain = false; return x }(), Preventable},
	} {
		if got, _ := d.Review(c.now); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		_, err := book(t).HandOver(d, c.now)
		if why(err) != c.want {
			t.Errorf("%s: handed over: %v", name, err)
		}
		if c.want == "" {
			continue
		}
		if _, err := Approve(d, c.now, "Agus", "", noon); why(err) != c.want {
			t.Errorf("%s: approved: %v", name, err)
		}
		if _, err := Mend(d, c.now, "x", "Agus"); why(err) != c.want {
			t.Errorf("%s: edited: %v", name, err)
		}
	}
}

func TestAFormThatAnAdminChangesIsTried(t *testing.T) {
	for name, c := range map[string]struct{ file, text, want string }{
		"good":              {"drafts.d/holding.formal.tmpl", "{{range .Facts}}{{.Text}}{{end}}", ""},
		"an unknown name":   {"drafts.d/holding.tmpl", "x", "want one of holding.formal.tmpl"},
		"no template":       {"drafts.d/holding.plain.tmpl", "{{.Facts", "unclosed action"},
		"an unknown field":  {"drafts.d/holding.plain.tmpl", "{{.Fact}}", "can't evaluate field Fact"},
		"a fact is dropped": {"drafts.d/clarification.formal.tmpl", "Percayalah.", "word for word"},
		"nothing at all":    {"drafts.d/acknowledge.plain.tmpl", " ", "unmade"},
	} {
		t.Run(name, func(t *testing.T) {
			_, wrong := NewBook(Voice{}, map[string]string{c.file: c.text})
			switch {
			case c.want == "" && len(wrong) > 0:
				t.Error(wrong)
			case c.want != "" && (len(wrong) != 1 || wrong[0].File != c.file || strings.Contains(c.text, "{{.F") && c.want != "word for word" && wrong[0].Line != 1 || !strings.Contains(wrong[0].Error(), c.want)):
				t.Errorf("%v, want %q", wrong, c.want)
			}
		})
	}
}

func TestTheNextNewsComesAtAHalfHour(t *testing.T) {
	jakarta := time.FixedZone("WIB", 7*3600)
	for at, want := range map[string]string{
		"2026-11-03T10:00:00+07:00": "hari ini pukul 12.00 WIB",
		"2026-11-03T10:01:00+07:00": "hari ini pukul 12.30 WIB",
		"2026-11-03T22:10:00+07:00": "besok pukul 00.30 WIB",
	} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := next(now, jakarta, false); got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
}
