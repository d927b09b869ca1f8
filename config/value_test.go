package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"
)

func TestDurationsAreSumsOfUnitsFromLargeToSmall(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"30s": 30 * time.Second, "5m": 5 * time.Minute, "2h": 2 * time.Hour, "1d": 24 * time.Hour, "1w": 168 * time.Hour,
		"1h30m": 90 * time.Minute, "1w2d3h4m5s": (9*24+3)*time.Hour + 4*time.Minute + 5*time.Second, "86400s": 24 * time.Hour, "0s": 0, "007m": 7 * time.Minute,
	} {
		if got, err := parseDuration(text); err != nil || got != want {
			t.Errorf("%s is %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "5", "m", "5 m", "-5m", "+5m", "1.5h", "5M", "5ms", "30m1h", "1m1m", "5j", "1h30", "11y", "521w53w", "9999999999s", "999999999w", "9223372036854775807s",
	} {
		if got, err := parseDuration(text); err == nil {
			t.Errorf("%q was taken for %v", text, got)
		}
	}
}

func FuzzDuration(f *testing.F) {
	for _, s := range []string{"30s", "1h30m", "1w2d3h4m5s", "999999999w", "5 m"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := parseDuration(s)
		if d < 0 || d > maxDuration || err != nil && d != 0 {
			t.Errorf("%q is %v, %v", s, d, err)
		}
	})
}

func TestASecretIsMaskedHoweverItIsPrinted(t *testing.T) {
	const token = "123:AAF-token"
	s := NewSecret(token)
	c := &Config{Telegram: s}
	var logged bytes.Buffer
	log := slog.New(slog.NewJSONHandler(&logged, nil))
	log.Info("x", "secret", s, "config", c)
	slog.New(slog.NewTextHandler(&logged, nil)).Info("x", "secret", s, "config", c)
	marshalled, err := json.Marshal(map[string]any{"s": s, "p": &s, "in": struct{ S Secret }{s}})
	if err != nil {
		t.Fatal(err)
	}
	text, err := s.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	shown := logged.String() + string(marshalled) + string(text) + s.String() + s.GoString()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%10.2v"} {
		shown += fmt.Sprintf(verb, s) + fmt.Sprintf(verb, &s) + fmt.Sprintf(verb, struct{ S Secret }{s}) + fmt.Sprintf(verb, []Secret{s})
	}
	for _, leak := range []string{token, fmt.Sprintf("%x", token), fmt.Sprintf("%X", token), "AAF"} {
		if strings.Contains(shown, leak) {
			t.Errorf("%q is in %s", leak, shown)
		}
	}
	if s.Reveal() != token || !s.Set() || (Secret{}).Set() || fmt.Sprint(Secret{}) != "(not set)" {
		t.Error("a secret cannot be told from none, or not be used")
	}
}
