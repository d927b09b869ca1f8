package slack

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/internal/fakeslack"
)

func more(n int) string { return words{}.More(n) }

func TestWholeBlocksGoLowestPriorityFirst(t *testing.T) {
	blocks := []bot.Block{
		{Text: "head", Head: true},
		{Text: strings.Repeat("a", 40), Drop: 2},
		{Text: "first", Quote: true, Drop: 3},
		{Text: "second", Quote: true, Drop: 3},
		{Text: " \u200b\n"}, // nothing to see
		{Text: "owner"},
	}
	all := marked(blocks, true)
	for _, c := range []struct {
		limit int
		want  []string
	}{
		{9000, []string{"head", blocks[1].Text, "> first", "> second", "owner"}},
		{lengthOf(all), []string{"head", blocks[1].Text, "> first", "> second", "owner"}},
		{lengthOf(all) - 1, []string{"head", blocks[1].Text, "> first", "owner", "+1 lagi"}},
		{64, []string{"head", blocks[1].Text, "owner", "+2 lagi"}},
		{40, []string{"head", "owner", "+3 lagi"}},
		{17, []string{"he…", "ow…", "+3 lagi"}},
	} {
		fitted := fit(all, c.limit, more)
		got := strings.Split(lines(fitted), "\n")
		if n := lengthOf(fitted); n > c.limit {
			t.Errorf("limit %d: %d units", c.limit, n)
		}
		if diff := cmp.Diff(c.want, got[:len(c.want)]); diff != "" {
			t.Errorf("limit %d (-want +got):\n%s", c.limit, diff)
		}
	}
}

func TestTextIsCutAsSlackCountsIt(t *testing.T) {
	for _, c := range []struct {
		in    string
		limit int
		want  string
	}{
		{"genteng putih", 13, "genteng putih"},
		{"genteng putih", 12, "genteng put…"},
		{"genteng putih", 9, "genteng…"},
		{"a<b>c", 11, "a<b>c"},
		{"a<b>c", 10, "a<b…"},
		{"a&b", 6, "a…"},
		{"🟠🟠🟠", 5, "🟠🟠…"},
		{"🟠🟠🟠", 4, "🟠…"},
		{"abc", 1, "…"},
	} {
		if got := cut(c.in, c.limit, escaped); got != c.want {
			t.Errorf("cut(%q, %d) = %q, want %q", c.in, c.limit, got, c.want)
		}
		if n := len(utf16.Encode([]rune(escape(c.in)))); n != width(c.in, escaped) {
			t.Errorf("%q: %d units, counted %d", c.in, n, width(c.in, escaped))
		}
	}
}

func TestALongHeadIsNotCutToAHeader(t *testing.T) {
	long := strings.Repeat("lokasi ", 30) + "Rembang"
	story(t, func(t *testing.T, w *world) {
		w.bot.cfg.Lang = words{text: long}
		w.send()
		if !strings.HasPrefix(w.last().Plain, "🟠 WASPADA · ISU-42"+long+"\n") {
			t.Errorf("the screen shows\n%s", w.last().Plain)
		}
	})
}

func TestOneBadButtonDoesNotCostTheCard(t *testing.T) {
	data := "\fk|ack.16.7"
	got := actions("x", []bot.Button{
		{Label: "Ambil", Data: data},
		{Label: "Sekali lagi", Data: data},
		{Label: "Lain", Data: "?"},
		{Label: strings.Repeat("🟠", 100), Data: data},
		{Data: data},
		{Label: "Besar", Data: strings.Repeat("x", maxValue+1)},
		{Label: "Kosong"},
		{Label: "File", URL: "file:///etc/passwd"},
		{Label: "Naskah", URL: "javascript:alert(1)"},
		{Label: "Lokal", URL: "http://localhost/1"},
		{Label: "Rusak", URL: "http://%"},
		{Label: "Panjang", URL: "https://forum.contoh.id/" + strings.Repeat("x", maxURL)},
		{Label: "Postingan", URL: "https://forum.contoh.id/1"},
	})
	srv := fakeslack.New(botToken, appToken)
	defer srv.Close()
	shown := showBlocks(t, srv, drawing{text: "x", blocks: got})
	var ids []string
	for _, b := range shown.Buttons {
		ids = append(ids, b.ActionID+" "+b.Value+b.URL)
	}
	want := []string{"isu.ack " + data, "isu.ack.2 " + data, "isu.other ?", "isu.ack.3 " + data, "isu.link https://forum.contoh.id/1"}
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := actions("x", []bot.Button{{Label: "File", URL: "file:///"}}); got != nil {
		t.Errorf("no button is left, yet there is a block: %v", got)
	}
}

