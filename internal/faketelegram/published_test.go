package faketelegram

import (
	"slices"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/internal/spec"
)

func TestOurLimitsAreThePublishedOnes(t *testing.T) {
	limits := spec.TelegramLimits()
	if len(limits) == 0 {
		t.Skip("no ../shared/data/spec")
	}
	for name, want := range map[string]spec.Limit{
		"sendMessage.text":                   {Min: 1, Max: textMax, Unit: "characters"},
		"editMessageText.text":               {Min: 1, Max: textMax, Unit: "characters"},
		"answerCallbackQuery.text":           {Min: 0, Max: answerMax, Unit: "characters"},
		"InlineKeyboardButton.callback_data": {Min: 1, Max: dataMax, Unit: "bytes"},
		"setMyCommands.commands":             {Min: 0, Max: commandsMax, Unit: "commands"},
		"BotCommand.command":                 {Min: 1, Max: commandMax, Unit: "characters"},
		"BotCommand.description":             {Min: 1, Max: descriptionMax, Unit: "characters"},
	} {
		if limits[name] != want {
			t.Errorf("%s: published is %+v, we have %+v", name, limits[name], want)
		}
	}
}

// TestThePublishedLimitsFindWhatTheMethodsForgot asks them alone, of requests
// in which every limit is broken once.
func TestThePublishedLimitsFindWhatTheMethodsForgot(t *testing.T) {
	if len(spec.TelegramLimits()) == 0 {
		t.Skip("no ../shared/data/spec")
	}
	for _, c := range []struct {
		method, parameter, value, want string
	}{
		{"sendMessage", "text", strings.Repeat("🔴", 2049), "sendMessage.text has 4098 characters"},
		{"editMessageText", "text", "", "editMessageText.text has 0 characters"},
		{"answerCallbackQuery", "text", strings.Repeat("a", 201), "answerCallbackQuery.text has 201 characters"},
		{"sendMessage", "reply_markup", `{"inline_keyboard":[[{"text":"a","callback_data":"` + strings.Repeat("é", 33) + `"}]]}`, "InlineKeyboardButton.callback_data has 66 bytes"},
		{"sendMessage", "reply_parameters", `{"message_id":1,"quote":"` + strings.Repeat("a", 1025) + `"}`, "ReplyParameters.quote has 1025 characters"},
		{"setMyCommands", "commands", `[{"command":"","description":"a"}]`, "BotCommand.command has 0 characters"},
		{"setMyCommands", "commands", `[` + strings.Repeat(`{"command":"a","description":"a"},`, 100) + `{"command":"a","description":"a"}]`, "setMyCommands.commands has 101 commands"},
		{"sendMessage", "chat_id", strings.Repeat("1", 5000), ""},
	} {
		a := &args{values: map[string]string{c.parameter: c.value}}
		if got := published(c.method, a); !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s.%s: got %q, want %q", c.method, c.parameter, got, c.want)
		}
	}
	marked := &args{values: map[string]string{"parse_mode": "HTML", "text": "<b>" + strings.Repeat("&lt;", 4096) + "</b>"}}
	if got := published("sendMessage", marked); got != "" {
		t.Errorf("markup is counted: %s", got)
	}
}

// TestRefusalsAreInTheServersWords compares what the fake says with the
// server's own source. What comes from the layer behind it stands here.
func TestRefusalsAreInTheServersWords(t *testing.T) {
	published := spec.TelegramRefusals()
	if len(published) == 0 {
		t.Skip("no ../shared/data/spec")
	}
	behind := []string{threadClosed, textTooLong, editTooLong, notModified, noEditTarget, notEditable, noDeletion, notDeletable, noReplyTarget, badButton, queryTooOld, inlineOnly}
	for _, text := range []string{
		noAccess, noChat, noMessageID, noText, noThread, threadClosed, textTooLong, editTooLong, notModified, noEditTarget,
		notEditable, noDeletion, notDeletable, noReplyTarget, badButton, queryTooOld, noUser, badAction, migrated, inlineOnly,
		badParseMode, badMarkup, badReply, badPreview, badCommands, badScope,
	} {
		same := func(r spec.Refusal) bool { return strings.EqualFold(r.Description, "Bad Request: "+text) }
		if known := slices.ContainsFunc(published, same); known == slices.Contains(behind, text) {
			t.Errorf("%q: in the server's source: %v, want %v", text, known, !known)
		}
	}
	for _, kind := range []string{"group", "supergroup", "channel"} {
		for _, text := range []string{"bot was kicked from the ", "bot is not a member of the "} {
			want := spec.Refusal{Code: 403, Description: "Forbidden: " + text + (&chat{Chat: Chat{Type: kind}}).kind()}
			if !slices.Contains(published, want) {
				t.Errorf("the server does not say %+v", want)
			}
		}
	}
}
