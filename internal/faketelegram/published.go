package faketelegram

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/siaga-id/siaga/internal/spec"
)

// published says what is against a request in the published limits, where they are at hand, or "". They hold for every
// parameter that has one, so they also find what the methods of this package do not look at.
func published(method string, a *args) string {
	limits := spec.TelegramLimits()
	for _, name := range slices.Sorted(maps.Keys(a.values)) {
		text := a.str(name)
		if name == "text" && a.str("parse_mode") == "HTML" {
			text, _, _ = parseHTML(text) // what does not parse is refused for that
		}
		if fault := limits.Text(method+"."+name, text); fault != "" {
			return fault
		}
	}
	return nested(limits, method, a)
}

// nested looks into the parameters that are JSON themselves, by the names of their types.
func nested(limits spec.Limits, method string, a *args) string {
	var m struct {
		Inline [][]map[string]any `json:"inline_keyboard"`
	}
	var commands, reply []map[string]any
	decode(a.str("reply_markup"), &m)
	decode(a.str("commands"), &commands)
	decode("["+a.str("reply_parameters")+"]", &reply)
	if fault := limits.Size(method+".commands", len(commands)); fault != "" {
		return fault
	}
	for _, part := range []struct {
		of     string
		fields []map[string]any
	}{{"InlineKeyboardButton", slices.Concat(m.Inline...)}, {"BotCommand", commands}, {"ReplyParameters", reply}} {
		for _, object := range part.fields {
			if fault := fieldsOf(limits, part.of, object); fault != "" {
				return fault
			}
		}
	}
	return ""
}

func fieldsOf(limits spec.Limits, of string, object map[string]any) string {
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if text, ok := object[name].(string); ok {
			if fault := limits.Text(of+"."+name, text); fault != "" {
				return fault
			}
		}
	}
	return ""
}

// decode leaves alone what the methods refuse as unreadable.
func decode(text string, into any) { _ = json.Unmarshal([]byte(text), into) }
