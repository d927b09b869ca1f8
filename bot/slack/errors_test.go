package slack

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	slackgo "github.com/slack-go/slack"

	"github.com/siaga-id/siaga/notifier"
)

func contextOver(t *testing.T) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx, cancel
}

func TestEveryRefusalHasAClass(t *testing.T) {
	for class, codes := range map[notifier.Class]string{
		notifier.Flood:     "ratelimited rate_limited message_limit_exceeded",
		notifier.Ambiguous: "internal_error fatal_error service_unavailable",
		notifier.NotSent:   "request_timeout team_added_to_org org_login_required external_channel_migrating",
		notifier.Gone:      "message_not_found cant_update_message edit_window_closed",
		notifier.ThreadGone: "cannot_reply_to_message thread_not_found restricted_action_thread_locked " +
			"restricted_action_non_threadable_channel",
		notifier.Dead: "channel_not_found not_in_channel is_archived invalid_auth not_authed account_inactive " +
			"token_revoked token_expired not_allowed_token_type missing_scope no_permission access_denied accesslimited " +
			"ekm_access_denied restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel " +
			"user_not_in_channel user_not_found is_inactive messages_tab_disabled enterprise_is_restricted team_access_not_granted " +
			"team_not_found is_bot two_factor_setup_required method_deprecated deprecated_endpoint unknown_method",
		notifier.BadFormat: "invalid_blocks invalid_blocks_format msg_too_long msg_blocks_too_long no_text invalid_metadata_format " +
			"invalid_metadata_schema metadata_too_large metadata_must_be_sent_from_app too_many_attachments " +
			"attachment_payload_limit_exceeded block_mismatch cant_broadcast_message no_dual_broadcast_content_update " +
			"invalid_arg_name invalid_array_arg invalid_charset invalid_form_data invalid_post_type missing_post_type " +
			"invalid_arguments something_new",
	} {
		for code := range strings.FieldsSeq(codes) {
			fail := classify(fmt.Errorf("post: %w", slackgo.SlackErrorResponse{Err: code}))
			if fail == nil || fail.Class != class || !strings.Contains(fail.Error(), code) {
				t.Errorf("%s: got %v, want class %s", code, fail, class)
			}
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
		{"no such host", &net.DNSError{Err: "no such host", Name: "slack.com"}, notifier.NotSent},
		{"bad certificate", &tls.CertificateVerificationError{Err: errors.New("unknown authority")}, notifier.NotSent},
		{"no TLS on the other side", tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, notifier.NotSent},
		{"handshake too slow", errors.New("net/http: TLS handshake timeout"), notifier.NotSent},
		{"no token to send", errBadToken, notifier.NotSent},
		{"timeout", context.DeadlineExceeded, notifier.Ambiguous},
		{"cancelled", context.Canceled, notifier.Ambiguous},
		{"cut off", io.ErrUnexpectedEOF, notifier.Ambiguous},
		{"reset", &net.OpError{Op: "read", Err: syscall.ECONNRESET}, notifier.Ambiguous},
		{"error page", slackgo.StatusCodeError{Code: 502, Status: "502 Bad Gateway"}, notifier.Ambiguous},
		{"page of a filter", slackgo.StatusCodeError{Code: 403, Status: "403 Forbidden"}, notifier.Ambiguous},
		{"empty answer", errNoMessage, notifier.Ambiguous},
	} {
		fail := classify(&url.Error{Op: "Post", URL: "https://x/rahasia", Err: c.err})
		if fail == nil || fail.Class != c.want || !errors.Is(fail, c.err) || strings.Contains(fail.Error(), secret) {
			t.Errorf("%s: got %v, want class %s", c.name, fail, c.want)
		}
	}
	if fail := classify(nil); fail != nil {
		t.Errorf("no error: got %v", fail)
	}
}

func TestARefusalForSpeedSaysHowLongToWait(t *testing.T) {
	_, unread := strconv.ParseInt("soon", 10, 64)
	for _, c := range []struct {
		err  error
		want time.Duration
	}{
		{&slackgo.RateLimitedError{RetryAfter: 35 * time.Second}, 35 * time.Second},
		{&slackgo.RateLimitedError{}, time.Second},
		{slackgo.StatusCodeError{Code: 429, Status: "429 Too Many Requests"}, blindPause},
		{slackgo.SlackErrorResponse{Err: "ratelimited"}, blindPause},
		{slackgo.SlackErrorResponse{Err: "message_limit_exceeded"}, blindPause},
		{unread, blindPause},
	} {
		if fail := classify(c.err); fail.Class != notifier.Flood || fail.After != c.want {
			t.Errorf("%v: got %s after %v, want flood after %v", c.err, fail.Class, fail.After, c.want)
		}
	}
}

func TestARefusalSaysWhereItWasWrong(t *testing.T) {
	where := "must be less than 3001 characters [json-pointer:/blocks/1/text/text]"
	r := slackgo.SlackErrorResponse{Err: "invalid_blocks", ResponseMetadata: slackgo.ResponseMetadata{Messages: []string{where}}}
	if got := classify(r).Error(); got != "format: invalid_blocks: "+where {
		t.Errorf("got %q", got)
	}
	r = slackgo.SlackErrorResponse{Err: "missing_scope", Needed: "channels:history"}
	if got := classify(r).Error(); got != "dead: missing_scope: channels:history" {
		t.Errorf("got %q", got)
	}
	r.Needed = strings.Repeat("ü", 1000)
	if got := classify(r).Error(); len(got) > 400 {
		t.Errorf("%d bytes in a log line", len(got))
	}
}
