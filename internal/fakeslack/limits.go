package fakeslack

import "time"

// Limits of messages and blocks. Unless another source is named they are the maxLength and maxItems
// of Slack's @slack/types 3.2.0, retyped. Texts are counted in Unicode code points.
const (
	maxBlocks       = 50     // Message.blocks
	maxText         = 4000   // observed: longer texts are split in two or refused as msg_too_long (ChatGPT-in-Slack#102, slack-go#972); 40,000 is documented
	maxAllText      = 13_200 // observed, undocumented: msg_blocks_too_long (bolt-js#2509)
	maxAttachments  = 100    // chat.postMessage, too_many_attachments
	maxMetadata     = 16_384 // bytes; docs.slack.dev, message metadata, metadata_too_large
	maxHeader       = 150    // HeaderBlock.text
	maxTextObject   = 3000   // SectionBlock.text, PlainTextElement, MrkdwnElement
	maxFields       = 10     // SectionBlock.fields
	maxField        = 2000   // SectionBlock.fields[].text
	maxContext      = 10     // ContextBlock.elements
	maxActions      = 25     // ActionsBlock.elements
	maxButtonText   = 75     // Button.text
	maxValue        = 2000   // Button.value
	maxURL          = 3000   // Button.url
	maxID           = 255    // block_id, action_id, callback_id
	maxOverflow     = 5      // Overflow.options, in its description
	maxOptions      = 100    // StaticSelect.options
	maxChoices      = 10     // RadioButtons.options, Checkboxes.options
	maxOptionText   = 75     // PlainTextOption: text, value, description
	maxPlaceholder  = 150    // PlainTextInput.placeholder, in its description
	maxAltText      = 2000   // ImageBlock.alt_text, title
	maxLabel        = 2000   // InputBlock.label, hint
	maxConfirmTitle = 100    // ConfirmationDialog.title
	maxConfirmText  = 300    // ConfirmationDialog.text
	maxConfirmWord  = 30     // ConfirmationDialog.confirm, deny
)

// Limits of modals, from the same package, and of the way to one.
const (
	maxModalWords      = 24              // Modal.title, submit, close
	maxModalBlocks     = 100             // docs.slack.dev, views: 100 blocks
	maxPrivateMetadata = 3000            // Modal.private_metadata
	triggerLives       = 3 * time.Second // docs.slack.dev, views.open: expired_trigger_id
)

// Limits of a response_url. Source: docs.slack.dev, "Handling user interaction".
const (
	hookLives = 30 * time.Minute
	hookUses  = 5
)

// Limits of Socket Mode, from docs.slack.dev "Using Socket Mode" unless another source is named.
const (
	maxSockets    = 10
	ackWithin     = 3 * time.Second
	maxAck        = 20 * 1024            // bytes; observed by slack-go, socketmode.go: dropped silently from here on
	pingEvery     = 10 * time.Second     // ours: slack-go and the Node SDK give up after 30 s of silence
	writeWithin   = 10 * time.Second     // ours
	socketLives   = 18_060 * time.Second // observed in hello.debug_info.approximate_connection_time
	warnedBefore  = 10 * time.Second     // a disconnect of reason "warning" comes about 10 s before the end
	ticketLives   = 30 * time.Second     // ours; Slack says only that the URL is for one connection
	outgoingQueue = 16                   // ours: frames that wait for a client that does not read
)

const (
	historyDefault = 100 // conversations.history, limit
	historyMost    = 999 // conversations.history, limit
)
