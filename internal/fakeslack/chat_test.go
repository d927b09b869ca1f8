package fakeslack_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"github.com/siaga-id/siaga/internal/fakeslack"
)

// code is Slack's error code, or what else went wrong.
func code(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func nonce(value string) slack.MsgOption {
	return slack.MsgOptionMetadata(slack.SlackMetadata{
		EventType: "isu_card", EventPayload: map[string]any{"nonce": value},
	})
}

func TestTheBotLearnsWhoItIs(t *testing.T) {
	inBubble(t, func(t *testing.T, _ *fakeslack.Server, api *slack.Client) {
		me, err := api.AuthTestContext(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if me.TeamID != fakeslack.TeamID || me.UserID != fakeslack.BotUserID || me.BotID != fakeslack.BotID {
			t.Errorf("auth.test says %+v", me)
		}
	})
}

func TestAnAmbiguousPostIsFoundAgainByItsNonce(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
		s.Fail("chat.postMessage", fakeslack.AnswerLost())
		_, ts, err := api.PostMessageContext(t.Context(), "C1", slack.MsgOptionText("a", false), nonce("42/1"))
		if err == nil || ts != "" {
			t.Fatalf("got ts %q and error %v, want no answer", ts, err)
		}
		for _, all := range []bool{false, true} {
			h, err := api.GetConversationHistoryContext(t.Context(), &slack.GetConversationHistoryParameters{
				ChannelID: "C1", Oldest: "0", Limit: 10, IncludeAllMetadata: all,
			})
			if err != nil || len(h.Messages) != 1 {
				t.Fatalf("history: %+v, %v", h, err)
			}
			found := h.Messages[0].Metadata.EventPayload["nonce"] == "42/1"
			if found != all || h.Messages[0].Timestamp != s.Messages("C1")[0].TS {
				t.Errorf("include_all_metadata=%v: nonce found is %v", all, found)
			}
		}
	})
}

func TestAnUpdateKeepsWhatItDoesNotSend(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
		ts := post(t, api, slack.MsgOptionText("a", false), card("Ambil"), nonce("1"),
			slack.MsgOptionAttachments(slack.Attachment{Color: "#f00", Text: "merah"}))
		steps := []struct {
			name     string
			option   slack.MsgOption
			plain    string
			metadata string
		}{
			{"text only", slack.MsgOptionText("b", false), "🟠 WASPADA · ISU-42\nDebu — Rembang & tautan\n[Ambil]\nmerah", "isu_card"},
			{"no blocks", slack.MsgOptionBlocks(), "b\nmerah", "isu_card"},
			{"no attachments", slack.MsgOptionAttachments([]slack.Attachment{}...), "b", "isu_card"},
		}
		for i, step := range steps {
			if _, _, _, err := api.UpdateMessageContext(t.Context(), "C1", ts, step.option); err != nil {
				t.Fatal(err)
			}
			m := s.Messages("C1")[0]
			if m.Plain != step.plain || m.Metadata.EventType != step.metadata || m.Edits != i+1 || m.TS != ts {
				t.Errorf("%s: %+v, want %q", step.name, m, step.plain)
			}
		}
		_, _, _, err := api.UpdateMessageContext(t.Context(), "C1", ts, slack.MsgOptionText("", false))
		if code(err) != "no_text" || s.Messages("C1")[0].Text != "b" {
			t.Errorf("emptying the message: %v", err)
		}
	})
}

func TestADirectMessageHasAnIDOfItsOwn(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
		dm, ts, err := api.PostMessageContext(t.Context(), "U1", slack.MsgOptionText("halo", false))
		if err != nil || dm == "U1" {
			t.Fatalf("posted to %s: %v", dm, err)
		}
		_, _, _, err = api.UpdateMessageContext(t.Context(), "U1", ts, slack.MsgOptionText("x", false))
		if code(err) != "channel_not_found" {
			t.Errorf("an update by the person's id: %v", err)
		}
		if _, _, _, err = api.UpdateMessageContext(t.Context(), dm, ts, slack.MsgOptionText("x", false)); err != nil {
			t.Error(err)
		}
		if got := s.Messages("U1"); len(got) != 1 || got[0].Channel != dm || got[0].Plain != "x" {
			t.Errorf("direct messages: %+v", got)
		}
	})
}

func TestTimestampsRiseAndAreNeverShared(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
		s.AddChannel("C2", "krisis")
		last := ""
		for _, channel := range []string{"C1", "C2", "C1", "C2", "C1"} {
			_, ts, err := api.PostMessageContext(t.Context(), channel, slack.MsgOptionText("a", false))
			if err != nil || ts <= last {
				t.Fatalf("%q after %q: %v", ts, last, err)
			}
			last = ts
		}
	})
}

