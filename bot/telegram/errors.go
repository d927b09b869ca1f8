package telegram

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/siaga-id/siaga/notifier"
)

var (
	// errNoAnswer: a call ended without an answer and without an error.
	errNoAnswer = errors.New("no answer")
	// errNoResult: the answer is yes, and empty.
	errNoResult = errors.New("the answer has no result")
	// errNoMessage: the answer to a post does not say which message it became.
	errNoMessage = errors.New("the answer names no message")
	// errNoToken: the secret that Config.Token reads is empty.
	errNoToken = errors.New("the token is empty")
	// errPanic: a bug, in us or in telebot, was caught before it could stop us.
	errPanic = errors.New("panic")
)

// refusal is what the server said instead of yes. Its description is for
// logs: it may name a position in the text, never the text.
type refusal struct {
	Code        int
	Description string
}

func (r *refusal) Error() string { return fmt.Sprintf("%s (%d)", r.Description, r.Code) }

// reply is the envelope of every answer of the Bot API.
type reply struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int64 `json:"retry_after"` // seconds
		MigratedTo int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// valid tells an answer of the Bot API from a page of a proxy.
func (r reply) valid() bool { return r.OK || r.Code != 0 }

// classify takes what Raw returns and says what became of the call: a result,
// or a failure with its class (chat.md 1.4). It reads the answer itself, as
// telebot drops the parameters of most refusals and wraps nothing.
func classify(answer []byte, err error) (json.RawMessage, *notifier.SendError) {
	var r reply
	switch {
	case json.Unmarshal(answer, &r) != nil || !r.valid():
		return nil, unanswered(err)
	case !r.OK:
		return nil, refused(r)
	case len(r.Result) == 0 || bytes.Equal(r.Result, []byte("null")):
		return nil, &notifier.SendError{Class: notifier.Ambiguous, Err: errNoResult}
	}
	return r.Result, nil
}

// unanswered classifies a call that brought back no answer.
func unanswered(err error) *notifier.SendError {
	fail := &notifier.SendError{Class: notifier.Ambiguous, Err: err}
	switch {
	case err == nil:
		fail.Err = errNoAnswer
	case neverLeft(err):
		fail.Class = notifier.NotSent
	}
	return fail
}

// neverLeft reports whether the request certainly did not reach the server:
// there was no connection to carry it.
func neverLeft(err error) bool {
	op, isOp := errors.AsType[*net.OpError](err)
	_, isDNS := errors.AsType[*net.DNSError](err)
	_, isCertificate := errors.AsType[*tls.CertificateVerificationError](err)
	_, isNoTLS := errors.AsType[tls.RecordHeaderError](err)
	return errors.Is(err, errNoToken) || isDNS || isCertificate || isNoTLS ||
		isOp && (op.Op == "dial" || op.Op == "proxyconnect") ||
		strings.Contains(err.Error(), "TLS handshake timeout") // a private type of net/http
}

// refused classifies an answer that is no.
func refused(r reply) *notifier.SendError {
	fail := &notifier.SendError{Class: refusedAs(r), Err: &refusal{r.Code, r.Description}}
	if fail.Class == notifier.Flood {
		fail.After = max(time.Second, time.Duration(r.Parameters.RetryAfter)*time.Second)
	}
	if fail.Class == notifier.Migrated {
		fail.To = address{chat: r.Parameters.MigratedTo}.dest()
	}
	return fail
}

func refusedAs(r reply) notifier.Class {
	switch {
	case r.Code == http.StatusTooManyRequests:
		return notifier.Flood
	case r.Code >= http.StatusInternalServerError:
		return notifier.Ambiguous
	case r.Parameters.MigratedTo != 0:
		return notifier.Migrated
	case r.Code == http.StatusUnauthorized, r.Code == http.StatusForbidden, r.Code == http.StatusNotFound:
		return notifier.Dead
	}
	return classOf(r.Description)
}

// classOf reads the class out of a 400's description, which the API calls
// unstable: hence by fragments, in any case. Whatever is unknown was refused
// for its content as far as we can tell, and plain text has the best chance.
// Sources: tdlib/telegram-bot-api Client.cpp, telebot.v3 errors.go, and the
// upper-case codes of the layer below (core.telegram.org/method/
// messages.sendMessage and messages.editMessage), which pass through
// untranslated.
func classOf(description string) notifier.Class {
	text := strings.ToLower(description)
	for _, c := range []struct {
		class     notifier.Class
		fragments []string
	}{
		{notifier.Unchanged, []string{"message is not modified", "message_not_modified"}},
		{notifier.Gone, []string{
			"message to edit not found", "message can't be edited", "message_id_invalid", "message_author_required",
			"message_edit_time_expired",
			"message identifier", // which we remember wrongly, or not at all
		}},
		{notifier.ThreadGone, []string{
			"message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid",
		}},
		{notifier.Dead, []string{
			"chat not found", "chat_id is empty", "empty chat_id", "chat identifier",
			"user not found", "peer_id_invalid", "chat_id_invalid", "channel_invalid", "channel_private", "channel_public_group_na",
			"group chat was deactivated", "have no access to the user", "user_is_blocked", "input_user_deactivated",
			"user_is_bot", "user_banned_in_channel", "bot was kicked",
			"group chat was upgraded", // without the new address
			"chat_write_forbidden", "chat_forbidden", "chat_restricted", "chat_guest_send_forbidden",
			"chat_send_plain_forbidden", "have no rights to send", "not enough rights",
			"need administrator rights", "chat_admin_required",
		}},
	} {
		for _, fragment := range c.fragments {
			if strings.Contains(text, fragment) {
				return c.class
			}
		}
	}
	return notifier.BadFormat
}
