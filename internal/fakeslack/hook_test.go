package fakeslack_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/siaga-id/siaga/internal/fakeslack"
)

// hookOf has Sari type a command and returns the response_url that came with it.
func hookOf(t *testing.T, s *fakeslack.Server) string {
	t.Helper()
	var url string
	connect(t, s, func(c *socketmode.Client, e socketmode.Event) {
		if command, ok := e.Data.(slack.SlashCommand); ok {
			url = command.ResponseURL
		}
		ack(c, e)
	})
	if err := s.Slash("C1", "U1", "/isu", ""); err != nil {
		t.Fatal(err)
	}
	return url
}

// respond sends a body to a response_url and returns the status with the answer.
func respond(t *testing.T, s *fakeslack.Server, url, body string) (int, string) {
	t.Helper()
	resp, err := s.Client().Post(url, "application/json; charset=utf-8", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	said, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(said)
}

func TestAResponseURLReachesThePersonOrTheChannel(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, _ *slack.Client) {
		url := hookOf(t, s)
		if err := s.Kick("C1"); err != nil { // membership does not matter here
			t.Fatal(err)
		}
		for _, body := range []string{`{"text":"hanya Sari"}`, `{"response_type":"ephemeral","text":"lagi"}`, `{"response_type":"in_channel","text":"semua"}`} {
			if status, said := respond(t, s, url, body); status != http.StatusOK {
				t.Errorf("%s: %d %s", body, status, said)
			}
		}
		if e, m := s.Ephemerals(), s.Messages("C1"); len(e) != 2 || e[0].Plain != "hanya Sari" || len(m) != 1 || m[0].Plain != "semua" {
			t.Errorf("shown %+v, %+v", e, m)
		}
		noViolations(t, s)
	})
}

func TestAResponseURLWorksFiveTimesInHalfAnHour(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, _ *slack.Client) {
		url := hookOf(t, s)
		for n := range 6 {
			status, said := respond(t, s, url, `{"text":"a"}`)
			if late := n == 5; late != (status == http.StatusNotFound && strings.Contains(said, "used_url")) {
				t.Errorf("use %d: %d %s", n+1, status, said)
			}
		}
		if v := s.Violations(); len(v) != 1 || v[0].Code != "used_url" || v[0].Where != fakeslack.ResponseURL {
			t.Errorf("violations %v", v)
		}
	})
	inBubble(t, func(t *testing.T, s *fakeslack.Server, _ *slack.Client) {
		url := hookOf(t, s)
		time.Sleep(30*time.Minute + time.Second)
		if status, said := respond(t, s, url, `{"text":"a"}`); status != http.StatusNotFound || !strings.Contains(said, "expired_url") {
			t.Errorf("after half an hour: %d %s", status, said)
		}
	})
}

func TestWhatIsWrongAtAResponseURLIsRefused(t *testing.T) {
	for body, want := range map[string]string{
		`{"text":""}`:                           "no_text",
		`{`:                                     "invalid_json",
		`{"response_type":"loud","text":"a"}`:   "invalid_arguments",
		`{"replace_original":true,"text":"a"}`:  "invalid_arguments",
		`{"delete_original":true}`:              "message_not_found", // a command has no message
		`{"text":"a","blocks":[{"type":"no"}]}`: "invalid_blocks",
	} {
		inBubble(t, func(t *testing.T, s *fakeslack.Server, _ *slack.Client) {
			status, said := respond(t, s, hookOf(t, s), body)
			if v := s.Violations(); status != http.StatusNotFound || !strings.Contains(said, want) || len(v) != 1 || v[0].Code != want {
				t.Errorf("%s: %d %s, violations %v", body, status, said, v)
			}
		})
	}
}
