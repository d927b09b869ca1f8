package fakeslack_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/siaga-id/siaga/internal/fakeslack"
)

func words(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject("plain_text", text, false, false)
}

// modal asks for a reason, a note and a date.
func modal() slack.ModalViewRequest {
	reason := slack.NewOptionsSelectBlockElement("static_select", nil, "r",
		slack.NewOptionBlockObject("mereda", words("Mereda"), nil), slack.NewOptionBlockObject("duplikat", words("Duplikat"), nil))
	note := slack.NewInputBlock("note", words("Catatan"), nil, slack.NewPlainTextInputBlockElement(nil, "n"))
	note.Optional = true
	due := slack.NewInputBlock("due", words("Tenggat"), nil, slack.NewDatePickerBlockElement("d"))
	due.Optional = true
	return slack.ModalViewRequest{
		Type: slack.VTModal, Title: words("Selesai"), Submit: words("Simpan"), PrivateMetadata: "42:7",
		Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewInputBlock("reason", words("Alasan"), nil, reason), note, due}},
	}
}

// modalApp opens the modal at a command and wants a note with every submission.
func modalApp(t *testing.T) func(*socketmode.Client, socketmode.Event) {
	return func(c *socketmode.Client, e socketmode.Event) {
		switch data := e.Data.(type) {
		case slack.SlashCommand:
			ack(c, e)
			if _, err := c.OpenViewContext(context.Background(), data.TriggerID, modal()); err != nil {
				t.Error(err)
			}
		case slack.InteractionCallback:
			values := data.View.State.Values
			if values["note"]["n"].Value == "" {
				_ = c.Ack(*e.Request, slack.NewErrorsViewSubmissionResponse(map[string]string{"note": "perlu catatan"}))
				return
			}
			if values["reason"]["r"].SelectedOption.Value != "mereda" || values["due"]["d"].SelectedDate != "2026-12-05" || data.View.PrivateMetadata != "42:7" {
				t.Errorf("submitted %+v", data.View)
			}
			ack(c, e)
		}
	}
}

// triggerApp hands out the triggers of commands.
func triggerApp(triggers chan<- string) func(*socketmode.Client, socketmode.Event) {
	return func(c *socketmode.Client, e socketmode.Event) {
		triggers <- e.Data.(slack.SlashCommand).TriggerID
		ack(c, e)
	}
}

// callJSON calls a method as a client that sends JSON does.
func callJSON(t *testing.T, s *fakeslack.Server, method, body string) (answer slack.SlackResponse) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.APIURL()+method, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = http.Header{"Content-Type": {"application/json; charset=utf-8"}, "Authorization": {"Bearer " + botToken}}
	resp, err := s.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

func TestAModalIsOpenedFilledInAndSubmitted(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, _ *slack.Client) {
		connect(t, s, modalApp(t))
		if err := s.Slash("C1", "U1", "/isu", "selesai 42"); err != nil {
			t.Fatal(err)
		}
		if err := s.Wait(t.Context(), "C1", func([]fakeslack.Message) bool { return len(s.Views()) == 1 }); err != nil {
			t.Fatal(err)
		}
		v := s.Views()[0]
		if v.Title != "Selesai" || v.PrivateMetadata != "42:7" || v.User != "U1" || v.Fields[0].BlockID != "reason" || !v.Open {
			t.Fatalf("view %+v", v)
		}
		for _, missing := range []map[string]string{{}, {"r": "karangan"}, {"r": "mereda", "x": "y"}} {
			if _, err := s.SubmitView(v.ID, "U1", missing); err == nil {
				t.Errorf("Slack let a person submit %v", missing)
			}
		}
		got, err := s.SubmitView(v.ID, "U1", map[string]string{"r": "mereda"})
		if err != nil || got.Action != "errors" || got.Errors["note"] == "" || !s.Views()[0].Open {
			t.Errorf("without a note: %+v, %v", got, err)
		}
		got, err = s.SubmitView(v.ID, "U1", map[string]string{"r": "mereda", "n": "sudah reda", "d": "2026-12-05"})
		if err != nil || got.Action != "" || s.Views()[0].Open {
			t.Errorf("with a note: %+v, %v", got, err)
		}
		noViolations(t, s)
	})
}

func TestModalsAreHeldToTheirLimits(t *testing.T) {
	title := func(text string) string { return `"title":{"type":"plain_text","text":"` + text + `"}` }
	input := `{"type":"input","label":{"type":"plain_text","text":"a"},"element":{"type":"plain_text_input"}}`
	for _, tt := range []struct{ name, view, want string }{
		{"long title", `"type":"modal",` + title(long(25)) + `,"blocks":[{"type":"divider"}]`, "must be less than 25 characters [json-pointer:/view/title/text]"},
		{"no title", `"type":"modal","blocks":[{"type":"divider"}]`, "missing required field: title [json-pointer:/view]"},
		{"101 blocks", `"type":"modal",` + title("a") + `,"blocks":` + times(101, `{"type":"divider"}`), "no more than 100 items allowed [json-pointer:/view/blocks]"},
		{"a long secret", `"type":"modal",` + title("a") + `,"blocks":[{"type":"divider"}],"private_metadata":"` + long(3001) + `"`, "must be less than 3001 characters [json-pointer:/view/private_metadata]"},
		{"no submit", `"type":"modal",` + title("a") + `,"blocks":[` + input + `]`, "missing required field: submit [json-pointer:/view]"},
		{"no modal", `"type":"home",` + title("a") + `,"blocks":[{"type":"divider"}]`, "must be one of modal [json-pointer:/view/type]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, s *fakeslack.Server, _ *slack.Client) {
				body := fmt.Sprintf(`{"trigger_id":"1","view":{%s}}`, tt.view)
				if got := callJSON(t, s, "views.open", body); got.Error != "invalid_arguments" || !slices.Contains(got.ResponseMetadata.Messages, "[ERROR] "+tt.want) {
					t.Errorf("got %+v, want %q", got, tt.want)
				}
			})
		})
	}
}

