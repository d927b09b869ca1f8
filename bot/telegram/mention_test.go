package telegram

import (
	"strings"
	"testing"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/notifier"
)

func TestPeopleAreMentionedByTheirIDsAndNamesAreText(t *testing.T) {
	blocks := []bot.Block{
		{Text: "ISU-1 <b>", Head: true, Call: []notifier.Contact{{Name: `<a href="x">&`, Telegram: 111}, {Name: "Budi <i>"}}},
		{Text: "lagi"},
	}
	want := `<a href="tg://user?id=111">&lt;a href="x"&gt;&amp;</a>, Budi &lt;i&gt; · ISU-1 &lt;b&gt;` + "\nlagi"
	if got := html(unmarked(blocks)); got != want || !mentioning(blocks) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := html(blocks); !strings.HasPrefix(got, "<b>") {
		t.Errorf("the head of a card is not bold: %s", got)
	}
	if mentioning([]bot.Block{{Text: "x", Call: []notifier.Contact{{Name: "Budi", Slack: "U1"}}}}) {
		t.Error("a name without an id is said to be a mention")
	}
	if got := plain(blocks); got != `<a href="x">&, Budi <i> · ISU-1 <b>`+"\nlagi" {
		t.Errorf("plain: %s", got)
	}
}
