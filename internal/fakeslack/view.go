package fakeslack

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/siaga-id/siaga/internal/spec"
)

// View is a modal that the app opened.
type View struct {
	ID         string
	User       string
	Title      string
	CallbackID string
	// PrivateMetadata is what the app wants back with the submission.
	PrivateMetadata string
	Plain           string
	// Fields are the elements that can be filled in, with their options.
	Fields []Button
	// Open is false once the modal was submitted or cleared.
	Open bool
}

// view is a modal as stored.
type view struct {
	id, user string
	body     object
	open     bool
}

// trigger is the right to open one modal, for a moment.
type trigger struct {
	user string
	ends time.Time
	used bool
}

// newTrigger needs mu, as all of what follows that is not exported.
func (s *Server) newTrigger(user string) string {
	id := fmt.Sprintf("%d.fake.%s", s.next(), user)
	s.triggers[id] = &trigger{user: user, ends: time.Now().Add(triggerLives)}
	return id
}

func (s *Server) viewsOpen(req request) (object, error) {
	if req.get("trigger_id") == "" || !req.args.Has("view") {
		return nil, malformed("invalid_arguments", "[ERROR] missing required field: trigger_id and view")
	}
	body, err := s.draftView(req.get("view"))
	if err != nil {
		return nil, err
	}
	t := s.triggers[req.get("trigger_id")]
	switch {
	case t == nil:
		return nil, malformed("invalid_trigger_id")
	case t.used:
		return nil, malformed("exchanged_trigger_id")
	case time.Now().After(t.ends):
		return nil, refuse("expired_trigger_id")
	}
	t.used = true
	v := &view{id: "V" + strconv.Itoa(s.next()), user: t.user, body: body, open: true}
	s.views = append(s.views, v)
	return object{"view": v.json()}, nil
}

func (s *Server) draftView(text string) (object, error) {
	var body object
	if json.Unmarshal([]byte(text), &body) != nil {
		return nil, malformed("invalid_arguments", "[ERROR] must provide an object [json-pointer:/view]")
	}
	if faults := checkView(body); len(faults) > 0 {
		return nil, malformed("invalid_arguments", faults...)
	}
	s.nameBlocks(objects(body["blocks"]))
	return body, nil
}

func checkView(body object) []string {
	c := newChecker()
	c.shape("/view", body, "title!", "blocks!", "submit", "close", "private_metadata", "callback_id",
		"clear_on_close", "notify_on_close", "external_id")
	if str(body, "type") != "modal" {
		c.fail("/view/type", "must be one of modal")
	}
	for _, key := range []string{"title", "submit", "close"} {
		c.text("/view", body, key, maxModalWords, plainOnly()...)
	}
	c.length("/view", body, "private_metadata", maxPrivateMetadata)
	c.length("/view", body, "callback_id", maxID)
	blocks := c.list("/view", body, "blocks", maxModalBlocks)
	c.blocks("/view/blocks", blocks)
	if _, ok := body["submit"]; !ok && len(inputs(blocks)) > 0 {
		c.fail("/view", "missing required field: submit")
	}
	if len(c.faults) == 0 {
		return spec.SlackModal().Check(body)
	}
	return c.faults
}

func inputs(blocks []object) (found []object) {
	for _, b := range blocks {
		if str(b, "type") == "input" {
			found = append(found, b)
		}
	}
	return found
}

func (v *view) blocks() []object { return objects(v.body["blocks"]) }

func (v *view) json() object {
	o := object{
		"id": v.id, "team_id": TeamID, "app_id": AppID, "bot_id": BotID, "root_view_id": v.id,
		"hash": v.id + ".0", "state": object{"values": object{}}, "callback_id": "", "private_metadata": "",
	}
	for key, value := range v.body {
		o[key] = value
	}
	return o
}

// Views returns all modals so far, closed ones too, in the order in which they were opened.
func (s *Server) Views() []View {
	s.mu.Lock()
	defer s.mu.Unlock()
	views := make([]View, len(s.views))
	for i, v := range s.views {
		views[i] = View{
			ID: v.id, User: v.user, Open: v.open, Title: str(sub(v.body, "title"), "text"),
			CallbackID: str(v.body, "callback_id"), PrivateMetadata: str(v.body, "private_metadata"),
			Plain: plain("", nil, v.blocks(), s.names()), Fields: buttons(inputs(v.blocks())),
		}
	}
	return views
}
