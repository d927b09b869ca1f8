package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/golden"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

// cards are the cards of the golden files, by what they show.
func cards(t *testing.T) []named {
	t.Helper()
	plain := dust(t)

	grievance := dust(t)
	grievance.Incident.Severity, grievance.Incident.Grievance = rules.Critical, true
	grievance.Answer = facts.Answer{Acknowledge: true}
	grievance.Blind = []notifier.Blind{{Source: "x", Since: tenForty.Add(-7*time.Hour - 30*time.Minute)}}

	taken := dust(t)
	taken.Incident.State, taken.Incident.Owner = incident.Acknowledged, "Sari"
	taken.Incident.AckAt, taken.Incident.StateRev = tenForty.Add(4*time.Minute), 8
	taken.Answer.Facts = library()

	again := dust(t)
	again.Incident.State, again.Incident.Owner, again.Incident.AckAt = incident.Acknowledged, "Budi", tenForty.Add(30*time.Hour)
	again.Incident.Reopened, again.Incident.Trend, again.Incident.Calm = 2, incident.Falling, true
	again.Incident.When, again.Incident.Rules = rules.When{}, []string{"Debu", "DebuKata"}
	again.SiteName, again.Incident.Excerpts = "", nil
	for _, name := range []string{"x", "youtube", "forum", "antara"} {
		again.Blind = append(again.Blind, notifier.Blind{Source: name, Since: tenForty})
	}

	done := taken
	done.Incident.State, done.Incident.Reason = incident.Resolved, incident.ComplaintHandled
	done.Incident.ResolvedAt = tenForty.Add(100 * time.Minute)

	untaken := dust(t)
	untaken.Incident.State, untaken.Incident.Reason = incident.Resolved, incident.FalseAlarm
	untaken.Incident.ResolvedAt = tenForty.Add(50 * time.Hour)

	unsure := dust(t)
	unsure.Answer.Live = 3

	ask := dust(t)
	ask.Answer.Owners = []string{"Rina", "Dewi"}

	unasked := dust(t)
	unasked.Answer.Live, unasked.Incident.Excerpts = 3, nil

	checked := dust(t)
	checked.Incident.Grievance, checked.Incident.Finding = true, incident.Partly
	checked.Answer.Facts, checked.Answer.Live = library()[:1], 1

	return []named{
		{"open", plain},
		{"open, no fact that lives fits", unsure},
		{"open, facts have died", ask},
		{"open, nothing is quoted", unasked},
		{"open, a grievance that was looked at", checked},
		{"open, critical, a grievance", grievance},
		{"taken, with facts", taken},
		{"taken, reopened, calm, no place", again},
		{"resolved", done},
		{"resolved by a lead, never taken", untaken},
	}
}

type named struct {
	name string
	card notifier.Card
}

// dust is the card that chat.md draws.
func dust(t *testing.T) notifier.Card {
	t.Helper()
	quote := func(n int, text, kind, outlet string, before time.Duration) incident.Excerpt {
		at := tenForty.Add(-before)
		return incident.Excerpt{
			Post: fmt.Sprintf("x:%d", n), Text: text, Kind: kind, Outlet: outlet, Published: at, Fetched: at.Add(4 * time.Minute),
			URL: fmt.Sprintf("https://contoh.id/p/%d", n),
		}
	}
	return notifier.Card{
		TopicName: "Debu", SiteName: "Rembang", Zone: zone(t, "Asia/Jakarta"),
		Incident: incident.Incident{
			ID: 42, Topic: "debu", Site: "rembang", Severity: rules.Warning, State: incident.Open, Rev: 7, StateRev: 7,
			Rule: "Debu", Summary: "7 suara soal debu di Rembang dalam 30 menit", Rules: []string{"Debu"}, Trend: incident.Rising, First: tenForty.Add(-time.Hour), Last: tenForty,
			Counts: rules.Counts{Posts: 42, Stories: 9, Voices: 7},
			When:   rules.When{Unit: rules.Voices, N: 5, Within: 30 * time.Minute},
			Excerpts: []incident.Excerpt{
				quote(3, "genteng putih semua, anak batuk", "forum", "", 48*time.Minute),
				quote(2, "tolong @dinas_lh dan @budi.santoso cek debu di Tegaldowo", "social", "", 2*time.Hour),
				quote(1, "Warga keluhkan debu pabrik", "news", "ANTARA Jateng", 13*time.Hour),
			},
		},
	}
}

