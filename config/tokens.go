package config

import (
	"errors"
	"fmt"
	"strings"
)

// The environment variables that are looked at when none is named.
const (
	telegramEnv = "TELEGRAM_BOT_TOKEN"
	slackBotEnv = "SLACK_BOT_TOKEN"
	slackAppEnv = "SLACK_APP_TOKEN"
)

func (c *checker) checkTokens() {
	const chatOff = "the chat stays off"
	telegram, slack := c.doc.Telegram, c.doc.Slack
	c.cfg.Telegram = c.token("token", chatOff, telegram.TokenEnv, telegram.TokenFile, telegramEnv)
	c.cfg.SlackBot = c.token("bot_token", chatOff, slack.BotTokenEnv, slack.BotTokenFile, slackBotEnv)
	c.cfg.SlackApp = c.token("app_token", chatOff, slack.AppTokenEnv, slack.AppTokenFile, slackAppEnv)
}

// token reads one token. A variable that is not set means that what needs it is
// not in use, which off says; a file that cannot be read is a mistake.
func (c *checker) token(name, off string, env, file at[string], otherwise string) Secret {
	read := c.secret(name, env, file)
	if !env.set() && !file.set() {
		read = c.fromEnv(otherwise)
	}
	if read == nil {
		return Secret{}
	}
	value, err := read()
	switch {
	case err != nil && file.set():
		c.refuse(file.place, fmt.Sprintf("%s_file: %v", name, err), "")
	case err != nil && env.set():
		c.warn(env.place, err.Error(), off)
	}
	return NewSecret(value)
}

// secret returns how to read a secret of which a variable or a file is named,
// or nil if neither is, or not rightly.
func (c *checker) secret(name string, env, file at[string]) func() (string, error) {
	const never = "the secret itself never stands in the configuration"
	switch {
	case env.set() && file.set():
		c.refuse(file.place, fmt.Sprintf("%s_env is given too", name), "choose one")
	case env.ok && !isVariable(env.Value):
		c.refuse(env.place, name+"_env: this is no name of an environment variable", never)
	case env.ok:
		return c.fromEnv(env.Value)
	case file.ok && file.Value == "":
		c.refuse(file.place, name+"_file: names no file", never)
	case file.ok:
		return c.fromFile(c.path(file.Value))
	}
	return nil
}

func isVariable(s string) bool {
	stray := func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}
	return s != "" && (s[0] < '0' || s[0] > '9') && !strings.ContainsFunc(s, stray)
}

func (c *checker) fromEnv(name string) func() (string, error) {
	if c.opt.rehearse {
		return noSecret
	}
	env := c.opt.Env
	return func() (string, error) {
		value, _ := env(name)
		if value = strings.TrimSpace(value); value == "" {
			return "", errors.New(name + " is not set")
		}
		return value, nil
	}
}

func (c *checker) fromFile(path string) func() (string, error) {
	if c.opt.rehearse {
		return noSecret
	}
	c.files = append(c.files, path)
	disk := c.opt.disk
	return func() (string, error) {
		data, err := disk.ReadFile(path)
		if err != nil {
			return "", fmt.Errorf("the file cannot be read: %w", cause(err))
		}
		value := strings.TrimSpace(string(data))
		if value == "" || len(data) > maxFile {
			return "", errors.New("the file holds no secret")
		}
		return value, nil
	}
}
