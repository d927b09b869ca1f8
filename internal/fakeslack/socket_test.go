package fakeslack_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"github.com/siaga-id/siaga/internal/fakeslack"
)

func TestAMissedAckIsHeldAgainstTheAppAndRepeated(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, _ *slack.Client) {
		var attempts, triggers, envelopes []string
		connect(t, s, func(c *socketmode.Client, e socketmode.Event) {
			attempts = append(attempts, fmt.Sprint(e.Request.RetryAttempt, e.Request.RetryReason))
			triggers = append(triggers, e.Data.(slack.SlashCommand).TriggerID)
			envelopes = append(envelopes, e.Request.EnvelopeID)
			if e.Request.RetryAttempt > 0 {
				ack(c, e)
			}
		})
		start := time.Now()
		if err := s.Slash("C1", "U1", "/isu", ""); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("repeated after %v, want 3 s", took)
		}
		if !slices.Equal(attempts, []string{"0", "1timeout"}) {
			t.Errorf("attempts %q", attempts)
		}
		if triggers[0] != triggers[1] || envelopes[0] == envelopes[1] {
			t.Errorf("a repetition keeps its trigger %q and changes its envelope %q", triggers, envelopes)
		}
		if v := s.Violations(); len(v) != 1 || v[0].Code != "not_acked" {
			t.Errorf("violations %v", v)
		}
	})
}

func TestAnEventIsRepeatedForMinutesAndKeepsItsID(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, _ *slack.Client) {
		start := time.Now()
		var at []time.Duration
		ids := map[string]bool{}
		connect(t, s, func(_ *socketmode.Client, e socketmode.Event) {
			at = append(at, time.Since(start))
			ids[e.Data.(slackevents.EventsAPIEvent).Data.(*slackevents.EventsAPICallbackEvent).EventID] = true
		})
		if _, err := s.Mention("C1", "U1", "ambil 42"); !errors.Is(err, fakeslack.ErrNotAcked) {
			t.Errorf("got %v, want %v", err, fakeslack.ErrNotAcked)
		}
		synctest.Wait()
		want := []time.Duration{0, 3 * time.Second, 66 * time.Second, 369 * time.Second}
		if !slices.Equal(at, want) || len(ids) != 1 {
			t.Errorf("delivered at %v as %v, want at %v under one id", at, ids, want)
		}
	})
}

func TestAfterADisconnectTheNextPressArrives(t *testing.T) {
	for name, interrupt := range map[string]func(*fakeslack.Server){
		"warning":           func(s *fakeslack.Server) { s.Disconnect("warning") },
		"refresh_requested": func(s *fakeslack.Server) { s.Disconnect("refresh_requested") },
		"cut":               func(s *fakeslack.Server) { s.Cut() },
		"end of life":       func(*fakeslack.Server) { time.Sleep(6 * time.Hour) },
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
				connect(t, s, ack)
				ts := post(t, api, slack.MsgOptionText("ISU-42", false), card("Ambil"))
				synctest.Wait()
				interrupt(s)
				if err := s.Press("C1", ts, "U1", "isu.ack"); err != nil {
					t.Error(err)
				}
				if opened := calls(s, "apps.connections.open"); opened < 2 {
					t.Errorf("connected %d times, want once more", opened)
				}
				if s.Sockets() != 1 {
					t.Errorf("%d sockets, want 1", s.Sockets())
				}
				noViolations(t, s)
			})
		})
	}
}

func calls(s *fakeslack.Server, method string) (n int) {
	for _, c := range s.Calls() {
		if c.Method == method {
			n++
		}
	}
	return n
}

func TestWhoeverIsNotConnectedIsNotBlamed(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, _ *slack.Client) {
		if err := s.Slash("C1", "U1", "/isu", ""); !errors.Is(err, fakeslack.ErrNotAcked) {
			t.Errorf("got %v, want %v", err, fakeslack.ErrNotAcked)
		}
		noViolations(t, s)
	})
}

func TestEachPayloadGoesToOneSocket(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, _ *slack.Client) {
		var first, second int
		connect(t, s, func(c *socketmode.Client, e socketmode.Event) { first++; ack(c, e) })
		connect(t, s, func(c *socketmode.Client, e socketmode.Event) { second++; ack(c, e) })
		synctest.Wait()
		for range 6 {
			if err := s.Slash("C1", "U1", "/isu", ""); err != nil {
				t.Fatal(err)
			}
		}
		if first != 3 || second != 3 {
			t.Errorf("%d and %d payloads, want 3 each", first, second)
		}
	})
}

