package faketelegram

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// setMyCommands checks a menu; Calls has it for whoever wants to see it.
func (s *Server) setMyCommands(a *args) (any, error) {
	var commands []botCommand
	a.object("commands", &commands, badCommands)
	var scope struct {
		Type string `json:"type"`
	}
	a.object("scope", &scope, badScope)
	scopes := []string{
		"", "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat", "chat_administrators",
		"chat_member",
	}
	if !slices.Contains(scopes, scope.Type) {
		a.fail(malformed("can't parse BotCommandScope: Unsupported type specified"))
	}
	if len(commands) > commandsMax {
		a.fail(malformed("BOT_COMMANDS_TOO_MUCH"))
	}
	for _, c := range commands {
		if err := c.check(); err != nil {
			a.fail(err)
		}
	}
	return true, a.err
}

// botCommand is one entry of the menu.
type botCommand struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

func (c botCommand) check() error {
	name := strings.TrimPrefix(c.Command, "/")
	switch {
	case name == "":
		return malformed("command must be non-empty")
	case utf8.RuneCountInString(name) > commandMax:
		return malformed(fmt.Sprintf("command length must not exceed %d", commandMax))
	case strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "":
		return malformed("BOT_COMMAND_INVALID")
	case c.Description == "":
		return malformed("command description must be non-empty")
	case utf8.RuneCountInString(c.Description) > descriptionMax:
		return malformed(fmt.Sprintf("command description length must not exceed %d", descriptionMax))
	}
	return nil
}
