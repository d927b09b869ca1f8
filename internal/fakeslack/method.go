package fakeslack

import "time"

// method is one Web API method.
type method struct {
	run func(*Server, request) (object, error)
	// appLevel methods take the app-level token, all others the bot token.
	appLevel bool
	rate     rate
}

// The tiers of docs.slack.dev "Rate limits", as far as they are used here. Slack evaluates them per
// method and workspace and lets bursts through; the size of a burst is not published and ours.
func tier3() rate { return rate{every: time.Minute / 50, burst: 50} }
func tier4() rate { return rate{every: time.Minute / 100, burst: 100} }

func methodNamed(name string) (method, bool) {
	switch name {
	case "auth.test":
		return method{run: (*Server).authTest, rate: tier4()}, true
	case "apps.connections.open":
		// Documented as tier 1 (once a minute), yet observed to allow quick reconnects.
		return method{run: (*Server).connectionsOpen, appLevel: true, rate: rate{every: 3 * time.Second, burst: 20}}, true
	case "chat.postMessage":
		// One a second and channel, "short bursts" allowed.
		return method{run: (*Server).postMessage, rate: rate{every: time.Second, burst: 3, perChannel: true}}, true
	case "chat.update":
		return method{run: (*Server).update, rate: tier3()}, true
	case "chat.postEphemeral":
		return method{run: (*Server).postEphemeral, rate: tier4()}, true
	case "chat.delete":
		return method{run: (*Server).deleteMessage, rate: tier3()}, true
	case "conversations.history":
		return method{run: (*Server).history, rate: tier3()}, true
	case "conversations.replies":
		return method{run: (*Server).replies, rate: tier3()}, true
	case "conversations.info":
		return method{run: (*Server).conversationInfo, rate: tier3()}, true
	case "views.open":
		return method{run: (*Server).viewsOpen, rate: tier4()}, true
	case "reactions.add":
		return method{run: (*Server).reactionsAdd, rate: tier3()}, true
	case "users.info":
		return method{run: (*Server).usersInfo, rate: tier4()}, true
	}
	return method{}, false
}

// do needs mu, as does every method it runs.
func (s *Server) do(req request) (object, error) {
	if req.hook != "" {
		return s.respond(req)
	}
	m, ok := methodNamed(req.method)
	if !ok {
		return nil, malformed("unknown_method")
	}
	if err := s.authorize(req.token, m.appLevel); err != nil {
		return nil, err
	}
	if err := s.admit(req, m.rate); err != nil {
		return nil, err
	}
	return m.run(s, req)
}

func (s *Server) authorize(token string, appLevel bool) error {
	switch {
	case token == "":
		return malformed("not_authed")
	case token != s.botToken && token != s.appToken:
		return refuse("invalid_auth")
	case appLevel != (token == s.appToken):
		return malformed("not_allowed_token_type")
	}
	return nil
}

func (s *Server) authTest(request) (object, error) {
	return object{
		"url": "https://fake.slack.com/", "team": "Fake", "team_id": TeamID, "user": "siaga",
		"user_id": BotUserID, "bot_id": BotID, "is_enterprise_install": false,
	}, nil
}
