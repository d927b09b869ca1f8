package slack

import (
	"testing"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/notifier"
)

func TestPeopleAreMentionedByTheirIDsAndNamesAreText(t *testing.T) {
	blocks := []bot.Block{{
		Text: "<!channel> ISU-1", Head: true, Call: []notifier.Contact{{Name: "Sari", Slack: "U01"}, {Name: "<!here>", Telegram: 5}},
	}}
	parts := marked(blocks, true)
	if got, want := parts[0].mark, "<@U01>, &lt;!here&gt; · &lt;!channel&gt; ISU-1"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got, want := fallback(parts), "Sari, &lt;!here&gt; · &lt;!channel&gt; ISU-1"; got != want {
		t.Errorf("fallback %s, want %s", got, want)
	}
}