// dial opens a bare socket, as a client in another language would.
func dial(t *testing.T, s *fakeslack.Server, api *slack.Client) *websocket.Conn {
	t.Helper()
	_, url, err := api.StartSocketModeContext(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	dialer := websocket.Dialer{NetDialContext: s.DialContext}
	conn, resp, err := dialer.DialContext(t.Context(), url, nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	t.Cleanup(func() { _ = conn.Close() })
	_, resp, err = dialer.DialContext(t.Context(), url, nil)
	if err == nil || resp.StatusCode != http.StatusUnauthorized {
		t.Fatalf("the URL worked twice: %v", err)
	}
	_ = resp.Body.Close()
	return conn
}

func read(t *testing.T, conn *websocket.Conn) (frame struct {
	Type, Reason string
	EnvelopeID   string `json:"envelope_id"`
},
) {
	t.Helper()
	if err := conn.ReadJSON(&frame); err != nil {
		t.Fatal(err)
	}
	return frame
}

func TestTheEleventhSocketIsTurnedAway(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
		for range 10 {
			if f := read(t, dial(t, s, api)); f.Type != "hello" {
				t.Fatalf("greeted with %+v", f)
			}
		}
		if f := read(t, dial(t, s, api)); f.Type != "disconnect" || f.Reason != "too_many_websockets" {
			t.Errorf("the eleventh got %+v", f)
		}
		if s.Sockets() != 10 {
			t.Errorf("%d sockets, want 10", s.Sockets())
		}
	})
}

func TestAClientThatStopsReadingLosesItsSocket(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
		read(t, dial(t, s, api)) // and never again, so that no ping is answered
		time.Sleep(time.Minute)
		if s.Sockets() != 0 {
			t.Error("the deaf socket is still open")
		}
	})
}

func TestBadAcksAreViolations(t *testing.T) {
	for code, bad := range map[string]func(id string) string{
		"invalid_ack":        func(string) string { return "ok" },
		"unknown_envelope":   func(string) string { return `{"envelope_id":"nobody"}` },
		"ack_too_long":       func(id string) string { return fmt.Sprintf(`{"envelope_id":%q,"payload":{"text":"%020480d"}}`, id, 0) },
		"unexpected_payload": func(id string) string { return fmt.Sprintf(`{"envelope_id":%q,"payload":{"text":"x"}}`, id) },
	} {
		t.Run(code, func(t *testing.T) {
			inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
				conn := dial(t, s, api)
				read(t, conn)
				go func() {
					id := read(t, conn).EnvelopeID
					_ = conn.WriteMessage(websocket.TextMessage, []byte(bad(id)))
					_ = conn.WriteJSON(map[string]string{"envelope_id": id})
				}()
				if _, err := s.Mention("C1", "U1", "x"); err != nil {
					t.Fatal(err)
				}
				if v := s.Violations(); len(v) != 1 || v[0].Code != code {
					t.Errorf("violations %v, want %s", v, code)
				}
			})
		})
	}
}

func TestCloseEndsEveryWait(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
		connect(t, s, func(*socketmode.Client, socketmode.Event) {})
		s.Fail("auth.test", fakeslack.Slow(time.Hour))
		errs := make(chan error, 3)
		go func() { errs <- s.Slash("C1", "U1", "/isu", "") }()
		go func() { errs <- s.Wait(t.Context(), "C1", func(m []fakeslack.Message) bool { return len(m) > 0 }) }()
		go func() {
			if _, err := api.AuthTestContext(t.Context()); err == nil {
				errs <- errors.New("a cut connection brought an answer")
				return
			}
			errs <- fakeslack.ErrClosed
		}()
		synctest.Wait()
		s.Close()
		s.Close()
		for range 3 {
			if err := <-errs; !errors.Is(err, fakeslack.ErrClosed) {
				t.Errorf("got %v, want %v", err, fakeslack.ErrClosed)
			}
		}
	})
}

func TestWaitTellsWhatWasOnTheScreen(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
		post(t, api, slack.MsgOptionText("ISU-42", false))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		err := s.Wait(ctx, "C1", func(m []fakeslack.Message) bool { return len(m) == 2 })
		if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "ISU-42") {
			t.Errorf("got %v", err)
		}
	})
}
