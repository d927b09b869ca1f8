package faketelegram

import (
	"fmt"
	"math"
	"net/http"
	"time"
)

// Texts of refusals. Source: the error list extracted from tdlib/telegram-bot-api Client.cpp and, for those that come
// from behind it, telebot.v3 errors.go; MESSAGE_TOO_LONG, TOPIC_CLOSED and the replied-to text as reported by bots in
// the field. The server sets the first letter after "Bad Request: " in lower case unless the second is a capital or an
// underscore (Client::fail_query_with_error).
const (
	noAccess      = "chat not found"
	noChat        = "chat_id is empty"
	noMessageID   = "message identifier is not specified"
	noText        = "message text is empty"
	noThread      = "message thread not found"
	threadClosed  = "TOPIC_CLOSED"
	textTooLong   = "message is too long"
	editTooLong   = "MESSAGE_TOO_LONG" // edits and callback answers
	notModified   = "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"
	noEditTarget  = "message to edit not found"
	notEditable   = "message can't be edited"
	noDeletion    = "message to delete not found"
	notDeletable  = "message can't be deleted"
	noReplyTarget = "message to be replied not found"
	badButton     = "BUTTON_DATA_INVALID"
	queryTooOld   = "query is too old and response timeout expired or query ID is invalid"
	noUser        = "invalid user_id specified"
	badAction     = "wrong parameter action in request"
	migrated      = "group chat was upgraded to a supergroup chat"
	inlineOnly    = "inline keyboard expected"
	badParseMode  = "unsupported parse_mode"
	badMarkup     = "can't parse reply keyboard markup JSON object"
	badReply      = "can't parse reply parameters JSON object"
	badPreview    = "can't parse link preview options JSON object"
	badCommands   = "can't parse commands JSON object"
	badScope      = "can't parse BotCommandScope JSON object"
	conflict      = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)

// refusal is an answer other than success.
type refusal struct {
	Code        int         `json:"error_code"`
	Description string      `json:"description"`
	Parameters  *parameters `json:"parameters,omitempty"`

	// formal marks a request that could never succeed, whatever the state of the chats: the client's bug.
	formal bool
}

type parameters struct {
	RetryAfter int   `json:"retry_after,omitempty"`
	MigratedTo int64 `json:"migrate_to_chat_id,omitempty"`
}

func (r *refusal) Error() string { return r.Description }

// badRequest refuses what the state of a chat does not allow.
func badRequest(text string) error {
	return &refusal{Code: http.StatusBadRequest, Description: "Bad Request: " + text}
}

// malformed refuses what is wrong in itself.
func malformed(text string) error {
	return &refusal{Code: http.StatusBadRequest, Description: "Bad Request: " + text, formal: true}
}

// forbidden says that the bot may not act in this chat.
func forbidden(text string) error {
	return &refusal{Code: http.StatusForbidden, Description: "Forbidden: " + text}
}

func tooMany(wait time.Duration) *refusal {
	seconds := int(math.Ceil(wait.Seconds()))
	return &refusal{
		Code:        http.StatusTooManyRequests,
		Description: fmt.Sprintf("Too Many Requests: retry after %d", seconds),
		Parameters:  &parameters{RetryAfter: seconds},
	}
}
