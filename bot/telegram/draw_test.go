package telegram

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/siaga-id/siaga/bot"
)

func more(n int) string { return words{}.More(n) }

func TestWholeBlocksGoLowestPriorityFirst(t *testing.T) {
	blocks := []bot.Block{
		{Text: "head", Head: true},
		{Text: strings.Repeat("a", 40), Drop: 2},
		{Text: "first", Quote: true, Drop: 3},
		{Text: "second", Quote: true, Drop: 3},
		{Text: "owner"},
	}
	for _, c := range []struct {
		limit int
		want  []string
	}{
		{100, []string{"head", blocks[1].Text, "first", "second", "owner"}},
		{lengthOf(blocks), []string{"head", blocks[1].Text, "first", "second", "owner"}},
		{lengthOf(blocks) - 1, []string{"head", blocks[1].Text, "owner", "+2 lagi"}},
		{40, []string{"head", "owner", "+3 lagi"}},
		{13, []string{"head", "owner", "+…"}},
	} {
		var got []string
		fitted := fit(blocks, c.limit, more)
		for _, b := range fitted {
			got = append(got, b.Text)
		}
		if n := lengthOf(fitted); n > c.limit {
			t.Errorf("limit %d: %d units", c.limit, n)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("limit %d (-want +got):\n%s", c.limit, diff)
		}
	}
}

func TestLengthIsCountedInUTF16(t *testing.T) {
	if got := units("aé🟠"); got != 4 {
		t.Errorf("got %d units, want 4", got)
	}
	for _, c := range []struct {
		in    string
		limit int
		want  string
	}{
		{"genteng putih", 13, "genteng putih"},
		{"genteng putih", 12, "genteng put…"},
		{"genteng putih", 9, "genteng…"},
		{"🟠🟠🟠", 6, "🟠🟠🟠"},
		{"🟠🟠🟠", 5, "🟠🟠…"},
		{"🟠🟠🟠", 4, "🟠…"},
		{"abc", 1, "…"},
	} {
		if got := cut(c.in, c.limit); got != c.want {
			t.Errorf("cut(%q, %d) = %q, want %q", c.in, c.limit, got, c.want)
		}
	}
}

func TestOneBadButtonDoesNotCostTheCard(t *testing.T) {
	rows := [][]bot.Button{
		{{Label: "Ambil", Data: "\fk|ack.16.7"}, {Label: "Besar", Data: strings.Repeat("x", 65)}, {Data: "y"}},
		{{Label: "File", URL: "file:///etc/passwd"}, {Label: "Lokal", URL: "http://localhost/1"}, {Label: "Rusak", URL: "http://%"}},
		{{Label: "Postingan", URL: "https://forum.contoh.id/1"}},
	}
	ack := key{Text: "Ambil", Data: "\fk|ack.16.7"}
	link := key{Text: "Postingan", URL: "https://forum.contoh.id/1"}
	if diff := cmp.Diff(&keyboard{Rows: [][]key{{ack}, {link}}}, buttons(rows, true)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(&keyboard{Rows: [][]key{{ack}}}, buttons(rows, false)); diff != "" {
		t.Errorf("plain (-want +got):\n%s", diff)
	}
	if got := buttons(rows[1:2], true); got != nil {
		t.Errorf("no button is left, yet there is a keyboard: %v", got)
	}
}

func TestAChoiceIsBoundToOnePerson(t *testing.T) {
	for _, c := range []struct {
		data string
		user int64
	}{{"\fk|resolve.16.7.mereda", sari}, {"\fk|resolve.16.7", 7_999_999_999}, {"", 1}} {
		bound := bind(c.data, c.user)
		if data, user := unbind(bound); data != c.data || user != c.user || len(bound) > maxData {
			t.Errorf("unbind(%q) = %q, %d", bound, data, user)
		}
	}
	for _, free := range []string{"\fk|ack.16.7", "", "x~", "x~!"} {
		if data, user := unbind(free); data != free || user != 0 {
			t.Errorf("unbind(%q) = %q, %d, want it unchanged", free, data, user)
		}
	}
}

var ourTags = regexp.MustCompile(`</?b>|</?blockquote( expandable)?>`)

func FuzzAnyTextFitsAndParses(f *testing.F) {
	f.Add("genteng putih semua, anak batuk", uint16(20))
	f.Add("<script>&amp;</b></blockquote>", uint16(maxText))
	f.Add(strings.Repeat("🟠\xff\n", 2000), uint16(maxPlain))
	f.Fuzz(func(t *testing.T, text string, limit uint16) {
		limit = max(limit, 20)
		fitted := fit([]bot.Block{{Text: text, Head: true}, {Text: text, Quote: true, Drop: 2}, {Text: text}}, int(limit), more)
		if n := units(plain(fitted)); n > int(limit) {
			t.Fatalf("%d units, at most %d fit", n, limit)
		}
		bare := ourTags.ReplaceAllString(html(fitted), "")
		if strings.ContainsAny(bare, "<>") {
			t.Fatalf("markup of the text itself came through: %q", bare)
		}
		back := strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(bare)
		if back != plain(fitted) {
			t.Fatalf("people would read %q, want %q", back, plain(fitted))
		}
	})
}