func TestHistoryComesInPages(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
		var all []string
		for range 5 {
			time.Sleep(time.Second)
			all = append(all, post(t, api, slack.MsgOptionText("a", false)))
		}
		time.Sleep(time.Second)
		post(t, api, slack.MsgOptionText("reply", false), slack.MsgOptionTS(all[0]))
		read := func(p slack.GetConversationHistoryParameters) (got []string) {
			p.ChannelID = "C1"
			for {
				h, err := api.GetConversationHistoryContext(t.Context(), &p)
				if err != nil || len(h.Messages) > p.Limit {
					t.Fatalf("%d messages: %v", len(h.Messages), err)
				}
				for _, m := range h.Messages {
					got = append(got, m.Timestamp)
				}
				if p.Cursor = h.ResponseMetaData.NextCursor; p.Cursor == "" {
					return got
				}
			}
		}
		for name, tt := range map[string]struct {
			ask  slack.GetConversationHistoryParameters
			want []string
		}{
			"newest first":     {slack.GetConversationHistoryParameters{Limit: 2}, []string{all[4], all[3], all[2], all[1], all[0]}},
			"bounds exclusive": {slack.GetConversationHistoryParameters{Limit: 2, Oldest: all[0], Latest: all[4]}, []string{all[3], all[2], all[1]}},
			"bounds inclusive": {slack.GetConversationHistoryParameters{Limit: 9, Oldest: all[1], Latest: all[2], Inclusive: true}, []string{all[2], all[1]}},
		} {
			if diff := cmp.Diff(tt.want, read(tt.ask)); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
		thread, more, _, err := api.GetConversationRepliesContext(t.Context(), &slack.GetConversationRepliesParameters{ChannelID: "C1", Timestamp: all[0]})
		if err != nil || more || len(thread) != 2 || thread[0].ReplyCount != 1 || thread[1].ThreadTimestamp != all[0] {
			t.Errorf("thread %+v: %v", thread, err)
		}
		noViolations(t, s)
	})
}

func TestWhatTheWorkspaceDoesNotAllowIsNamed(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
		s.AddChannel("C2", "lama")
		s.AddChannel("C3", "tertutup")
		mine := post(t, api, slack.MsgOptionText("a", false))
		theirs, _ := s.Say("C1", "U1", "halo") // nobody is connected to hear it
		text := slack.MsgOptionText("x", false)
		if err := s.Archive("C2"); err != nil {
			t.Fatal(err)
		}
		if err := s.Kick("C3"); err != nil {
			t.Fatal(err)
		}
		ctx := t.Context()
		to := func(channel string) error { _, _, err := api.PostMessageContext(ctx, channel, text); return err }
		edit := func(ts string) error { _, _, _, err := api.UpdateMessageContext(ctx, "C1", ts, text); return err }
		drop := func(ts string) error { _, _, err := api.DeleteMessageContext(ctx, "C1", ts); return err }
		thumb := func() error { return api.AddReactionContext(ctx, "eyes", slack.NewRefToMessage("C1", mine)) }
		whisper := func(user string) error { _, err := api.PostEphemeralContext(ctx, "C1", user, text); return err }
		userInfo := func(id string) error { _, err := api.GetUserInfoContext(ctx, id); return err }
		info := func(id string) error {
			_, err := api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: id})
			return err
		}
		replies := func(ts string) error {
			_, _, _, err := api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{ChannelID: "C1", Timestamp: ts})
			return err
		}
		for _, tt := range []struct {
			err  error
			want string
		}{
			{to("C9"), "channel_not_found"},
			{to("U9"), "channel_not_found"},
			{to("C2"), "is_archived"},
			{to("C3"), "not_in_channel"},
			{edit("1.000001"), "message_not_found"},
			{edit(theirs), "cant_update_message"},
			{drop(theirs), "cant_delete_message"},
			{thumb(), ""},
			{thumb(), "already_reacted"},
			{whisper("U1"), ""},
			{whisper("U9"), "user_not_in_channel"},
			{replies("1.000001"), "thread_not_found"},
			{userInfo("U1"), ""},
			{userInfo("U9"), "user_not_found"},
			{info("C1"), ""},
			{info("C9"), "channel_not_found"},
			{drop(mine), ""},
			{edit(mine), "message_not_found"},
		} {
			if code(tt.err) != tt.want {
				t.Errorf("got %v, want %q", tt.err, tt.want)
			}
		}
		noViolations(t, s)
	})
}

