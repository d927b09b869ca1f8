package telegram

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/siaga-id/siaga/notifier"
)

func TestEveryRefusalHasAClass(t *testing.T) {
	for _, c := range []struct {
		code int
		text string
		want notifier.Class
	}{
		{400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same", notifier.Unchanged},
		{400, "Bad Request: MESSAGE_NOT_MODIFIED", notifier.Unchanged},
		{400, "Bad Request: message to edit not found", notifier.Gone},
		{400, "Bad Request: message can't be edited", notifier.Gone},
		{400, "Bad Request: MESSAGE_ID_INVALID", notifier.Gone},
		{400, "Bad Request: MESSAGE_AUTHOR_REQUIRED", notifier.Gone},
		{400, "Bad Request: MESSAGE_EDIT_TIME_EXPIRED", notifier.Gone},
		{400, "Bad Request: message identifier is not specified", notifier.Gone},
		{400, "Bad Request: message thread not found", notifier.ThreadGone},
		{400, "Bad Request: TOPIC_CLOSED", notifier.ThreadGone},
		{400, "Bad Request: TOPIC_DELETED", notifier.ThreadGone},
		{400, "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 5", notifier.BadFormat},
		{400, "Bad Request: message is too long", notifier.BadFormat},
		{400, "Bad Request: MESSAGE_TOO_LONG", notifier.BadFormat},
		{400, "Bad Request: Text is too long", notifier.BadFormat},
		{400, "Bad Request: Message text is empty", notifier.BadFormat},
		{400, "Bad Request: BUTTON_DATA_INVALID", notifier.BadFormat},
		{400, "Bad Request: BUTTON_URL_INVALID", notifier.BadFormat},
		{400, "Bad Request: ENTITY_BOUNDS_INVALID", notifier.BadFormat},
		{400, "Bad Request: REPLY_MARKUP_TOO_LONG", notifier.BadFormat},
		{400, "Bad Request: strings must be encoded in UTF-8", notifier.BadFormat},
		{400, "Bad Request: inline keyboard button URL 'http://x' is invalid: Wrong HTTP URL", notifier.BadFormat},
		{400, "Bad Request: Can't parse reply keyboard markup JSON object", notifier.BadFormat},
		{400, "Bad Request: something new", notifier.BadFormat},
		{413, "Request Entity Too Large", notifier.BadFormat},
		{400, "Bad Request: chat not found", notifier.Dead},
		{400, "Bad Request: private chat not found", notifier.Dead},
		{400, "Bad Request: Empty chat_id specified", notifier.Dead},
		{400, "Bad Request: Chat identifier is not specified", notifier.Dead},
		{400, "Bad Request: PEER_ID_INVALID", notifier.Dead},
		{400, "Bad Request: CHAT_ID_INVALID", notifier.Dead},
		{400, "Bad Request: CHANNEL_INVALID", notifier.Dead},
		{400, "Bad Request: CHANNEL_PRIVATE", notifier.Dead},
		{400, "Bad Request: group chat was deactivated", notifier.Dead},
		{400, "Bad Request: USER_IS_BLOCKED", notifier.Dead},
		{400, "Bad Request: INPUT_USER_DEACTIVATED", notifier.Dead},
		{400, "Bad Request: USER_BANNED_IN_CHANNEL", notifier.Dead},
		{400, "Bad Request: need administrator rights in the channel chat", notifier.Dead},
		{400, "Bad Request: CHAT_ADMIN_REQUIRED", notifier.Dead},
		{400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN", notifier.Dead},
		{400, "Bad Request: CHAT_RESTRICTED", notifier.Dead},
		{400, "Bad Request: CHAT_WRITE_FORBIDDEN", notifier.Dead},
		{400, "Bad Request: have no rights to send a message", notifier.Dead},
		{400, "Bad Request: not enough rights to send text messages to the chat", notifier.Dead},
		{400, "Bad Request: group chat was upgraded to a supergroup chat", notifier.Dead},
		{401, "Unauthorized", notifier.Dead},
		{403, "Forbidden: bot is not a member of the supergroup chat", notifier.Dead},
		{403, "Forbidden: bot was kicked from the group chat", notifier.Dead},
		{403, "Forbidden: bot was blocked by the user", notifier.Dead},
		{403, "Forbidden: the group chat was deleted", notifier.Dead},
		{403, "Forbidden: user is deactivated", notifier.Dead},
		{403, "Forbidden: bot can't initiate conversation with a user", notifier.Dead},
		{403, "Forbidden: bot can't send messages to bots", notifier.Dead},
		{404, "Not Found: method not found", notifier.Dead},
		{429, "Too Many Requests: retry after 3", notifier.Flood},
		{500, "Internal Server Error: failed to save certificate", notifier.Ambiguous},
		{502, "Bad Gateway", notifier.Ambiguous},
		{504, "Gateway Timeout", notifier.Ambiguous},
	} {
		answer := fmt.Appendf(nil, `{"ok":false,"error_code":%d,"description":%q}`, c.code, c.text)
		_, fail := classify(answer, errors.New("as telebot says it"))
		if fail == nil || fail.Class != c.want {
			t.Errorf("%d %s: got %v, want class %s", c.code, c.text, fail, c.want)
			continue
		}
		if no, ok := errors.AsType[*refusal](fail); !ok || no.Description != c.text || no.Code != c.code {
			t.Errorf("%d %s: the description is lost: %v", c.code, c.text, fail)
		}
	}
}

func TestEveryBrokenCallIsClassedByWhetherItLeft(t *testing.T) {
	refusedDial := &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	for _, c := range []struct {
		name string
		err  error
		want notifier.Class
	}{
		{"connection refused", refusedDial, notifier.NotSent},
		{"proxy unreachable", &net.OpError{Op: "proxyconnect", Err: refusedDial}, notifier.NotSent},
		{"no such host", &net.DNSError{Err: "no such host", Name: "api.telegram.org"}, notifier.NotSent},
		{"bad certificate", &tls.CertificateVerificationError{Err: errors.New("unknown authority")}, notifier.NotSent},
		{"no TLS on the other side", tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, notifier.NotSent},
		{"handshake too slow", errors.New("net/http: TLS handshake timeout"), notifier.NotSent},
		{"no token to send", errNoToken, notifier.NotSent},
		{"timeout", context.DeadlineExceeded, notifier.Ambiguous},
		{"cancelled", context.Canceled, notifier.Ambiguous},
		{"cut off", io.ErrUnexpectedEOF, notifier.Ambiguous},
		{"reset", &net.OpError{Op: "read", Err: syscall.ECONNRESET}, notifier.Ambiguous},
	} {
		wrapped := fmt.Errorf("telebot: %w", &url.Error{Op: "Post", URL: "https://x/", Err: c.err})
		if _, fail := classify(nil, wrapped); fail == nil || fail.Class != c.want || !errors.Is(fail, c.err) {
			t.Errorf("%s: got %v, want class %s", c.name, fail, c.want)
		}
	}
	if _, fail := classify(nil, nil); fail == nil || fail.Class != notifier.Ambiguous {
		t.Errorf("no answer and no error: got %v", fail)
	}
}

func TestAnAnswerCarriesItsParameters(t *testing.T) {
	for _, c := range []struct {
		name, answer string
		want         notifier.SendError
	}{
		{
			"flood", `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 35","parameters":{"retry_after":35}}`,
			notifier.SendError{Class: notifier.Flood, After: 35 * time.Second},
		},
		{
			"flood without a time", `{"ok":false,"error_code":429,"description":"Too Many Requests"}`,
			notifier.SendError{Class: notifier.Flood, After: time.Second},
		},
		{
			"migration", `{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1009}}`,
			notifier.SendError{Class: notifier.Migrated, To: "telegram:-1009:0"},
		},
		{"null", `{"ok":true,"result":null}`, notifier.SendError{Class: notifier.Ambiguous}},
		{"nothing", `{"ok":true}`, notifier.SendError{Class: notifier.Ambiguous}},
		{"other JSON", `{"status":"up"}`, notifier.SendError{Class: notifier.Ambiguous}},
	} {
		_, fail := classify([]byte(c.answer), nil)
		if fail == nil || fail.Class != c.want.Class || fail.After != c.want.After || fail.To != c.want.To {
			t.Errorf("%s: got %+v, want %+v", c.name, fail, c.want)
		}
	}
	if result, fail := classify([]byte(`{"ok":true,"result":{"message_id":5}}`), nil); fail != nil || string(result) != `{"message_id":5}` {
		t.Errorf("success: got %s, %v", result, fail)
	}
}
