package telegram

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/internal/spec"
	"github.com/siaga-id/siaga/notifier"
)

// met are the refusals of the Bot API server that the methods we call can
// meet, by what they all say. The first that fits decides.
func met() []struct {
	says  string
	class notifier.Class
} {
	return []struct {
		says  string
		class notifier.Class
	}{
		{"Internal Server Error:", notifier.Ambiguous},
		{"Not Found:", notifier.Dead},
		{"Forbidden:", notifier.Dead},
		{"message thread not found", notifier.ThreadGone},
		{"Message identifier", notifier.Gone},
		{"message identifier", notifier.Gone},
		{"upgraded to a supergroup", notifier.Dead}, // with the new address it is Migrated
		{"chat identifier", notifier.Dead},
		{"Chat identifier", notifier.Dead},
		{"mpty chat_id", notifier.Dead},
		{" chat_id is empty", notifier.Dead},
		{"chat not found", notifier.Dead},
		{"have no access to the user", notifier.Dead},
		{"not enough rights", notifier.Dead},
		{"Message text is empty", notifier.BadFormat},
		{"Text is too long", notifier.BadFormat},
		{"parse_mode", notifier.BadFormat},
		{"reply markup", notifier.BadFormat},
		{"eyboard", notifier.BadFormat},
		{"LoginUrl", notifier.BadFormat},
		{"reply parameters", notifier.BadFormat},
		{"link preview options", notifier.BadFormat},
		{"BotCommand", notifier.BadFormat},
		{"commands", notifier.BadFormat},
		{"user_id", notifier.BadFormat},
		{"ser identifier", notifier.BadFormat},
		{"parameter action", notifier.BadFormat},
		{"suggested post", notifier.BadFormat},
		{"Suggested post", notifier.BadFormat},
	}
}

// foreign are words of refusals that only methods have which we never call.
const foreign = "ccepted gift|ticker|file|latitude|longitude|ChatAdministratorRights|Checklist|max_tip_amount|tip|" +
	"option identifier|emoji|errors JSON|nline query|InlineQuery|input media|InputMedia|paid media|InputPaidMedia|keywords|keyword|" +
	"mask position|MaskPosition|media JSON|menu button|MenuButton|options|permissions|hoto|prices|price|reaction|Reaction|" +
	"hipping|tory|PassportElement|Passport|LabeledPrice|nput message content|InputInvoice|date-time|Result isn't|" +
	"video|animation|audio|document|voice|payload|items|String|poll|Unsupported type|point specified|expected an|" +
	"hash|background color|webhook|method is available|custom title|secret token|sender_chat_id|administrator|source"

// TestEveryRefusalOfTheServerIsDecided fails when the server learns to say
// something that nobody has thought about.
func TestEveryRefusalOfTheServerIsDecided(t *testing.T) {
	all := spec.TelegramRefusals()
	if len(all) == 0 {
		t.Skip("no ../shared/data/spec")
	}
	for _, r := range all {
		want, ours := expected(r.Description)
		if !ours {
			continue
		}
		if want == "" {
			t.Errorf("%d %s: undecided", r.Code, r.Description)
			continue
		}
		_, fail := classify(fmt.Appendf(nil, `{"ok":false,"error_code":%d,"description":%q}`, r.Code, r.Description), nil)
		if fail.Class != want {
			t.Errorf("%d %s: class %s, want %s", r.Code, r.Description, fail.Class, want)
		}
	}
}

// expected returns the class of a refusal, and whether we can meet it.
func expected(description string) (class notifier.Class, ours bool) {
	for _, m := range met() {
		if strings.Contains(description, m.says) {
			return m.class, true
		}
	}
	return "", !slices.ContainsFunc(strings.Split(foreign, "|"), func(w string) bool { return strings.Contains(description, w) })
}

func TestOurLimitsKeepWithinThePublishedOnes(t *testing.T) {
	limits := spec.TelegramLimits()
	if len(limits) == 0 {
		t.Skip("no ../shared/data/spec")
	}
	for name, ours := range map[string]int{
		"sendMessage.text":                   maxText,
		"editMessageText.text":               maxText,
		"answerCallbackQuery.text":           maxToast,
		"InlineKeyboardButton.callback_data": maxData,
	} {
		if l := limits[name]; ours > l.Max || l.Max == 0 {
			t.Errorf("%s: ours is %d, published %+v", name, ours, l)
		}
	}
}
