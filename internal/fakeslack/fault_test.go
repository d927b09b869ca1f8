package fakeslack_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/siaga-id/siaga/internal/fakeslack"
)

func TestFaultsLookToTheClientAsChatMdSays(t *testing.T) {
	rateLimited := func(err error) bool {
		limited, ok := errors.AsType[*slack.RateLimitedError](err)
		return ok && limited.RetryAfter == 30*time.Second
	}
	status := func(want int) func(error) bool {
		return func(err error) bool {
			got, ok := errors.AsType[slack.StatusCodeError](err)
			return ok && got.Code == want
		}
	}
	coded := func(want string) func(error) bool {
		return func(err error) bool {
			got, ok := errors.AsType[slack.SlackErrorResponse](err)
			return ok && got.Err == want
		}
	}
	ambiguous := func(err error) bool {
		if err == nil {
			return false
		}
		_, isSlack := errors.AsType[slack.SlackErrorResponse](err)
		return !isSlack
	}
	silent := func(err error) bool { return err == nil }
	for name, tt := range map[string]struct {
		fault  fakeslack.Fault
		seen   func(error) bool
		hasTS  bool
		landed bool
	}{
		"error code":           {fakeslack.ErrorCode("is_archived"), coded("is_archived"), false, false},
		"429":                  {fakeslack.TooMany(30 * time.Second), rateLimited, false, false},
		"429 without a header": {fakeslack.TooMany(0), status(429), false, false},
		"ratelimited in a 200": {fakeslack.ErrorCode("ratelimited"), coded("ratelimited"), false, false},
		"502":                  {fakeslack.Page(502), status(502), false, false},
		"502 after landing":    {fakeslack.Page(502).Landing(), status(502), false, true},
		"{}":                   {fakeslack.Body("{}"), silent, false, false},
		`{"ok":false}`:         {fakeslack.Body(`{"ok":false}`), silent, false, false},
		"{} after landing":     {fakeslack.Body("{}").Landing(), silent, false, true},
		"slow within patience": {fakeslack.Slow(14 * time.Second), silent, true, true},
		"slow beyond patience": {fakeslack.Slow(16 * time.Second), ambiguous, false, true},
		"late within patience": {fakeslack.LateAnswer(14 * time.Second), silent, true, true},
		"late beyond patience": {fakeslack.LateAnswer(16 * time.Second), ambiguous, false, true},
		"answer lost":          {fakeslack.AnswerLost(), ambiguous, false, true},
		"request lost":         {fakeslack.RequestLost(), ambiguous, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, s *fakeslack.Server, _ *slack.Client) {
				patient := s.Client()
				patient.Timeout = 15 * time.Second
				api := slack.New(botToken, slack.OptionAPIURL(s.APIURL()), slack.OptionHTTPClient(patient))
				s.Fail("chat.postMessage", tt.fault)
				_, ts, err := api.PostMessageContext(t.Context(), "C1", slack.MsgOptionText("a", false))
				if !tt.seen(err) || (ts != "") != tt.hasTS {
					t.Errorf("client got ts %q and error %v", ts, err)
				}
				time.Sleep(2 * time.Second)
				if landed := len(s.Messages("C1")) == 1; landed != tt.landed {
					t.Errorf("landed is %v", landed)
				}
				noViolations(t, s)
			})
		})
	}
}

func TestAFaultHitsTheCallsItWasMeantFor(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
		s.Fail("auth.test", fakeslack.ErrorCode("first").Times(2))
		s.Fail("", fakeslack.ErrorCode("second"))
		var got []string
		for range 4 {
			_, err := api.AuthTestContext(t.Context())
			got = append(got, code(err))
		}
		if got[0] != "first" || got[1] != "first" || got[2] != "second" || got[3] != "" {
			t.Errorf("got %q", got)
		}
		if log := s.Calls(); log[0].Code != "fault: first" || log[3].Code != "" {
			t.Errorf("log %+v", log)
		}
	})
}

func TestTheRateIsOnePostASecondAndChannel(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
		s.AddChannel("C2", "krisis")
		to := func(channel string) error {
			_, _, err := api.PostMessageContext(t.Context(), channel, slack.MsgOptionText("a", false))
			return err
		}
		var err error
		n := 0
		for ; err == nil && n < 10; n++ {
			err = to("C1")
		}
		limited, ok := errors.AsType[*slack.RateLimitedError](err)
		if !ok || n != 4 || limited.RetryAfter != time.Second {
			t.Fatalf("post %d: %v", n, err)
		}
		if err := to("C2"); err != nil {
			t.Errorf("another channel: %v", err)
		}
		noViolations(t, s)
		if err := to("C1"); err == nil || len(s.Violations()) != 1 {
			t.Errorf("ignoring Retry-After: %v, violations %v", err, s.Violations())
		}
		time.Sleep(limited.RetryAfter)
		for range 60 {
			if err := to("C1"); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Second)
		}
	})
}

func TestUpdatesAreFiftyAMinute(t *testing.T) {
	inBubble(t, func(t *testing.T, _ *fakeslack.Server, api *slack.Client) {
		ts := post(t, api, slack.MsgOptionText("a", false))
		passed := 0
		for range 120 { // two a second for one minute
			_, _, _, err := api.UpdateMessageContext(t.Context(), "C1", ts, slack.MsgOptionText("b", false))
			if err == nil {
				passed++
			}
			time.Sleep(time.Second / 2)
		}
		if passed < 90 || passed > 99 {
			t.Errorf("%d updates passed, want the burst of 50 and 50 more", passed)
		}
	})
}

func TestNothingElseIsReachable(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, _ *slack.Client) {
		real := slack.New(botToken, slack.OptionHTTPClient(s.Client()))
		if _, err := real.AuthTestContext(t.Context()); err == nil || len(s.Calls()) != 0 {
			t.Errorf("the real Slack answered: %v", err)
		}
	})
}

func TestItAlsoWorksOverTheNetwork(t *testing.T) {
	s := fakeslack.New(botToken, appToken)
	defer s.Close()
	s.AddChannel("C1", "humas")
	s.AddUser(fakeslack.User{ID: "U1", Name: "Sari"})
	web := httptest.NewServer(s)
	defer web.Close()
	api := slack.New(botToken, slack.OptionAppLevelToken(appToken), slack.OptionAPIURL(web.URL+"/api/"))
	c := socketmode.New(api)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() { _ = c.RunContext(ctx) }()
	go func() {
		for e := range c.Events {
			if e.Type == socketmode.EventTypeSlashCommand {
				ack(c, e)
			}
		}
	}()
	if err := s.Slash("C1", "U1", "/isu", ""); err != nil {
		t.Error(err)
	}
	post(t, api, slack.MsgOptionText("ISU-42", false), card("Ambil"))
	if got := s.Messages("C1"); len(got) != 1 || len(got[0].Buttons) != 1 {
		t.Errorf("messages %+v", got)
	}
	noViolations(t, s)
}