// showBlocks posts a drawing to a workspace, from outside of any bubble.
func showBlocks(t *testing.T, srv *fakeslack.Server, d drawing) fakeslack.Message {
	t.Helper()
	srv.AddChannel(room, "humas")
	b := plainBot(t, srv, words{})
	if _, err := b.post(t.Context(), room, d.options(false)...); err != nil {
		t.Fatal(err)
	}
	return srv.Messages(room)[0]
}

func plainBot(t *testing.T, srv *fakeslack.Server, l Wording) *Bot {
	t.Helper()
	b, err := New(Config{
		BotToken: func() string { return botToken }, AppToken: func() string { return appToken },
		HTTP: srv.Client(), APIURL: srv.APIURL(), Lang: l,
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWhatPeopleWriteIsReadAsTheyWroteIt(t *testing.T) {
	for in, want := range map[string]string{
		"ambil 42":                           "ambil 42",
		"eskalasi 42 <@U2>":                  "eskalasi 42 @U2",
		"eskalasi 42 <@U2|budi>":             "eskalasi 42 @U2",
		"lihat <https://x.id/1?a=1&amp;b=2>": "lihat https://x.id/1?a=1&b=2",
		"lihat <https://x.id|x.id>":          "lihat https://x.id",
		"di <#C2|umum> dan <#C3>":            "di #umum dan #C3",
		"<!here> <!subteam^S1|@tim>":         "@here @tim",
		"a &lt; b &amp;lt; c > d":            "a < b &lt; c > d",
		"<>":                                 "",
		"<<@U2>":                             "<@U2",
	} {
		if got := readable(in); got != want {
			t.Errorf("readable(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzReadableUndoesTheEscaping(f *testing.F) {
	f.Add("a < b && c > d &lt; <@U1>")
	f.Add("<https://x|y>")
	f.Fuzz(func(t *testing.T, s string) {
		if got := readable(escape(s)); got != s {
			t.Errorf("got %q, want %q", got, s)
		}
		readable(s)
	})
}

func isMarkup(s string) bool { return strings.Contains(s, "<") }

// marks returns every text of blocks that Slack reads as mrkdwn.
func marks(t *testing.T, blocks string) (found []string) {
	t.Helper()
	if blocks == "" {
		return nil
	}
	var tree any
	if err := json.Unmarshal([]byte(blocks), &tree); err != nil {
		t.Fatal(err)
	}
	var walk func(any)
	walk = func(node any) {
		switch node := node.(type) {
		case []any:
			for _, child := range node {
				walk(child)
			}
		case map[string]any:
			if s, ok := node["text"].(string); ok && node["type"] == "mrkdwn" {
				found = append(found, s)
			}
			for _, child := range node {
				walk(child)
			}
		}
	}
	walk(tree)
	return found
}

func TestACardOfAllKindsOfBlocksStaysWithinOurTotal(t *testing.T) {
	parts := marked(words{text: strings.Repeat("& kata ", 2000)}.Layout(cardMessage()), true)
	if n := lengthOf(fit(parts, maxCard, more)); n > maxCard || n < maxCard/2 {
		t.Errorf("%d units, want at most %d and not much less", n, maxCard)
	}
}
