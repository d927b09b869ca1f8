package slack

import (
	"cmp"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"

	"github.com/siaga-id/siaga/notifier"
)

var (
	// errBadToken: a secret that the configuration reads cannot be what it
	// should be.
	errBadToken = errors.New("the token is missing or of another kind")
	// errNoMessage: the answer to a post or an edit does not say which message
	// it became.
	errNoMessage = errors.New("the answer names no message")
	// errNoAnswer: the answer to a question says neither yes nor no.
	errNoAnswer = errors.New("the answer is empty")
	// errShut: Slack asked to be left alone, and that time is not over.
	errShut = errors.New("waiting as Slack asked")
	// errDeaf: the socket gave no sign of life for deafTime.
	errDeaf = errors.New("the socket is silent")
	// errNoHello: the socket was closed before it was of any use, as happens to
	// the eleventh of one app.
	errNoHello = errors.New("the socket was closed before Slack said hello; are ten others open?")
	// errTooMany: a channel had more messages since a lost post than we look at.
	errTooMany = errors.New("too many messages to look through")
)

// blindPause is the wait after a refusal for speed that does not say how long.
const blindPause = 10 * time.Second

// refusal is what Slack said instead of yes.
type refusal struct {
	code   string // such as invalid_blocks
	detail string // where the request was wrong, or which scope is missing; for logs
}

func (r *refusal) Error() string {
	if r.detail == "" {
		return r.code
	}
	return r.code + ": " + r.detail
}

func refused(r slackgo.SlackErrorResponse) *refusal {
	const most = 300 // bytes of a log line
	detail := cmp.Or(r.Needed, strings.Join(r.ResponseMetadata.Messages, "; "))
	return &refusal{code: r.Err, detail: strings.ToValidUTF8(detail[:min(len(detail), most)], "")}
}

// classify says what a failed call means (chat.md 1.4); nil for no error. What
// is not known to have failed may have arrived.
func classify(err error) *notifier.SendError {
	if err == nil {
		return nil
	}
	fail := &notifier.SendError{Class: notifier.Ambiguous, Err: bare(err)}
	if wait, isFlood := tooFast(err); isFlood {
		fail.Class, fail.After = notifier.Flood, wait
		return fail
	}
	if r, ok := errors.AsType[slackgo.SlackErrorResponse](err); ok {
		fail.Class, fail.Err = classOf(r.Err), refused(r)
	} else if neverLeft(err) {
		fail.Class = notifier.NotSent
	}
	return fail
}

// bare takes away the URL that net/http and net/url wrap around an error: a
// response_url or the ticket of a websocket is as good as a password.
func bare(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}

// tooFast reports whether the call was refused for its speed, and how long to
// wait. The library has a different error for each way of saying so; a
// Retry-After that it cannot read comes as the error of strconv.
func tooFast(err error) (time.Duration, bool) {
	if limited, ok := errors.AsType[*slackgo.RateLimitedError](err); ok {
		return max(limited.RetryAfter, time.Second), true
	}
	status, isStatus := errors.AsType[slackgo.StatusCodeError](err)
	r, isRefusal := errors.AsType[slackgo.SlackErrorResponse](err)
	_, isUnread := errors.AsType[*strconv.NumError](err)
	if isUnread || isStatus && status.Code == http.StatusTooManyRequests ||
		isRefusal && classOf(r.Err) == notifier.Flood {
		return blindPause, true
	}
	return 0, false
}

// neverLeft reports whether the request certainly did not reach Slack: there
// was no connection to carry it.
func neverLeft(err error) bool {
	op, isOp := errors.AsType[*net.OpError](err)
	_, isDNS := errors.AsType[*net.DNSError](err)
	_, isCertificate := errors.AsType[*tls.CertificateVerificationError](err)
	_, isNoTLS := errors.AsType[tls.RecordHeaderError](err)
	return errors.Is(err, errBadToken) || isDNS || isCertificate || isNoTLS ||
		isOp && (op.Op == "dial" || op.Op == "proxyconnect") ||
		strings.Contains(err.Error(), "TLS handshake timeout") // a private type of net/http
}

// classOf reads the class out of an error code. Sources: the error lists of
// chat.postMessage, chat.update, chat.postEphemeral, conversations.history,
// auth.test and apps.connections.open on docs.slack.dev. Whatever is unknown was refused for
// its content as far as we can tell, and plain text has the best chance.
func classOf(code string) notifier.Class {
	switch code {
	case "ratelimited", "rate_limited", "message_limit_exceeded":
		return notifier.Flood
	case "internal_error", "fatal_error", "service_unavailable":
		return notifier.Ambiguous // "some aspect of the operation" may have succeeded
	case "request_timeout", // our request came in incomplete
		"team_added_to_org", "org_login_required", // the workspace is being moved
		"external_channel_migrating": // the channel is
		return notifier.NotSent
	case "message_not_found", "cant_update_message", "edit_window_closed":
		return notifier.Gone
	case "cannot_reply_to_message", "thread_not_found",
		"restricted_action_thread_locked", "restricted_action_non_threadable_channel":
		return notifier.ThreadGone
	case "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type",
		"missing_scope", "no_permission", "access_denied", "accesslimited", "ekm_access_denied", "two_factor_setup_required",
		"enterprise_is_restricted", "team_access_not_granted", "team_not_found", "is_bot",
		"channel_not_found", "not_in_channel", "user_not_in_channel", "user_not_found", "is_archived", "is_inactive",
		"messages_tab_disabled",
		"method_deprecated", "deprecated_endpoint", "unknown_method": // this program is too old for any chat
		return notifier.Dead
	}
	if strings.HasPrefix(code, "restricted_action") {
		return notifier.Dead
	}
	return notifier.BadFormat
}