func library() []facts.Fact {
	return []facts.Fact{
		{ID: "FAKTA-012", Text: "PM10 di Tegaldowo 48 µg/m³, di bawah baku mutu 75 µg/m³.", Date: "2025-11-03", Tier: 1, Source: facts.Source{Name: "DLH Rembang"}},
		{ID: "FAKTA-007", Text: "Tirai debu crusher menahan 99,2 persen partikel.", Date: "2024-06-30", Tier: 2, Source: facts.Source{Name: "Sucofindo"}},
		{ID: "FAKTA-019", Text: "Penyiraman jalan dilakukan enam kali sehari.", Tier: 3, Source: facts.Source{Name: "Laporan HSE"}},
	}
}

func draw(l *Lang, m notifier.Message) string {
	var b strings.Builder
	for _, block := range l.Layout(m) {
		sign := ' '
		switch {
		case block.Head:
			sign = '#'
		case block.Quote:
			sign = '"'
		}
		fmt.Fprintf(&b, "%c%d  %s\n", sign, block.Drop, strings.ReplaceAll(block.Text, "\n", "\n    "))
	}
	return b.String()
}

func TestCardsInEveryStateAndLanguage(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		l := speak(t, code)
		var b strings.Builder
		for _, c := range cards(t) {
			fmt.Fprintf(&b, "\n# %s\n", c.name)
			b.WriteString(draw(l, notifier.Message{Dest: group, Kind: notifier.KindCard, Card: c.card}))
			for _, row := range l.Buttons(c.card) {
				for _, button := range row {
					fmt.Fprintf(&b, "    [%s] %q%s hot=%v", button.Label, button.Data, button.URL, button.Hot)
				}
				b.WriteString("\n")
			}
			fmt.Fprintf(&b, "    › %s\n    › %s\n", l.Next(c.card), l.Update(c.card))
		}
		for _, dest := range []notifier.Dest{group, "terminal"} {
			fmt.Fprintf(&b, "\n# once more in %s\n", dest.Transport())
			b.WriteString(draw(l, notifier.Message{Dest: dest, Kind: notifier.KindCard, Again: true, Card: cards(t)[8].card}))
		}
		golden.Check(t, "testdata/cards."+code+".golden", b.String())
	}
}

