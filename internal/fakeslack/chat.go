package fakeslack

import (
	"encoding/json"
	"slices"
	"unicode/utf8"
)

// draft is the content of a request that posts or edits. Absent parts are nil.
type draft struct {
	text        *string
	blocks      []object
	attachments []object
	metadata    *Metadata
}

func (s *Server) draft(req request) (d draft, err error) {
	if req.args.Has("text") {
		text := req.get("text")
		if d.text = &text; utf8.RuneCountInString(text) > maxText {
			return d, malformed("msg_too_long")
		}
	}
	if d.blocks, err = s.draftBlocks(req); err != nil {
		return d, err
	}
	if d.attachments, err = s.draftAttachments(req); err != nil {
		return d, err
	}
	if d.metadata, err = draftMetadata(req); err != nil {
		return d, err
	}
	return d, published(req)
}

// draftBlocks returns nil if no blocks were sent and an empty list if they were sent empty.
func (s *Server) draftBlocks(req request) ([]object, error) {
	if !req.args.Has("blocks") {
		return nil, nil
	}
	blocks := []object{}
	if json.Unmarshal([]byte(req.get("blocks")), &blocks) != nil {
		return nil, malformed("invalid_blocks_format")
	}
	return blocks, s.checkMessage("/blocks", blocks)
}

func (s *Server) draftAttachments(req request) ([]object, error) {
	if !req.args.Has("attachments") {
		return nil, nil
	}
	attachments := []object{}
	if json.Unmarshal([]byte(req.get("attachments")), &attachments) != nil {
		return nil, malformed("invalid_attachments")
	}
	if len(attachments) > maxAttachments {
		return nil, malformed("too_many_attachments")
	}
	for _, a := range attachments {
		if err := s.checkMessage("/attachments/blocks", objects(a["blocks"])); err != nil {
			return nil, err
		}
	}
	return attachments, nil
}

// draftMetadata returns the zero Metadata for {}, which an update may send to take it away.
func draftMetadata(req request) (*Metadata, error) {
	sent := req.get("metadata")
	if sent == "" {
		return nil, nil
	}
	var m Metadata
	switch err := json.Unmarshal([]byte(sent), &m); {
	case err != nil:
		return nil, malformed("invalid_metadata_format")
	case len(sent) > maxMetadata:
		return nil, malformed("metadata_too_large")
	case sent == "{}" && req.method == "chat.update":
		return &m, nil
	case m.EventType == "" || m.Payload == nil:
		return nil, malformed("invalid_metadata_format", "[ERROR] event_type and event_payload are required")
	}
	return &m, nil
}

// apply changes a post by the parts that were sent; the others stay. A post without anything to see
// is refused.
func (p *post) apply(d draft) error {
	if d.text != nil {
		p.text = *d.text
	}
	if d.blocks != nil {
		p.blocks = d.blocks
	}
	if d.attachments != nil {
		p.attachments = d.attachments
	}
	if d.metadata != nil {
		p.metadata = d.metadata
		if d.metadata.EventType == "" {
			p.metadata = nil
		}
	}
	if p.text == "" && len(p.blocks) == 0 && len(p.attachments) == 0 {
		return malformed("no_text")
	}
	return nil
}

func (s *Server) postMessage(req request) (object, error) {
	ch, err := s.room(req)
	if err != nil {
		return nil, err
	}
	d, err := s.draft(req)
	if err != nil {
		return nil, err
	}
	p := &post{user: BotUserID, thread: ch.parent(req.get("thread_ts")), broadcast: req.flag("reply_broadcast")}
	if err := p.apply(d); err != nil {
		return nil, err
	}
	p.ts = s.stamp()
	ch.posts = append(ch.posts, p)
	return object{"channel": ch.id, "ts": p.ts.String(), "message": ch.json(p, true)}, nil
}

// parent returns the thread to post to. A parent that is gone makes an ordinary message of the reply,
// as slack-go's PostMessageWithResponse tells of Slack; so does, here, the ts of a reply.
func (ch *channel) parent(ts string) stamp {
	p := ch.find(ts)
	if p == nil || p.thread != 0 {
		return 0
	}
	return p.ts
}

func (s *Server) update(req request) (object, error) {
	ch, p, err := s.own(req, "ts", "cant_update_message")
	if err != nil {
		return nil, err
	}
	d, err := s.draft(req)
	if err != nil {
		return nil, err
	}
	edited := *p
	if err := edited.apply(d); err != nil {
		return nil, err
	}
	edited.edits++
	edited.edited = s.stamp()
	*p = edited
	return object{"channel": ch.id, "ts": p.ts.String(), "text": p.text, "message": ch.json(p, true)}, nil
}

func (s *Server) deleteMessage(req request) (object, error) {
	ch, p, err := s.own(req, "ts", "cant_delete_message")
	if err != nil {
		return nil, err
	}
	ch.drop(p)
	return object{"channel": ch.id, "ts": p.ts.String()}, nil
}

// own finds a message of the app itself.
func (s *Server) own(req request, arg, notMine string) (*channel, *post, error) {
	ch, err := s.room(req)
	if err != nil {
		return nil, nil, err
	}
	p := ch.find(req.get(arg))
	switch {
	case p == nil:
		return nil, nil, refuse("message_not_found")
	case p.user != BotUserID:
		return nil, nil, refuse(notMine)
	}
	return ch, p, nil
}

func (s *Server) postEphemeral(req request) (object, error) {
	ch, err := s.room(req)
	if err != nil {
		return nil, err
	}
	if _, ok := s.users[req.get("user")]; !ok {
		return nil, refuse("user_not_in_channel")
	}
	d, err := s.draft(req)
	if err != nil {
		return nil, err
	}
	ts, err := s.whisper(ch, req.get("user"), ch.parent(req.get("thread_ts")), d)
	return object{"message_ts": ts.String()}, err
}

// whisper shows a draft to one person.
func (s *Server) whisper(ch *channel, user string, thread stamp, d draft) (stamp, error) {
	var p post
	if err := p.apply(d); err != nil {
		return 0, err
	}
	p.ts = s.stamp()
	s.whispered[p.ts.String()] = &p
	s.ephemerals = append(s.ephemerals, Ephemeral{
		Channel: ch.id, User: user, TS: p.ts.String(), ThreadTS: thread.String(), Text: p.text,
		Plain: plain(p.text, p.attachments, p.allBlocks(), s.names()), Buttons: buttons(p.allBlocks()),
	})
	return p.ts, nil
}

func (s *Server) reactionsAdd(req request) (object, error) {
	ch, err := s.room(req)
	if err != nil {
		return nil, err
	}
	name, p := req.get("name"), ch.find(req.get("timestamp"))
	switch {
	case name == "":
		return nil, malformed("invalid_name")
	case p == nil:
		return nil, refuse("message_not_found")
	case slices.Contains(p.reactions, name):
		return nil, refuse("already_reacted")
	}
	p.reactions = append(p.reactions, name)
	return object{}, nil
}