func TestATriggerWorksOnceAndForThreeSeconds(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
		triggers := make(chan string, 2)
		connect(t, s, triggerApp(triggers))
		open := func(trigger string) string {
			_, err := api.OpenViewContext(t.Context(), trigger, modal())
			return code(err)
		}
		for range 2 {
			if err := s.Slash("C1", "U1", "/isu", ""); err != nil {
				t.Fatal(err)
			}
		}
		first, second := <-triggers, <-triggers
		time.Sleep(3 * time.Second)
		for _, tt := range []struct{ trigger, want string }{
			{first, ""}, {first, "exchanged_trigger_id"}, {"1.2.x", "invalid_trigger_id"},
		} {
			if got := open(tt.trigger); got != tt.want {
				t.Errorf("%s: got %q, want %q", tt.trigger, got, tt.want)
			}
		}
		time.Sleep(time.Millisecond)
		if got := open(second); got != "expired_trigger_id" {
			t.Errorf("after 3 s: got %q", got)
		}
	})
}

func TestEveryFieldOfAFormArrivesWithItsType(t *testing.T) {
	form := `{"trigger_id":%q,"view":{"type":"modal","title":{"type":"plain_text","text":"a"},"submit":{"type":"plain_text","text":"b"},"blocks":[
		{"type":"input","block_id":"1","label":{"type":"plain_text","text":"a"},"element":{"type":"plain_text_input","action_id":"text","initial_value":"x","max_length":3}},
		{"type":"input","block_id":"2","label":{"type":"plain_text","text":"a"},"element":{"type":"timepicker","action_id":"time"}},
		{"type":"input","block_id":"3","label":{"type":"plain_text","text":"a"},"element":{"type":"users_select","action_id":"user"}},
		{"type":"input","block_id":"4","label":{"type":"plain_text","text":"a"},"element":{"type":"checkboxes","action_id":"boxes","options":[
			{"text":{"type":"plain_text","text":"P"},"value":"p"},{"text":{"type":"plain_text","text":"Q"},"value":"q"}]}},
		{"type":"input","block_id":"5","label":{"type":"plain_text","text":"a"},"element":{"type":"radio_buttons","action_id":"radio",
			"initial_option":{"text":{"type":"plain_text","text":"R"},"value":"r"},"options":[{"text":{"type":"plain_text","text":"R"},"value":"r"}]}}]}}`
	inBubble(t, func(t *testing.T, s *fakeslack.Server, _ *slack.Client) {
		triggers := make(chan string, 1)
		states := make(chan map[string]map[string]slack.BlockAction, 1)
		connect(t, s, func(c *socketmode.Client, e socketmode.Event) {
			ack(c, e)
			switch data := e.Data.(type) {
			case slack.SlashCommand:
				triggers <- data.TriggerID
			case slack.InteractionCallback:
				states <- data.View.State.Values
			}
		})
		if err := s.Slash("C1", "U1", "/isu", ""); err != nil {
			t.Fatal(err)
		}
		if got := callJSON(t, s, "views.open", fmt.Sprintf(form, <-triggers)); !got.Ok {
			t.Fatalf("views.open: %+v", got)
		}
		id := s.Views()[0].ID
		if _, err := s.SubmitView(id, "U1", map[string]string{"text": "long", "time": "10:42", "user": "U1", "boxes": "p"}); err == nil {
			t.Error("Slack let a person write more than max_length")
		}
		if _, err := s.SubmitView(id, "U1", map[string]string{"time": "10:42", "user": "U1", "boxes": "p,q"}); err != nil {
			t.Fatal(err)
		}
		state := <-states
		boxes := state["4"]["boxes"].SelectedOptions
		if state["1"]["text"].Value != "x" || state["2"]["time"].SelectedTime != "10:42" || state["3"]["user"].SelectedUser != "U1" ||
			len(boxes) != 2 || boxes[1].Value != "q" || state["5"]["radio"].SelectedOption.Value != "r" {
			t.Errorf("submitted %+v", state)
		}
		noViolations(t, s)
	})
}

func TestAWrongAnswerToASubmissionIsAViolation(t *testing.T) {
	for name, answer := range map[string]any{
		"an error at no input": slack.NewErrorsViewSubmissionResponse(map[string]string{"nowhere": "x"}),
		"an update":            slack.NewUpdateViewSubmissionResponse(nil),
		"no object":            "ok",
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
				triggers := make(chan string, 1)
				connect(t, s, func(c *socketmode.Client, e socketmode.Event) {
					if command, ok := e.Data.(slack.SlashCommand); ok {
						triggers <- command.TriggerID
						ack(c, e)
						return
					}
					_ = c.Ack(*e.Request, answer)
				})
				if err := s.Slash("C1", "U1", "/isu", ""); err != nil {
					t.Fatal(err)
				}
				if _, err := api.OpenViewContext(t.Context(), <-triggers, modal()); err != nil {
					t.Fatal(err)
				}
				if _, err := s.SubmitView(s.Views()[0].ID, "U1", map[string]string{"r": "mereda"}); err != nil {
					t.Fatal(err)
				}
				if v := s.Violations(); len(v) != 1 || v[0].Code != "invalid_response" || !s.Views()[0].Open {
					t.Errorf("violations %v", v)
				}
			})
		})
	}
}
