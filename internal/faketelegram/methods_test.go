package faketelegram_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/internal/faketelegram"
	tele "gopkg.in/telebot.v3"
)

type object map[string]any

func TestTelebotSendsEditsAndDeletes(t *testing.T) {
	srv := newStory()
	bot := sender(t, srv)
	asked := srv.Say(room, sari, "/kartu")
	markup := &tele.ReplyMarkup{}
	markup.Inline(markup.Row(markup.Data("✋ Ambil", "k", "ack.16.7"), markup.URL("🔗", "https://contoh.id/p/1")))
	card, err := bot.Send(tele.ChatID(room), "<b>Debu</b> &amp; asap", &tele.SendOptions{
		ParseMode: tele.ModeHTML, ReplyMarkup: markup, ThreadID: 7, ReplyTo: &tele.Message{ID: asked},
		DisableNotification: true, DisableWebPagePreview: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	if card.Text != "Debu & asap" || card.ThreadID != 7 || card.ReplyTo.ID != asked || card.Sender.ID != srv.Me().ID {
		t.Errorf("telebot was told %+v", card)
	}
	got := last(t, srv, room)
	wantKeyboard := [][]faketelegram.Button{{{Text: "✋ Ambil", Data: "\fk|ack.16.7"}, {Text: "🔗", URL: "https://contoh.id/p/1"}}}
	if got.Text != "Debu & asap" || got.Source != "<b>Debu</b> &amp; asap" || got.Thread != 7 || got.ReplyTo != asked ||
		!got.Silent || !got.NoPreview || !slices.EqualFunc(got.Keyboard, wantKeyboard, slices.Equal) {
		t.Errorf("the chat shows %+v", got)
	}

	if _, err := bot.Edit(card, "<b>Debu</b> reda", tele.ModeHTML); err != nil {
		t.Fatal(err)
	}
	if got = last(t, srv, room); got.Text != "Debu reda" || got.Edits != 1 || got.Keyboard != nil || got.Thread != 7 {
		t.Errorf("after the edit the chat shows %+v", got)
	}
	if _, err := bot.EditReplyMarkup(card, markup); err != nil {
		t.Fatal(err)
	}
	if got = last(t, srv, room); got.Edits != 2 || len(got.Keyboard) != 1 {
		t.Errorf("after the keyboard the chat shows %+v", got)
	}
	if err := bot.Delete(card); err != nil {
		t.Fatal(err)
	}
	if got = last(t, srv, room); got.ID != asked {
		t.Errorf("after the deletion the chat shows %v", got)
	}
	wantNoViolations(t, srv)
}

func TestRawStructsTravelAsJSON(t *testing.T) {
	srv := newStory()
	post := struct {
		Chat    int64  `json:"chat_id"`
		Thread  int    `json:"message_thread_id"`
		Text    string `json:"text"`
		Silent  bool   `json:"disable_notification"`
		Preview object `json:"link_preview_options"`
		Reply   object `json:"reply_parameters"`
		Markup  object `json:"reply_markup"`
		Absent  *int   `json:"reply_to_message_id"`
	}{
		room, 7, "  kartu\n", true,
		object{"is_disabled": true},
		object{"message_id": 5, "allow_sending_without_reply": true},
		object{"inline_keyboard": [][]object{{{"text": "Ambil", "callback_data": "k"}}, {}}},
		nil,
	}
	if _, err := sender(t, srv).Raw("sendMessage", post); err != nil {
		t.Fatal(err)
	}
	got := last(t, srv, room)
	if got.Text != "kartu" || got.Thread != 7 || !got.Silent || !got.NoPreview || got.ReplyTo != 0 || len(got.Keyboard) != 1 {
		t.Errorf("the chat shows %+v", got)
	}
	wantNoViolations(t, srv)
}

func TestTelebotMenuMembersAndChats(t *testing.T) {
	srv := newStory()
	srv.AddChat(faketelegram.Chat{ID: -5, Type: "group", Title: "Kupang", Admins: []int64{budi}})
	bot := sender(t, srv)
	menu := []tele.Command{{Text: "ambil", Description: "Ambil isu"}}
	if err := bot.SetCommands(menu, tele.CommandScope{Type: tele.CommandScopeAllGroupChats}, "id"); err != nil {
		t.Error(err)
	}
	if err := bot.Notify(tele.ChatID(room), tele.Typing, 7); err != nil {
		t.Error(err)
	}
	if chat, err := bot.ChatByID(room); err != nil || chat.Title != "Humas Rembang" || chat.Type != tele.ChatSuperGroup {
		t.Errorf("getChat gave %+v, %v", chat, err)
	}
	for user, want := range map[int64]tele.MemberStatus{budi: tele.Administrator, sari: tele.Member} {
		if member, err := bot.ChatMemberOf(tele.ChatID(-5), tele.ChatID(user)); err != nil || member.Role != want {
			t.Errorf("getChatMember of %d gave %+v, %v", user, member, err)
		}
	}
	if err := bot.Leave(tele.ChatID(-5)); err != nil {
		t.Error(err)
	}
	wantNoViolations(t, srv)
}

// A request that is wrong in itself is refused in the server's words and stays on record as a violation.
func TestMalformedRequestsAreRefusedAndRecorded(t *testing.T) {
	button := func(b object) object { return object{"inline_keyboard": [][]object{{b}}} }
	command := func(name, description string) []object {
		return []object{{"command": name, "description": description}}
	}
	tests := []struct {
		name, method string
		params       object
		want         string
	}{
		{"no text", "sendMessage", object{"text": ""}, "Bad Request: message text is empty"},
		{"blank text", "sendMessage", object{"text": " \n "}, "Bad Request: message text is empty"},
		{"nothing but markup", "sendMessage", object{"text": "<b> </b>", "parse_mode": "HTML"}, "Bad Request: message text is empty"},
		{"long text", "sendMessage", object{"text": strings.Repeat("a", 4097)}, "Bad Request: message is too long"},
		{"long in UTF-16", "sendMessage", object{"text": strings.Repeat("🔴", 2049)}, "Bad Request: message is too long"},
		{"long edit", "editMessageText", object{"text": strings.Repeat("a", 4097), "message_id": 1}, "Bad Request: MESSAGE_TOO_LONG"},
		{"open tag", "sendMessage", object{"text": "<b>a", "parse_mode": "HTML"}, `Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`},
		{"MarkdownV2", "sendMessage", object{"text": "*a*", "parse_mode": "MarkdownV2"}, "Bad Request: unsupported parse_mode"},
		{"no chat", "sendMessage", object{"text": "a", "chat_id": ""}, "Bad Request: chat_id is empty"},
		{"wordy thread", "sendMessage", object{"text": "a", "message_thread_id": "umum"}, "Bad Request: message thread not found"},
		{"no message", "deleteMessage", object{}, "Bad Request: message identifier is not specified"},
		{"long data", "sendMessage", object{"text": "a", "reply_markup": button(object{"text": "b", "callback_data": strings.Repeat("é", 32) + "a"})}, "Bad Request: BUTTON_DATA_INVALID"},
		{"empty data", "sendMessage", object{"text": "a", "reply_markup": button(object{"text": "b", "callback_data": ""})}, "Bad Request: BUTTON_DATA_INVALID"},
		{"dead button", "sendMessage", object{"text": "a", "reply_markup": button(object{"text": "b"})}, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"},
		{"nameless button", "sendMessage", object{"text": "a", "reply_markup": button(object{"callback_data": "b"})}, "Bad Request: inline keyboard button text must be non-empty"},
		{"local link", "sendMessage", object{"text": "a", "reply_markup": button(object{"text": "b", "url": "http://localhost:3000"})}, "Bad Request: inline keyboard button URL 'http://localhost:3000' is invalid: Wrong HTTP URL"},
		{"markup that is no object", "sendMessage", object{"text": "a", "reply_markup": []int{1}}, "Bad Request: can't parse reply keyboard markup JSON object"},
		{"edit to a reply keyboard", "editMessageReplyMarkup", object{"message_id": 1, "reply_markup": object{"force_reply": true}}, "Bad Request: inline keyboard expected"},
		{"long toast", "answerCallbackQuery", object{"callback_query_id": "1", "text": strings.Repeat("a", 201)}, "Bad Request: MESSAGE_TOO_LONG"},
		{"capital command", "setMyCommands", object{"commands": command("Ambil", "a")}, "Bad Request: BOT_COMMAND_INVALID"},
		{"empty command", "setMyCommands", object{"commands": command("/", "a")}, "Bad Request: command must be non-empty"},
		{"long command", "setMyCommands", object{"commands": command(strings.Repeat("a", 33), "a")}, "Bad Request: command length must not exceed 32"},
		{"undescribed command", "setMyCommands", object{"commands": command("ambil", "")}, "Bad Request: command description must be non-empty"},
		{"long description", "setMyCommands", object{"commands": command("ambil", strings.Repeat("a", 257))}, "Bad Request: command description length must not exceed 256"},
		{"101 commands", "setMyCommands", object{"commands": slices.Repeat(command("ambil", "a"), 101)}, "Bad Request: BOT_COMMANDS_TOO_MUCH"},
		{"unknown scope", "setMyCommands", object{"commands": command("ambil", "a"), "scope": object{"type": "x"}}, "Bad Request: can't parse BotCommandScope: Unsupported type specified"},
		{"unknown action", "sendChatAction", object{"action": "dancing"}, "Bad Request: wrong parameter action in request"},
		{"wordy offset", "getUpdates", object{"offset": "x"}, "Bad Request: can't parse offset"},
		{"unknown method", "sendPhoto", object{}, "Not Found: method not found"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := newStory()
			if _, set := tt.params["chat_id"]; !set && tt.method != "setMyCommands" && tt.method != "getUpdates" && tt.method != "answerCallbackQuery" {
				tt.params["chat_id"] = room
			}
			_, err := sender(t, srv).Raw(tt.method, tt.params)
			calls := srv.Violations()
			if err == nil || len(calls) != 1 || calls[0].Violation != tt.want || calls[0].Description != tt.want {
				t.Errorf("the client got %v, on record are %v", err, calls)
			}
			if len(srv.Messages(room)) > 0 {
				t.Error("the refused message is in the chat")
			}
		})
	}
}

func TestTheLimitsThemselvesAreAllowed(t *testing.T) {
	srv := newStory()
	bot := sender(t, srv)
	button := object{"text": "b", "callback_data": strings.Repeat("é", 32)}
	post := object{
		"chat_id": room, "text": "<b>" + strings.Repeat("🔴", 2048) + "</b>", "parse_mode": "HTML",
		"reply_markup": object{"inline_keyboard": [][]object{{button}}},
	}
	if _, err := bot.Raw("sendMessage", post); err != nil {
		t.Error(err)
	}
	toast := object{"callback_query_id": "1", "text": strings.Repeat("é", 200)}
	if _, err := bot.Raw("answerCallbackQuery", toast); !errors.Is(err, tele.ErrQueryTooOld) {
		t.Error(err)
	}
	wantNoViolations(t, srv)
}

// What the state of the chat forbids is refused too, but it is nobody's mistake.
func TestTheStateOfAChatRefuses(t *testing.T) {
	send := func(text string, options ...any) func(*tele.Bot) error {
		return func(bot *tele.Bot) error { _, err := bot.Send(tele.ChatID(room), text, options...); return err }
	}
	edit := func(id int, text string) func(*tele.Bot) error {
		return func(bot *tele.Bot) error {
			_, err := bot.Edit(tele.StoredMessage{ChatID: room, MessageID: strconv.Itoa(id)}, text)
			return err
		}
	}
	tests := []struct {
		name    string
		prepare func(*faketelegram.Server)
		do      func(*tele.Bot) error
		want    string
	}{
		{"unknown chat", nil, func(b *tele.Bot) error { _, err := b.Send(tele.ChatID(-9), "a"); return err }, "Bad Request: chat not found"},
		{"kicked", func(s *faketelegram.Server) { s.Kick(room, budi) }, send("a"), "Forbidden: bot was kicked from the supergroup chat"},
		{"left", nil, func(b *tele.Bot) error { return errors.Join(b.Leave(tele.ChatID(room)), send("a")(b)) }, "Forbidden: bot is not a member of the supergroup chat"},
		{"blocked", func(s *faketelegram.Server) {
			s.AddChat(faketelegram.Chat{ID: sari, Type: "private"})
			s.Kick(sari, sari)
		}, func(b *tele.Bot) error { _, err := b.Send(tele.ChatID(sari), "a"); return err }, "Forbidden: bot was blocked by the user"},
		{"upgraded", func(s *faketelegram.Server) { s.Migrate(room, -10077) }, send("a"), "Bad Request: group chat was upgraded to a supergroup chat"},
		{"missing topic", nil, send("a", &tele.SendOptions{ThreadID: 8}), "Bad Request: message thread not found"},
		{"General by number", nil, send("a", &tele.SendOptions{ThreadID: 1}), "Bad Request: message thread not found"},
		{"closed topic", func(s *faketelegram.Server) { s.CloseTopic(room, 7) }, send("a", &tele.SendOptions{ThreadID: 7}), "Bad Request: TOPIC_CLOSED"},
		{"reply to nothing", nil, send("a", &tele.SendOptions{ReplyTo: &tele.Message{ID: 50}}), "Bad Request: message to be replied not found"},
		{"edit of nothing", nil, edit(50, "a"), "Bad Request: message to edit not found"},
		{"edit of a person's line", func(s *faketelegram.Server) { s.Say(room, sari, "a") }, edit(1, "b"), "Bad Request: message can't be edited"},
		{"edit without a change", nil, func(b *tele.Bot) error {
			if err := send(" <b>a</b>", tele.ModeHTML)(b); err != nil {
				return err
			}
			_, err := b.Edit(tele.StoredMessage{ChatID: room, MessageID: "1"}, "<b>a</b> ", tele.ModeHTML)
			return err
		}, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"},
		{"deletion of nothing", nil, func(b *tele.Bot) error { return b.Delete(tele.StoredMessage{ChatID: room, MessageID: "50"}) }, "Bad Request: message to delete not found"},
		{"deletion of a person's line", func(s *faketelegram.Server) { s.Say(room, sari, "a") }, func(b *tele.Bot) error {
			return b.Delete(tele.StoredMessage{ChatID: room, MessageID: "1"})
		}, "Bad Request: message can't be deleted"},
		{"look at an unknown chat", nil, func(b *tele.Bot) error { _, err := b.ChatByID(-9); return err }, "Bad Request: chat not found"},
		{"member of an unknown chat", nil, func(b *tele.Bot) error { _, err := b.ChatMemberOf(tele.ChatID(-9), tele.ChatID(sari)); return err }, "Bad Request: chat not found"},
		{"leave of an unknown chat", nil, func(b *tele.Bot) error { return b.Leave(tele.ChatID(-9)) }, "Bad Request: chat not found"},
		{"typing in a missing topic", nil, func(b *tele.Bot) error { return b.Notify(tele.ChatID(room), tele.Typing, 8) }, "Bad Request: message thread not found"},
		{"unknown person", nil, func(b *tele.Bot) error { _, err := b.ChatMemberOf(tele.ChatID(room), tele.ChatID(5)); return err }, "Bad Request: invalid user_id specified"},
		{"unknown press", nil, func(b *tele.Bot) error { return b.Respond(&tele.Callback{ID: "5"}) }, "Bad Request: query is too old and response timeout expired or query ID is invalid"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := newStory()
			if tt.prepare != nil {
				tt.prepare(srv)
			}
			err := tt.do(sender(t, srv))
			calls := srv.Calls()
			if call := calls[len(calls)-1]; err == nil || call.Description != tt.want {
				t.Errorf("the client got %v, on record is %v", err, call)
			}
			wantNoViolations(t, srv)
		})
	}
}

func TestAMoveNamesTheNewChat(t *testing.T) {
	srv := newStory()
	srv.AddChat(faketelegram.Chat{ID: -5, Type: "group", Title: "Kupang"})
	srv.Migrate(-5, -1005)
	bot := sender(t, srv)
	_, err := bot.Send(tele.ChatID(-5), "a")
	moved, ok := errors.AsType[tele.GroupError](err)
	if !ok || moved.MigratedTo != -1005 {
		t.Fatalf("the old chat gave %v", err)
	}
	if _, err := bot.Send(tele.ChatID(moved.MigratedTo), "a"); err != nil {
		t.Errorf("the new chat gave %v", err)
	}
}

func TestParametersNobodyKnowsAreViolations(t *testing.T) {
	srv := newStory()
	_, err := sender(t, srv).Raw("sendMessage", object{"chat_id": room, "text": "a", "thread": 7})
	if err != nil {
		t.Errorf("the real server ignores them, the fake gave %v", err)
	}
	if got := srv.Violations(); len(got) != 1 || got[0].Violation != "parameters the fake does not know: thread" {
		t.Errorf("on record are %v", got)
	}
}

func TestMentionsOfStrangersAreDropped(t *testing.T) {
	srv := newStory()
	text := `<a href="tg://user?id=111">Sari</a> dan <a href="tg://user?id=999">entah</a>`
	if _, err := sender(t, srv).Send(tele.ChatID(room), text, tele.ModeHTML); err != nil {
		t.Fatal(err)
	}
	got := last(t, srv, room).Entities
	if len(got) != 1 || got[0].Type != "text_mention" || got[0].User.ID != sari {
		t.Errorf("entities %+v", got)
	}
}

func TestFormsAndSocketsWorkToo(t *testing.T) {
	srv := newStory()
	srv.SetFlood(faketelegram.Flood{Burst: 4, PerMinute: 20})
	server := httptest.NewServer(srv)
	defer server.Close()
	form := url.Values{"chat_id": {"-1001234567890"}, "text": {"halo"}}
	responses := []func() (*http.Response, error){
		func() (*http.Response, error) { return http.PostForm(server.URL+"/bot"+token+"/sendMessage", form) },
		func() (*http.Response, error) {
			return http.Get(server.URL + "/bot" + token + "/sendMessage?" + form.Encode())
		},
		func() (*http.Response, error) {
			return http.Post(server.URL+"/bot"+token+"/sendMessage", "multipart/form-data; boundary=x",
				strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n-1001234567890\r\n"+
					"--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhalo\r\n--x--\r\n"))
		},
	}
	for i, send := range responses {
		resp, err := send()
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if shown := srv.Messages(room); resp.StatusCode != http.StatusOK || len(shown) != i+1 || shown[i].Text != "halo" {
			t.Errorf("request %d: %s, the chat shows %v", i, resp.Status, shown)
		}
	}
	srv.Fail("sendMessage", faketelegram.LostAnswer())
	if resp, err := http.PostForm(server.URL+"/bot"+token+"/sendMessage", form); err == nil {
		_ = resp.Body.Close()
		t.Error("the lost answer arrived")
	}
	if shown := srv.Messages(room); len(shown) != 4 {
		t.Errorf("after the lost answer the chat shows %v", shown)
	}
}

func TestUnreadableRequestsAreRefused(t *testing.T) {
	srv := newStory()
	client := &http.Client{Transport: srv.RoundTripper()}
	for _, tt := range []struct {
		path, kind, body string
		want             int
	}{
		{"/bot" + token + "/getMe", "application/json", "[1]", http.StatusBadRequest},
		{"/bot" + token + "/getMe", "multipart/form-data", "x", http.StatusBadRequest},
		{"/elsewhere", "application/json", "{}", http.StatusNotFound},
	} {
		resp, err := client.Post("https://api.telegram.org"+tt.path, tt.kind, strings.NewReader(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != tt.want {
			t.Errorf("%s as %s: %s", tt.body, tt.kind, resp.Status)
		}
	}
}
