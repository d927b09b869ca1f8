package spec

import (
	"fmt"
	"strconv"
	"unicode/utf16"
)

// Limits are the published sizes of the parameters and fields of the Bot API,
// named as in its documentation: "sendMessage.text".
type Limits map[string]Limit

// Limit is one size. Max below Min, as in the zero value, means that nothing
// is published.
type Limit struct {
	Min, Max int
	Unit     string // "characters", "bytes", or what is counted: "commands"
}

// TelegramLimits returns all limits, none where they are absent.
func TelegramLimits() Limits { return telegramLimits() }

// Text says what is wrong with the length of a text, or "". A character is
// counted as a UTF-16 unit: the documentation does not say what it means by
// one, and this is the harsher reading. A limit of another unit is not one of
// texts.
func (l Limits) Text(name, text string) string {
	switch l[name].Unit {
	case "characters":
		return l.Size(name, len(utf16.Encode([]rune(text))))
	case "bytes":
		return l.Size(name, len(text))
	}
	return ""
}

// Size says what is wrong with a number of things, or "".
func (l Limits) Size(name string, size int) string {
	limit, ok := l[name]
	if !ok || limit.Min <= size && size <= limit.Max {
		return ""
	}
	return fmt.Sprintf("%s has %d %s, published are %d-%d", name, size, limit.Unit, limit.Min, limit.Max)
}

// readLimits keeps the first range of each name.
func readLimits() Limits {
	var file struct {
		Limits map[string]struct {
			Range [][3]string
			Max   [][2]string
		}
	}
	mustRead("telegram_limits.json", &file)
	all := Limits{}
	for name, l := range file.Limits {
		switch {
		case len(l.Range) > 0:
			all[name] = Limit{Min: number(l.Range[0][0]), Max: number(l.Range[0][1]), Unit: l.Range[0][2]}
		case len(l.Max) > 0:
			all[name] = Limit{Max: number(l.Max[0][0]), Unit: l.Max[0][1]}
		}
	}
	return all
}

func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		panic("spec: read telegram_limits.json: " + err.Error())
	}
	return n
}
