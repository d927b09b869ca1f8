package fakeslack

import (
	"regexp"
	"strings"
)

// plain renders what is on the screen, one block per line: the blocks, or else the text, and the texts
// of attachments without blocks.
func plain(text string, attachments, blocks []object, names map[string]string) string {
	var lines []string
	if len(blocks) == 0 {
		lines = append(lines, unmark(text, names))
	}
	for _, b := range blocks {
		lines = append(lines, plainBlock(b, names))
	}
	for _, a := range attachments {
		if shown := str(a, "text"); shown != "" {
			lines = append(lines, unmark(shown, names))
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

func plainBlock(b object, names map[string]string) string {
	parts, between := []string{}, "\n"
	add := func(text object) { parts = append(parts, plainText(text, names)) }
	for _, key := range []string{"label", "text", "title"} {
		if text := sub(b, key); text != nil {
			add(text)
		}
	}
	for _, f := range objects(b["fields"]) {
		add(f)
	}
	for _, e := range elements(b) {
		if str(e, "type") == "plain_text" || str(e, "type") == "mrkdwn" {
			add(e)
		} else {
			parts = append(parts, plainElement(e))
		}
	}
	switch str(b, "type") {
	case "context", "actions":
		between = " "
	case "divider":
		return "---"
	}
	return strings.Join(parts, between)
}

// plainElement shows a button as [Ambil] and a menu as [⋯ Bisukan / Keluhan].
func plainElement(e object) string {
	if str(e, "type") == "image" {
		return str(e, "alt_text")
	}
	label := str(sub(e, "text"), "text")
	if label == "" {
		label = str(sub(e, "placeholder"), "text")
	}
	var entries []string
	for _, o := range objects(e["options"]) {
		entries = append(entries, str(sub(o, "text"), "text"))
	}
	if len(entries) > 0 {
		label = strings.TrimSpace(label + " ⋯ " + strings.Join(entries, " / "))
	}
	return "[" + label + "]"
}

func plainText(text object, names map[string]string) string {
	if str(text, "type") == "mrkdwn" {
		return unmark(str(text, "text"), names)
	}
	return str(text, "text")
}

var (
	angles = regexp.MustCompile(`<([^<>|]*)(?:\|([^<>]*))?>`)
	bold   = regexp.MustCompile(`(^|[\s\pP])\*(\S|\S[^\n]*?\S)\*($|[\s\pP])`)
	italic = regexp.MustCompile(`(^|[\s\pP])_(\S|\S[^\n]*?\S)_($|[\s\pP])`)
	struck = regexp.MustCompile(`(^|[\s\pP])~(\S|\S[^\n]*?\S)~($|[\s\pP])`)
)

// unmark shows mrkdwn as Slack does, without its formatting: mentions by name, links by label.
func unmark(text string, names map[string]string) string {
	text = angles.ReplaceAllStringFunc(text, func(angle string) string {
		target, label, _ := strings.Cut(strings.Trim(angle, "<>"), "|")
		switch {
		case label != "":
			return label
		case strings.HasPrefix(target, "!"):
			return "@" + target[1:]
		case strings.HasPrefix(target, "@") && names[target[1:]] != "":
			return "@" + names[target[1:]]
		}
		return target
	})
	for _, mark := range []*regexp.Regexp{bold, italic, struck} {
		text = mark.ReplaceAllString(text, "$1$2$3")
	}
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
}

// buttons lists what can be pressed, in order.
func buttons(blocks []object) (found []Button) {
	for _, b := range blocks {
		for _, e := range elements(b) {
			if str(e, "action_id") == "" {
				continue
			}
			found = append(found, Button{
				ActionID: str(e, "action_id"), BlockID: str(b, "block_id"),
				Text: str(sub(e, "text"), "text"), Value: str(e, "value"), URL: str(e, "url"),
				Options: optionValues(e),
			})
		}
	}
	return found
}

func optionValues(e object) (values []string) {
	for _, o := range objects(e["options"]) {
		values = append(values, str(o, "value"))
	}
	return values
}