func TestPingsForEveryReason(t *testing.T) {
	whys := []struct {
		why  notifier.Why
		verb incident.Verb
		text string
	}{
		{notifier.FirstCard, incident.Fire, ""},
		{notifier.LevelRose, incident.SetLevel, "🔴 SIAGA"},
		{notifier.WasTaken, incident.Ack, ""},
		{notifier.WasReleased, incident.Release, ""},
		{notifier.WasNoted, incident.Note, "tim lapangan\x1b[2J tiba\ndi lokasi"},
		{notifier.WasResolved, incident.Resolve, "mereda: hujan turun"},
		{notifier.WasResolved, incident.Resolve, "duplikat"},
		{notifier.WasResolved, incident.Resolve, "lain: sekali"},
		{notifier.WasReopened, incident.Reopen, ""},
		{notifier.WasFlagged, incident.Grieve, ""},
		{notifier.WasFlagged, incident.Ungrieve, ""},
		{notifier.WasVerified, incident.Verify, "DLH Rembang, sampel 10.00"},
		{notifier.WasDrafted, incident.Drafted, ""},
		{notifier.WasEdited, incident.Edited, ""},
		{notifier.WasApproved, incident.Approved, ""},
		{notifier.WasRejected, incident.Rejected, "angkanya belum dari DLH"},
		{notifier.WasPublished, incident.Published, "https://contoh.id/siaran/12"},
		{notifier.WasVoided, incident.Voided, "FAKTA-012 kedaluwarsa"},
		{notifier.WasPromised, incident.Promised, "tirai debu crusher dipasang"},
		{notifier.WasKept, incident.Kept, "foto di grup"},
		{notifier.WasMoved, incident.Moved, "2025-11-05T16:59:00Z"},
	}
	at := tenForty.Add(4 * time.Minute)
	for _, code := range []string{"id", "en"} {
		l := speak(t, code)
		var b strings.Builder
		for _, w := range whys {
			m := notifier.Message{
				Dest: group, Kind: notifier.KindPing, Why: w.why, Card: dust(t), ReplyTo: notifier.Receipt{MsgID: "9"},
				Entry: incident.Entry{
					At: at, Who: "Sari", Via: "telegram", Verb: w.verb, Text: w.text,
					Item: 2, Finding: incident.Partly, Call: "Budi", Until: at.Add(72 * time.Hour),
				},
			}
			fmt.Fprintf(&b, "\n# %s, %s\n%s", w.why, w.verb, draw(l, m))
			m.Entry.Who, m.Entry.Via = incident.Machine.Name, ""
			b.WriteString(draw(l, m))
		}
		m := notifier.Message{Dest: group, Kind: notifier.KindPing, Why: notifier.WasTaken, Card: dust(t), Again: true}
		m.Entry = incident.Entry{At: at, Who: "Sari", Via: "slack", Verb: incident.Ack}
		b.WriteString("\n# without its card, and in the terminal\n" + draw(l, m))
		m.Dest, m.ReplyTo.MsgID, m.Again = "terminal", "terminal", false
		b.WriteString(draw(l, m))
		golden.Check(t, "testdata/pings."+code+".golden", b.String())
	}
}

func TestTheSameCardAlwaysLooksTheSame(t *testing.T) {
	l := speak(t, "id")
	for _, c := range cards(t) {
		m := notifier.Message{Dest: group, Kind: notifier.KindCard, Card: c.card}
		if first, second := draw(l, m), draw(l, m); first != second {
			t.Errorf("%s: %s and %s", c.name, first, second)
		}
	}
}

func TestOnlyWebAddressesBecomeButtons(t *testing.T) {
	for link, want := range map[string]string{
		"https://contoh.id/a?b=c":   "https://contoh.id/a?b=c",
		"http://contoh.id":          "http://contoh.id",
		"javascript:alert(1)":       "",
		"tg://user?id=1":            "",
		"https://":                  "",
		"https://bank@penipu.id/":   "",
		"https://a\x1b[2J.id":       "",
		"contoh.id/tanpa-skema":     "",
		"":                          "",
		"https://contoh.id/\u202ex": "https://contoh.id/%E2%80%AEx",
	} {
		if got := newest([]incident.Excerpt{{URL: link}}); got != want {
			t.Errorf("%q: %q, want %q", link, got, want)
		}
	}
	if got := newest([]incident.Excerpt{{}, {URL: "https://contoh.id"}}); got != "https://contoh.id" {
		t.Errorf("a post without an address hides the next: %q", got)
	}
}

