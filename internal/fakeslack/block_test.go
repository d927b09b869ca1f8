package fakeslack_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/siaga-id/siaga/internal/fakeslack"
)

func times(n int, item string) string {
	return "[" + strings.Join(slices.Repeat([]string{item}, n), ",") + "]"
}

func long(n int) string { return strings.Repeat("é", n) }

func section(text string) string {
	return `{"type":"section","text":{"type":"mrkdwn","text":"` + text + `"}}`
}

// withElement puts an element into an actions block.
func withElement(e string) string { return `[{"type":"actions","elements":[` + e + `]}]` }

func button(extra string) string {
	return `{"type":"button","text":{"type":"plain_text","text":"a"}` + extra + `}`
}

func TestBadBlocksAreRefusedWithTheirPlace(t *testing.T) {
	option := func(text string) string {
		return `{"text":{"type":"plain_text","text":"` + text + `"},"value":"a"}`
	}
	for _, tt := range []struct{ name, blocks, want string }{
		{"51 blocks", times(51, `{"type":"divider"}`), "no more than 50 items allowed [json-pointer:/blocks]"},
		{"unknown block", `[{"type":"shout"}]`, "unsupported type: shout [json-pointer:/blocks/0]"},
		{"null block", `[null]`, "unsupported type:  [json-pointer:/blocks/0]"},
		{"unknown field", `[{"type":"divider","colour":1}]`, "invalid additional property: colour [json-pointer:/blocks/0]"},
		{"long header", `[{"type":"header","text":{"type":"plain_text","text":"` + long(151) + `"}}]`, "must be less than 151 characters [json-pointer:/blocks/0/text/text]"},
		{"header in mrkdwn", `[{"type":"header","text":{"type":"mrkdwn","text":"a"}}]`, "must be one of plain_text [json-pointer:/blocks/0/text/type]"},
		{"header without text", `[{"type":"header"}]`, "missing required field: text [json-pointer:/blocks/0]"},
		{"text that is none", `[{"type":"header","text":"a"}]`, "must provide an object [json-pointer:/blocks/0/text]"},
		{"emoji in mrkdwn", `[{"type":"section","text":{"type":"mrkdwn","text":"a","emoji":true}}]`, "invalid additional property: emoji [json-pointer:/blocks/0/text]"},
		{"empty section", `[{"type":"section"}]`, "must define either `text` or `fields` [json-pointer:/blocks/0]"},
		{"empty text", "[" + section("") + "]", "must be more than 0 characters [json-pointer:/blocks/0/text/text]"},
		{"long section", "[" + section(long(3001)) + "]", "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		{"eleven fields", `[{"type":"section","fields":` + times(11, `{"type":"mrkdwn","text":"a"}`) + `}]`, "no more than 10 items allowed [json-pointer:/blocks/0/fields]"},
		{"long field", `[{"type":"section","fields":[{"type":"mrkdwn","text":"` + long(2001) + `"}]}]`, "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]"},
		{"eleven in context", `[{"type":"context","elements":` + times(11, `{"type":"mrkdwn","text":"a"}`) + `}]`, "no more than 10 items allowed [json-pointer:/blocks/0/elements]"},
		{"no actions", `[{"type":"actions","elements":[]}]`, "no less than 1 items allowed [json-pointer:/blocks/0/elements]"},
		{"26 actions", `[{"type":"actions","elements":` + times(26, button("")) + `}]`, "no more than 25 items allowed [json-pointer:/blocks/0/elements]"},
		{"actions no objects", withElement("1"), "must be a list of objects [json-pointer:/blocks/0/elements]"},
		{"input among actions", withElement(`{"type":"plain_text_input"}`), "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0]"},
		{"long button", withElement(`{"type":"button","text":{"type":"plain_text","text":"` + long(76) + `"}}`), "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"},
		{"long value", withElement(button(`,"value":"` + long(2001) + `"`)), "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]"},
		{"value no string", withElement(button(`,"value":1`)), "must be a string [json-pointer:/blocks/0/elements/0/value]"},
		{"odd style", withElement(button(`,"style":"loud"`)), "must be one of primary, danger [json-pointer:/blocks/0/elements/0/style]"},
		{"long action_id", withElement(button(`,"action_id":"` + long(256) + `"`)), "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]"},
		{"twice one action_id", withElement(button(`,"action_id":"a"`) + "," + button(`,"action_id":"a"`)), "`action_id` \"a\" already exists [json-pointer:/blocks/0/elements/1/action_id]"},
		{"long block_id", `[{"type":"divider","block_id":"` + long(256) + `"}]`, "must be less than 256 characters [json-pointer:/blocks/0/block_id]"},
		{"twice one block_id", times(2, `{"type":"divider","block_id":"a"}`), "`block_id` \"a\" already exists [json-pointer:/blocks/1/block_id]"},
		{"long question", withElement(button(`,"confirm":{"text":{"type":"plain_text","text":"` + long(301) + `"}}`)), "must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]"},
		{"six in overflow", withElement(`{"type":"overflow","options":` + times(6, option("a")) + `}`), "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]"},
		{"long option", withElement(`{"type":"overflow","options":[` + option(long(76)) + `]}`), "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
				_, _, err := api.PostMessageContext(t.Context(), "C1", raw(tt.blocks))
				refused, ok := errors.AsType[slack.SlackErrorResponse](err)
				if !ok || refused.Err != "invalid_blocks" || !slices.Contains(refused.ResponseMetadata.Messages, "[ERROR] "+tt.want) {
					t.Errorf("got %v %q, want %q", err, refused.ResponseMetadata.Messages, tt.want)
				}
				if len(s.Violations()) != 1 || len(s.Messages("C1")) != 0 {
					t.Errorf("violations %v, messages %v", s.Violations(), s.Messages("C1"))
				}
			})
		})
	}
}

