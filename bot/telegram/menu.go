package telegram

import (
	"context"
	"fmt"
	"regexp"
	"unicode/utf8"

	"github.com/siaga-id/siaga/bot"
)

// Limits of setMyCommands (Bot API 10.1): at most 100 commands, each with a
// description of 1-256 characters.
const (
	maxCommands    = 100
	maxDescription = 256
)

// Menu is the list of commands that Telegram offers after a slash.
type Menu struct {
	Language string // two letters, or empty for everybody without a menu of their own
	Items    []bot.MenuItem
}

func (m Menu) check() error {
	if len(m.Items) > maxCommands {
		return fmt.Errorf("%d commands, at most %d fit", len(m.Items), maxCommands)
	}
	name := regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	for _, c := range m.Items {
		if n := utf8.RuneCountInString(c.Text); !name.MatchString(c.Name) || n == 0 || n > maxDescription {
			return fmt.Errorf("command %q: want 1-32 of a-z 0-9 _ and a description of 1-%d characters", c.Name, maxDescription)
		}
	}
	return nil
}

// botMenu is the payload of setMyCommands.
type botMenu struct {
	Commands []botCommand `json:"commands"`
	Scope    struct {
		Type string `json:"type"`
	} `json:"scope"`
	Language string `json:"language_code,omitempty"`
}

type botCommand struct {
	Name string `json:"command"`
	Text string `json:"description"`
}

// publish shows the menus in groups and in private chats. A menu that cannot
// be shown keeps nobody from typing.
func (b *Bot) publish(ctx context.Context) {
	for _, m := range b.cfg.Menus {
		menu := botMenu{Language: m.Language}
		for _, item := range m.Items {
			menu.Commands = append(menu.Commands, botCommand(item))
		}
		for _, menu.Scope.Type = range []string{"all_group_chats", "all_private_chats"} {
			if _, err := call(ctx, b.sender, "setMyCommands", menu); err != nil {
				b.cfg.Log.Warn("telegram: show the menu", "language", m.Language, "scope", menu.Scope.Type, "err", err)
			}
		}
	}
}
