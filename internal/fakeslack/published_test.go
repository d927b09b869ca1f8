package fakeslack

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/internal/spec"
)

func plainOf(n int) object { return object{"type": "plain_text", "text": strings.Repeat("é", n)} }

func markOf(n int) object { return object{"type": "mrkdwn", "text": strings.Repeat("é", n)} }

func one(block object) []object { return []object{block} }

// buttonWith is a message of one button, for whose fields the limits hold.
func buttonWith(key string, value any) []object {
	b := object{"type": "button", "text": plainOf(1)}
	b[key] = value
	return one(object{"type": "actions", "elements": []object{b}})
}

func confirming(key string, n int) []object {
	dialog := object{"title": plainOf(1), "text": plainOf(1), "confirm": plainOf(1), "deny": plainOf(1)}
	dialog[key] = plainOf(n)
	return buttonWith("confirm", dialog)
}

// TestOurLimitsAreThePublishedOnes has both tables judge the last size that
// is allowed and the first that is not.
func TestOurLimitsAreThePublishedOnes(t *testing.T) {
	if spec.SlackMessage() == nil {
		t.Skip("no ../shared/data/spec")
	}
	for name, c := range map[string]struct {
		most  int
		build func(n int) []object
	}{
		"blocks":  {maxBlocks, func(n int) []object { return slices.Repeat([]object{{"type": "divider"}}, n) }},
		"header":  {maxHeader, func(n int) []object { return one(object{"type": "header", "text": plainOf(n)}) }},
		"section": {maxTextObject, func(n int) []object { return one(object{"type": "section", "text": markOf(n)}) }},
		"field":   {maxField, func(n int) []object { return one(object{"type": "section", "fields": []object{markOf(n)}}) }},
		"fields": {maxFields, func(n int) []object {
			return one(object{"type": "section", "fields": slices.Repeat([]object{markOf(1)}, n)})
		}},
		"context": {maxContext, func(n int) []object {
			return one(object{"type": "context", "elements": slices.Repeat([]object{markOf(1)}, n)})
		}},
		"actions": {maxActions, func(n int) []object {
			return one(object{"type": "actions", "elements": slices.Repeat([]object{{"type": "button", "text": plainOf(1)}}, n)})
		}},
		"block_id":  {maxID, func(n int) []object { return one(object{"type": "divider", "block_id": strings.Repeat("é", n)}) }},
		"button":    {maxButtonText, func(n int) []object { return buttonWith("text", plainOf(n)) }},
		"value":     {maxValue, func(n int) []object { return buttonWith("value", strings.Repeat("é", n)) }},
		"url":       {maxURL, func(n int) []object { return buttonWith("url", strings.Repeat("é", n)) }},
		"action_id": {maxID, func(n int) []object { return buttonWith("action_id", strings.Repeat("é", n)) }},
		"label":     {maxButtonText, func(n int) []object { return buttonWith("accessibility_label", strings.Repeat("é", n)) }},
		"title":     {maxConfirmTitle, func(n int) []object { return confirming("title", n) }},
		"question":  {maxConfirmText, func(n int) []object { return confirming("text", n) }},
		"yes":       {maxConfirmWord, func(n int) []object { return confirming("confirm", n) }},
		"no":        {maxConfirmWord, func(n int) []object { return confirming("deny", n) }},
		"option": {maxOptionText, func(n int) []object {
			o := object{"type": "overflow", "options": []object{{"text": plainOf(n), "value": "x"}}}
			return one(object{"type": "actions", "elements": []object{o}})
		}},
	} {
		for _, n := range []int{c.most, c.most + 1} {
			ours, theirs := judge(t, c.build(n))
			if want := n > c.most; ours != want || theirs != want {
				t.Errorf("%s of %d: refused by us: %v, by what is published: %v, want %v", name, n, ours, theirs, want)
			}
		}
	}
}

// judge reports whether each of the two tables refuses a message.
func judge(t *testing.T, built []object) (ours, theirs bool) {
	t.Helper()
	var blocks []any
	again(t, built, &blocks)
	c := newChecker()
	if len(blocks) > maxBlocks {
		c.fail("/blocks", "too many")
	}
	c.blocks("/blocks", objects(blocks))
	return len(c.faults) > 0, len(spec.SlackMessage().Check(object{"channel": "C1", "blocks": blocks})) > 0
}

// again brings a value into the shape that decoded JSON has.
func again(t *testing.T, from, into any) {
	t.Helper()
	data, err := json.Marshal(from)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// The word on the submit button has a length in the documentation only.
func TestOurModalsAreThePublishedOnes(t *testing.T) {
	if spec.SlackModal() == nil {
		t.Skip("no ../shared/data/spec")
	}
	for key, c := range map[string]struct {
		most int
		of   func(n int) any
	}{
		"title":            {maxModalWords, func(n int) any { return plainOf(n) }},
		"close":            {maxModalWords, func(n int) any { return plainOf(n) }},
		"private_metadata": {maxPrivateMetadata, func(n int) any { return strings.Repeat("é", n) }},
		"callback_id":      {maxID, func(n int) any { return strings.Repeat("é", n) }},
	} {
		for _, n := range []int{c.most, c.most + 1} {
			built := object{"type": "modal", "title": plainOf(1), "blocks": []object{{"type": "divider"}}}
			built[key] = c.of(n)
			var body object
			again(t, built, &body)
			theirs := spec.SlackModal().Check(body)
			if want := n > c.most; len(checkView(body)) > 0 != want || len(theirs) > 0 != want {
				t.Errorf("%s of %d: we say %v, published is %v", key, n, checkView(body), theirs)
			}
		}
	}
}

// TestWhatOnlyThePublishedTypesKnowIsRefusedToo sends what the tables of this
// package know by name only.
func TestWhatOnlyThePublishedTypesKnowIsRefusedToo(t *testing.T) {
	if spec.SlackMessage() == nil {
		t.Skip("no ../shared/data/spec")
	}
	blocks := `[{"type":"section","expand":"yes","text":{"type":"mrkdwn","text":"a"}}]`
	req, err := jsonArgs([]byte(`{"channel":"C1","blocks":` + blocks + `}`))
	if err != nil {
		t.Fatal(err)
	}
	s := New("xoxb", "xapp")
	defer s.Close()
	_, err = s.draft(request{method: "chat.postMessage", args: req})
	r, ok := errors.AsType[*refusal](err)
	if !ok || r.code != "invalid_blocks" || !r.formal || !slices.Equal(r.messages, []string{"not of type boolean at /blocks/0/expand"}) {
		t.Errorf("got %+v", err)
	}
}
