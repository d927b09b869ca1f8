package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/golden"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/strategy"
)

const safety = "Jangan minum atau memasak dengan air sumur yang keruh atau berbau sampai ada hasil uji."

// advised is a card for a case, as notifier.Plan.Card makes it.
func advised(t *testing.T, c strategy.Case, held []facts.Fact) notifier.Card {
	t.Helper()
	card := dust(t)
	for i := range held {
		held[i].ValidUntil, held[i].Owner, held[i].Approver = tenForty.Add(time.Hour), "Rina", "Budi"
	}
	c.Now, c.Last, c.Facts = tenForty, tenForty, held
	in := &card.Incident
	in.Grievance, in.Finding, in.Trend, in.Counts.Voices, in.Severity = c.Grievance, c.Finding, c.Trend, c.Voices, c.Severity
	card.Advice = strategy.Advise(c)
	if card.Answer.Facts = held; in.Gated() {
		card.Answer = facts.Answer{Acknowledge: true}
	}
	if c.Hazard {
		card.Safety = safety
	}
	return card
}

func TestWhatIsSaidOfTheAnswersThatFit(t *testing.T) {
	warning, company := rules.Warning, library()[2:]
	cases := []struct {
		name string
		c    strategy.Case
		held []facts.Fact
	}{
		{"a rumour with facts", strategy.Case{Severity: warning, Voices: 7, Trend: incident.Rising}, library()[:1]},
		{"a rumour with the company's own fact", strategy.Case{Severity: warning, Voices: 7}, company},
		{"a small rumour without facts", strategy.Case{Severity: warning, Voices: 3}, nil},
		{"a small one that dies down, the company is the victim", strategy.Case{
			Cluster: strategy.Victim, Severity: rules.Info, Voices: 2, Trend: incident.Falling,
		}, nil},
		{"a complaint", strategy.Case{Severity: warning, Voices: 7, Grievance: true}, library()},
		{"a critical complaint about a hazard", strategy.Case{Severity: rules.Critical, Voices: 7, Grievance: true, Hazard: true}, library()},
		{"found true in part", strategy.Case{Severity: warning, Voices: 7, Grievance: true, Finding: incident.Partly}, library()},
		{"a complaint that is found false", strategy.Case{Severity: warning, Voices: 7, Grievance: true, Finding: incident.False}, library()[:1]},
		{"found true, nobody complains", strategy.Case{Severity: warning, Voices: 7, Finding: incident.True}, company},
		{"the second one here, critical", strategy.Case{Severity: rules.Critical, Voices: 7, Earlier: 1}, library()[:1]},
	}
	for _, code := range []string{"id", "en"} {
		l := speak(t, code)
		var b strings.Builder
		for _, c := range cases {
			card := advised(t, c.c, c.held)
			fmt.Fprintf(&b, "\n# %s\n", c.name)
			for _, block := range l.advice(notifier.Message{Dest: group, Card: card}) {
				fmt.Fprintf(&b, " %d  %s\n", block.Drop, strings.ReplaceAll(block.Text, "\n", "\n    "))
			}
			fmt.Fprintf(&b, "\n%s\n", l.Counsel(card, tenForty))
		}
		late := l.Counsel(advised(t, cases[2].c, nil), tenForty.Add(time.Hour))
		fmt.Fprintf(&b, "\n# a small rumour, asked about an hour later\n\n%s\n", late)
		golden.Check(t, "testdata/counsel."+code+".golden", b.String())
	}
}

// everyCase visits what can differ in what is said.
func everyCase(visit func(strategy.Case, []facts.Fact)) {
	for n := range 3 * 2 * 2 * 2 * 4 * 3 * 3 {
		pick := func(of int) int { i := n % of; n /= of; return i }
		c := strategy.Case{
			Cluster: strategy.Clusters()[pick(3)], Hazard: pick(2) == 1, Grievance: pick(2) == 1, Earlier: pick(2),
			Finding: []incident.Finding{incident.Unchecked, incident.True, incident.False, incident.Partly}[pick(4)],
			Trend:   incident.Trend(pick(3) - 1), Voices: 3, Severity: rules.Info + rules.Severity(pick(3)),
		}
		for first := range len(library()) + 1 {
			visit(c, library()[first:])
		}
	}
}

func TestAdviceTakesTwoLinesOfACardAndOneMessage(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		l := speak(t, code)
		everyCase(func(c strategy.Case, held []facts.Fact) {
			card := advised(t, c, held)
			lines := append(l.urgent(card), l.fits(card)...)
			var said []string
			for _, line := range lines {
				said = append(said, line.Text)
			}
			text := strings.Join(said, "\n")
			if len(lines) > 2 || strings.Count(text, "\n") > 1 || utf8.RuneCountInString(text) > 300 {
				t.Fatalf("%+v:\n%s", c, text)
			}
			counsel := l.Counsel(card, tenForty)
			if utf8.RuneCountInString(counsel) > whyRunes {
				t.Fatalf("%+v:\n%s", c, counsel)
			}
			for _, all := range []string{text, counsel} {
				if strings.Contains(all, "{") || strings.Contains(all, "()") || strings.Contains(all+"\n", ": \n") || strings.Contains(all, ", ,") {
					t.Fatalf("%+v: something has no words:\n%s", c, all)
				}
			}
		})
	}
}

func TestACardOffersADenialOnlyWhereTheAdviceDoes(t *testing.T) {
	l := speak(t, "id")
	everyCase(func(c strategy.Case, held []facts.Fact) {
		card := advised(t, c, held)
		for _, b := range l.fits(card) {
			offered, _, _ := strings.Cut(b.Text, " · dikunci:")
			if strings.Contains(offered, l.response(strategy.Deny)) && !card.Advice.Allows(strategy.Deny) {
				t.Errorf("%+v: %s", c, b.Text)
			}
		}
	})
}

func TestNobodyIsAdvisedOnWhatNobodyAnswers(t *testing.T) {
	l := speak(t, "id")
	card := dust(t)
	if got := l.Counsel(card, tenForty); got != "" || len(l.fits(card)) > 0 || len(l.urgent(card)) > 0 {
		t.Errorf("%q", got)
	}
}
