package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/siaga-id/siaga/internal/golden"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/query"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
)

// whyNotRuleSet has a rule for every way to match and to miss.
func whyNotRuleSet(t *testing.T, queries ...string) *rules.Set {
	t.Helper()
	halfHour := rules.When{Unit: rules.Voices, N: 5, Within: 30 * time.Minute}
	book := rules.Book{
		Words: map[string]query.Words{"air": {Roots: []string{"air", "sumur", "banyu"}}, "keruh": {Roots: []string{"keruh", "butek", "berlumpur", "kotor", "kuning"}}},
		Rules: []rules.Rule{
			{Name: "Debu", Query: "debu NEAR/3 (pabrik OR semen*) NOT (giveaway OR promo)", When: halfHour},
			{Name: "AirKeruh", Query: "$air NEAR/6 $keruh", When: halfHour},
			{Name: "Bola", Query: `semen NEAR/4 juara NOT "semen padang fc"`},
			{Name: "Berita", Query: "semen kind:news tier<=2 NOT outlet:x"},
			{Name: "Demo", Query: "warga ONEAR/3 demo", Shadow: true},
			{Name: "Sirene", Query: `"sirene pabrik"`},
		},
	}
	for i, q := range queries {
		book.Rules = append(book.Rules, rules.Rule{Name: fmt.Sprintf("Lain%d", i), Query: q, When: halfHour})
	}
	s, problems := rules.Compile(book)
	if problems != nil {
		t.Fatal(problems)
	}
	return s
}

// explains answers as the program does, without a store.
func (w *world) explains(s *rules.Set, kept map[string]Explained) {
	w.talk.Explain = func(_ context.Context, what string) (Explained, error) {
		e, found := kept[what]
		switch {
		case strings.HasPrefix(what, "https://") && !found:
			return Explained{
				Sources: []string{"antara-jateng", "contoh"},
				Blind:   []notifier.Blind{{Source: "antara-jateng", Since: w.now.Add(-2 * time.Hour)}},
			}, nil
		case !found:
			e = Explained{Typed: true, Kind: "social", Text: what}
		}
		e.Known = true
		e.Rules = s.Explain(&source.Post{Text: e.Text, Kind: source.Kind(e.Kind)})
		return e, nil
	}
}

func TestWhyAPostDidNotAlertIsSaidRuleByRule(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		t.Run(code, func(t *testing.T) {
			s := &story{world: newWorld(t, code)}
			at := s.now.Add(-time.Hour)
			s.explains(whyNotRuleSet(t), map[string]Explained{
				"https://forum.example/@warga/1": {
					Kind: "forum", Published: at, Site: "kupang", Place: "Alak", Text: "debu pabrik di Alak, @warga_gunem juga bilang. Banyu sumur aman",
				},
				"https://kabar.example/2": {Outlet: "Kabar Contoh", Kind: "news", Published: at.Add(-80 * time.Hour), Backlog: true, Site: "rembang", Text: "Debu semen"},
			})
			s.chapter("a post that was read")
			s.hear(group, guest, "/kenapa_tidak https://forum.example/@warga/1")
			s.hear(channel, budi, "/isu why-not https://kabar.example/2")
			s.chapter("one that was not")
			s.hear(group, sari, "/kenapa-tidak https://forum.example/@warga/9")
			s.chapter("a text")
			for _, text := range []string{
				"debu satu dua tiga empat pabrik, sumur saya\nkeruh", "promo: semen anti debu", "Semen Padang FC juara", "besok demo, kata warga",
				"kata warga besok demo", "pabrik bunyikan sirene", "@sirene_pabrik bunyi", "selamat pagi",
			} {
				s.hear(group, sari, "/kenapa_tidak "+text)
			}
			s.chapter("nothing")
			s.hear(group, sari, "/kenapa_tidak")
			s.hear(stranger, guest, "/kenapa_tidak debu")
			golden.Check(t, "testdata/whynot."+code+".golden", s.out.String())
			for line := range strings.Lines(s.out.String()) {
				if strings.HasPrefix(line, "    ") && strings.Contains(line, "@") && !strings.Contains(line, "@…") {
					t.Errorf("an account is named: %s", line)
				}
			}
		})
	}
}

func TestALongWhyNotIsCutByRules(t *testing.T) {
	w := newWorld(t, "id")
	var queries []string
	for i := range 200 {
		queries = append(queries, fmt.Sprintf("kata%d OR %s", i, strings.Repeat("x", 60)), fmt.Sprintf("kata1 lain%d", i), fmt.Sprintf("asing%d", i))
	}
	w.explains(whyNotRuleSet(t, queries...), nil)
	var text []string
	for i := range 200 {
		text = append(text, fmt.Sprintf("kata%d", i))
	}
	ans := w.says(group, sari, "/kenapa_tidak "+strings.Join(text, " ")+" "+strings.Repeat("x", 60))
	if n := utf8.RuneCountInString(ans.Text); n > 1500 {
		t.Errorf("%d characters", n)
	}
	for _, part := range []string{"Lain0: cocok", "+1", "Lebih jauh lagi: Lain", "Tidak satu kata pun cocok: Debu"} {
		if !strings.Contains(ans.Text, part) {
			t.Errorf("no %q in\n%s", part, ans.Text)
		}
	}
}

func TestAStoreThatCannotBeReadIsNoUnknownPost(t *testing.T) {
	w := newWorld(t, "id")
	broken := errors.New("cannot read")
	w.talk.Explain = func(context.Context, string) (Explained, error) { return Explained{}, broken }
	s := Saying{Dest: group, User: sari, Text: "/kenapa_tidak https://x.example/1", At: w.now, Mark: w.mark()}
	if _, err := w.talk.Hear(t.Context(), s); !errors.Is(err, broken) || w.marked() != 0 {
		t.Errorf("error %v, marked %d times", err, w.marked())
	}
}