func TestAccountNamesStayOut(t *testing.T) {
	for text, want := range map[string]string{
		"tolong @budi.santoso cek":   "tolong @… cek",
		"@a@b@c":                     "@…@…@…",
		"surat ke budi@contoh.id ya": "surat ke budi@… ya",
		"＠Ｂｕｄｉ halo":                 "@… halo",
		"harga @ 5000":               "harga @ 5000",
		"@बुदि":                      "@…",
	} {
		if got := Unnamed(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// FuzzLayout holds what is promised of every card, whatever was posted.
func FuzzLayout(f *testing.F) {
	for _, seed := range []string{
		"genteng putih", "\x1b[31mmerah\x1b[0m", "a\u202eb\u2066c", "@budi", "<!channel> <@U01> <b>", "{text} {at}", "\xff\xfe", "@\u200bbudi", "@\u0301budi",
		strings.Repeat("a", 5000), "👩‍👩‍👧‍👦", "\u0000\r\n\t", "a\u0301\u0301\u0301",
	} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, post, name string) {
		l := speak(t, "id")
		c := dust(t)
		c.TopicName, c.SiteName, c.Incident.Owner, c.Incident.Rules = name, name, name, []string{name}
		c.Incident.Excerpts[0].Text, c.Incident.Excerpts[0].Outlet, c.Incident.Excerpts[0].URL = post, name, post
		c.Answer.Facts = []facts.Fact{{ID: name, Text: name, Source: facts.Source{Name: name}, Date: name}}
		c.Blind = []notifier.Blind{{Source: name, Since: tenForty}}
		entry := incident.Entry{At: tenForty, Who: name, Via: "slack", Verb: incident.Note, Text: post}
		for _, state := range []incident.State{incident.Open, incident.Acknowledged, incident.Resolved} {
			c.Incident.State = state
			holds(t, l.Layout(notifier.Message{Dest: group, Kind: notifier.KindCard, Card: c, Again: true}))
		}
		c.Incident.State, c.Incident.Measure = incident.Open, rules.Measure{Place: name, Sites: []string{post, "kupang"}}
		c.Sites = map[string]string{"kupang": name}
		entry.Grown = &incident.Alarm{Rule: name, Measure: c.Incident.Measure}
		for _, when := range []rules.When{{New: "place"}, {Spread: 2}} {
			c.Incident.When, entry.Grown.When = when, when
			holds(t, l.Layout(notifier.Message{Dest: group, Kind: notifier.KindCard, Card: c}))
			holds(t, l.Layout(notifier.Message{Dest: group, Kind: notifier.KindPing, Why: notifier.GotLouder, Card: c, Entry: entry}))
		}
		if quote := l.excerpts(c)[0].Text; handle.MatchString(strings.TrimSuffix(quote, one(name, placeRunes)+" 09:52 WIB")) {
			t.Errorf("an account is named in %q", quote)
		}
		holds(t, l.Layout(notifier.Message{Dest: group, Kind: notifier.KindPing, Why: notifier.WasNoted, Card: c, Entry: entry}))
	})
}

func holds(t *testing.T, blocks []Block) {
	t.Helper()
	kept := 0
	for i, b := range blocks {
		if b.Text == "" || b.Head != (i == 0) || !utf8.ValidString(b.Text) {
			t.Errorf("block %d: %+v", i, b)
		}
		for _, r := range b.Text {
			if r != '\n' && unicode.IsControl(r) || r == '\u202e' || r == '\u2066' {
				t.Errorf("block %d has %U: %q", i, r, b.Text)
			}
		}
		if b.Drop == 0 {
			kept += utf8.RuneCountInString(b.Text)
		}
	}
	if kept > 1200 { // a note of noteRunes and its frame; cards stay far below
		t.Errorf("%d runes must be shown: %+v", kept, blocks)
	}
}

func TestACardSaysWhereItIs(t *testing.T) {
	id, err := NewLang("id")
	if err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(*notifier.Card){
		"Debu — Rembang":            func(*notifier.Card) {},
		"Debu — lokasi belum jelas": func(c *notifier.Card) { c.SiteName = "" },
		"Debu — semua lokasi":       func(c *notifier.Card) { c.SiteName, c.Incident.Wide = "", true },
	} {
		c := dust(t)
		change(&c)
		if got := id.cell(c); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