// rawBlock sends a block as it is written.
type rawBlock struct{ json.RawMessage }

func (rawBlock) BlockType() slack.MessageBlockType { return "raw" }
func (rawBlock) ID() string                        { return "" }

func raw(list string) slack.MsgOption {
	var items []json.RawMessage
	if err := json.Unmarshal([]byte(list), &items); err != nil {
		panic(err)
	}
	blocks := make([]slack.Block, len(items))
	for i, item := range items {
		blocks[i] = rawBlock{item}
	}
	return slack.MsgOptionBlocks(blocks...)
}

func TestBlocksAtTheLimitPass(t *testing.T) {
	for name, blocks := range map[string]string{
		"50 blocks":      times(50, `{"type":"divider"}`),
		"header of 150":  `[{"type":"header","text":{"type":"plain_text","text":"` + long(150) + `"}}]`,
		"section 3000":   "[" + section(long(3000)) + "]",
		"10 fields":      `[{"type":"section","fields":` + times(6, `{"type":"mrkdwn","text":"`+long(2000)+`"}`) + `}]`,
		"25 buttons":     `[{"type":"actions","elements":` + times(25, button("")) + `}]`,
		"action_id 255":  withElement(button(`,"action_id":"` + long(255) + `"`)),
		"13,200 in all":  times(5, section(long(2640))),
		"same action_id": times(2, `{"type":"actions","elements":[`+button(`,"action_id":"a"`)+`]}`),
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
				post(t, api, raw(blocks))
				noViolations(t, s)
			})
		})
	}
}

func TestAllTextsTogetherAreLimited(t *testing.T) {
	inBubble(t, func(t *testing.T, _ *fakeslack.Server, api *slack.Client) {
		_, _, err := api.PostMessageContext(t.Context(), "C1", raw(times(5, section(long(2641)))))
		if code(err) != "msg_blocks_too_long" {
			t.Errorf("got %v", err)
		}
	})
}

func TestTheScreenShowsEveryKindOfBlock(t *testing.T) {
	blocks := `[
		{"type":"section","text":{"type":"mrkdwn","text":"*tebal* _miring_ ~coret~ 2*3*4 <@U1> <!channel> &lt;x&gt;"},
			"fields":[{"type":"mrkdwn","text":"*Lag* 4 mnt"},{"type":"plain_text","text":"*Buta*"}],
			"accessory":{"type":"overflow","action_id":"more","options":[
				{"text":{"type":"plain_text","text":"Bisukan"},"value":"mute"},{"text":{"type":"plain_text","text":"Jejak"},"value":"trail"}]}},
		{"type":"divider"},
		{"type":"image","image_url":"https://x.id/a.png","alt_text":"grafik","title":{"type":"plain_text","text":"Grafik"}},
		{"type":"context","elements":[{"type":"mrkdwn","text":"<https://x.id>"},{"type":"image","image_url":"https://x.id/a.png","alt_text":"logo"}]}]`
	want := "tebal miring coret 2*3*4 @Sari @channel <x>\nLag 4 mnt\n*Buta*\n[⋯ Bisukan / Jejak]\n---\nGrafik\nhttps://x.id logo"
	inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
		post(t, api, raw(blocks))
		m := s.Messages("C1")[0]
		if m.Plain != want {
			t.Errorf("screen shows\n%s\nwant\n%s", m.Plain, want)
		}
		if len(m.Buttons) != 1 || !slices.Equal(m.Buttons[0].Options, []string{"mute", "trail"}) {
			t.Errorf("buttons %+v", m.Buttons)
		}
	})
}

func FuzzBlocksNeverBreakTheServer(f *testing.F) {
	for _, seed := range []string{
		`[]`, `[null]`, `{}`, `[1]`, `[{"type":"section","text":{"type":"mrkdwn","text":"<a|b> *c*"}}]`,
		withElement(button(`,"confirm":1`)), `[{"type":"input","element":{"type":"checkboxes","options":[{}]},"label":{}}]`,
		`[{"type":"context","elements":[{"type":"image"}]}]`, `[{"type":"section","fields":{},"accessory":[]}]`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, blocks string) {
		s := fakeslack.New(botToken, appToken)
		defer s.Close()
		s.AddChannel("C1", "humas")
		_, values, err := slack.UnsafeApplyMsgOptions(botToken, "C1", s.APIURL(), slack.MsgOptionText("a", false))
		if err != nil {
			t.Fatal(err)
		}
		values.Set("blocks", blocks)
		resp, err := s.Client().PostForm(s.APIURL()+"chat.postMessage", values)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		var answer struct {
			OK    bool
			Error string
		}
		if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
			t.Fatal(err)
		}
		if accepted := len(s.Messages("C1")) == 1; answer.OK != accepted || answer.OK == (answer.Error != "") {
			t.Errorf("answered %+v, accepted is %v", answer, accepted)
		}
	})
}
