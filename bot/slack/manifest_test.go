package slack

import (
	"bytes"
	"os"
	"slices"
	"testing"

	slackgo "github.com/slack-go/slack"
	"go.yaml.in/yaml/v3"
)

func TestTheManifestAsksForWhatTheCodeUses(t *testing.T) {
	file, err := os.ReadFile("../../docs/slack-app.yaml")
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(file))
	decoder.KnownFields(true)
	var m slackgo.Manifest
	if err := decoder.Decode(&m); err != nil {
		t.Fatal(err)
	}
	if !m.Settings.SocketModeEnabled || !m.Settings.Interactivity.IsEnabled {
		t.Error("without Socket Mode and interactivity nothing comes in")
	}
	for _, scope := range []string{
		"app_mentions:read", "chat:write", "commands", "channels:history", "groups:history", "users:read",
	} {
		if !slices.Contains(m.OAuthConfig.Scopes.Bot, scope) {
			t.Errorf("the scope %s is missing", scope)
		}
	}
	events := m.Settings.EventSubscriptions
	if !slices.Contains(events.BotEvents, "app_mention") {
		t.Error("mentions are not subscribed to")
	}
	if s := events.MetadataSubscriptions; len(s) != 1 || s[0].EventType != cardEvent {
		t.Errorf("the subscription %v is not for %s", s, cardEvent)
	}
	var commands []string
	for _, c := range m.Features.SlashCommands {
		commands = append(commands, c.Command)
	}
	if !slices.Equal(commands, []string{"/isu", "/issue"}) {
		t.Errorf("the commands are %q", commands)
	}
}