func TestAMessageDeletedByAPersonIsGone(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
		ts := post(t, api, slack.MsgOptionText("a", false))
		if err := s.Remove("C1", ts); err != nil {
			t.Fatal(err)
		}
		if _, _, _, err := api.UpdateMessageContext(t.Context(), "C1", ts, card("x")); code(err) != "message_not_found" {
			t.Errorf("update: %v", err)
		}
		_, _, reply, err := api.PostMessageWithResponseContext(t.Context(), "C1", slack.MsgOptionText("b", false), slack.MsgOptionTS(ts))
		if err != nil || reply.ThreadTimestamp != "" {
			t.Errorf("a reply to it stands in thread %q: %v", reply.ThreadTimestamp, err)
		}
	})
}

func TestRequestsWrongInThemselvesAreViolations(t *testing.T) {
	form, json := "application/x-www-form-urlencoded", "application/json"
	bearer := "Bearer " + botToken
	for _, tt := range []struct {
		name, method, kind, auth, body, want string
	}{
		{"no token", "auth.test", form, "", "", "not_authed"},
		{"the app's token", "auth.test", form, "Bearer " + appToken, "", "not_allowed_token_type"},
		{"the bot's token", "apps.connections.open", form, bearer, "", "not_allowed_token_type"},
		{"a token in JSON", "auth.test", json, "", `{"token":"xoxb-1"}`, "not_authed"},
		{"no such method", "chat.shout", form, bearer, "", "unknown_method"},
		{"no such body", "auth.test", "text/plain", bearer, "", "invalid_post_type"},
		{"broken form", "auth.test", form, bearer, "%zz", "invalid_form_data"},
		{"broken JSON", "auth.test", json, bearer, "{", "invalid_json"},
		{"JSON list", "auth.test", json, bearer, "[]", "json_not_object"},
		{"no channel", "chat.postMessage", form, bearer, "text=a", "invalid_arguments"},
		{"nothing to see", "chat.postMessage", form, bearer, "channel=C1&blocks=[]", "no_text"},
		{"two texts", "chat.postMessage", form, bearer, "channel=C1&text=a&text=b", "invalid_arguments"},
		{"a long text", "chat.postMessage", form, bearer, "channel=C1&text=" + strings.Repeat("é", 4001), "msg_too_long"},
		{"blocks no JSON", "chat.postMessage", form, bearer, "channel=C1&blocks=x", "invalid_blocks_format"},
		{"bad attachment", "chat.postMessage", form, bearer, "channel=C1&attachments=x", "invalid_attachments"},
		{"bad metadata", "chat.postMessage", form, bearer, "channel=C1&text=a&metadata=[]", "invalid_metadata_format"},
		{"no payload", "chat.postMessage", form, bearer, `channel=C1&text=a&metadata={"event_type":"a"}`, "invalid_metadata_format"},
		{"a big payload", "chat.postMessage", form, bearer, `channel=C1&text=a&metadata={"event_type":"` + strings.Repeat("a", 16384) + `"}`, "metadata_too_large"},
		{"bad limit", "conversations.history", form, bearer, "channel=C1&limit=1000", "invalid_limit"},
		{"bad oldest", "conversations.history", form, bearer, "channel=C1&oldest=x", "invalid_ts_oldest"},
		{"bad latest", "conversations.history", form, bearer, "channel=C1&latest=x", "invalid_ts_latest"},
		{"bad cursor", "conversations.history", form, bearer, "channel=C1&cursor=1.000001", "invalid_cursor"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, s *fakeslack.Server, _ *slack.Client) {
				r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.APIURL()+tt.method, strings.NewReader(tt.body))
				if err != nil {
					t.Fatal(err)
				}
				r.Header = http.Header{"Content-Type": {tt.kind}, "Authorization": {tt.auth}}
				if tt.auth == "" {
					r.Header.Del("Authorization")
				}
				resp, err := s.Client().Do(r)
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = resp.Body.Close() }()
				if v := s.Violations(); len(v) != 1 || v[0].Code != tt.want || v[0].Where != tt.method {
					t.Errorf("violations %v, want %s", v, tt.want)
				}
			})
		})
	}
}

func TestAWrongTokenIsRefused(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, _ *slack.Client) {
		other := slack.New("xoxb-2", slack.OptionAPIURL(s.APIURL()), slack.OptionHTTPClient(s.Client()))
		if _, err := other.AuthTestContext(t.Context()); code(err) != "invalid_auth" {
			t.Errorf("got %v", err)
		}
		if got := s.Calls(); len(got) != 1 || got[0].Code != "invalid_auth" || strings.Contains(got[0].Args.Encode(), "xoxb") {
			t.Errorf("log %+v", got)
		}
	})
}
