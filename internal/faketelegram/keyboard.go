package faketelegram

import (
	"fmt"
	"net/url"
	"strings"
)

// Button is one inline button. Exactly one of Data (a press reaches the bot) and URL (it does not) is set.
type Button struct {
	Text string `json:"text"`
	Data string `json:"callback_data,omitempty"`
	URL  string `json:"url,omitempty"`
}

// markup is the reply_markup parameter. Pointers tell an absent field from an empty one, which the server refuses.
type markup struct {
	Inline [][]struct {
		Text  string  `json:"text"`
		Data  *string `json:"callback_data"`
		URL   *string `json:"url"`
		Query *string `json:"switch_inline_query_current_chat"` // telebot sends it with every button
	} `json:"inline_keyboard"`
	Reply  []any `json:"keyboard"`
	Remove bool  `json:"remove_keyboard"`
	Force  bool  `json:"force_reply"`
}

// keyboard reads and checks the inline keyboard; empty rows vanish as they do on the real server.
func (a *args) keyboard(onlyInline bool) [][]Button {
	var m markup
	a.object("reply_markup", &m, badMarkup)
	if onlyInline && (m.Reply != nil || m.Remove || m.Force) {
		a.fail(malformed(inlineOnly))
	}
	var rows [][]Button
	for _, row := range m.Inline {
		var buttons []Button
		for _, b := range row {
			button, err := checkButton(b.Text, b.Data, b.URL, b.Query)
			if err != nil {
				a.fail(err)
			}
			buttons = append(buttons, button)
		}
		if buttons != nil {
			rows = append(rows, buttons)
		}
	}
	return rows
}

func checkButton(text string, data, link, query *string) (Button, error) {
	switch {
	case text == "":
		return Button{}, malformed("inline keyboard button text must be non-empty")
	case link != nil:
		if !validLink(*link) {
			return Button{}, malformed(fmt.Sprintf("inline keyboard button URL '%s' is invalid: Wrong HTTP URL", *link))
		}
		return Button{Text: text, URL: *link}, nil
	case data != nil:
		if *data == "" || len(*data) > dataMax {
			return Button{}, malformed(badButton)
		}
		return Button{Text: text, Data: *data}, nil
	case query != nil:
		return Button{Text: text}, nil
	}
	return Button{}, malformed("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
}

// validLink accepts what a client can open: tg links and web links to a host with a dot in it.
func validLink(link string) bool {
	u, err := url.Parse(link)
	if err != nil {
		return false
	}
	web := u.Scheme == "http" || u.Scheme == "https"
	return u.Scheme == "tg" && u.Host != "" || web && strings.Contains(strings.Trim(u.Hostname(), "."), ".")
}
