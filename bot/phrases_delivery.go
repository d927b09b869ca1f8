package bot

// A storm.
const (
	stormHead phrase = "storm.head"
	stormWhy  phrase = "storm.why"
	stormItem phrase = "storm.item"
	stormOwn  phrase = "storm.own"
	stormFoot phrase = "storm.foot"

	countIssues  phrase = "count.new-issues"
	exampleIssue phrase = "example.issue"
	toldStorm    phrase = "told.storm"
)

// What is left of a card that is another message now, and of a call that came
// too late.
const (
	cardMoved   phrase = "card.moved"
	trailUnsaid phrase = "trail.unsaid"
	unsaidRose  phrase = "unsaid.rose"
)

// What Siaga says about its own delivery.
const (
	noteChatMoved    phrase = "note.chat-moved"
	noteTopicGone    phrase = "note.topic-gone"
	noteUnreachable  phrase = "note.unreachable"
	noteReachedAgain phrase = "note.reached-again"
	noteChatClosed   phrase = "note.chat-closed"
	noteChatOpened   phrase = "note.chat-opened"
	noteTokenShared  phrase = "note.token-shared"
	noteTokenAlone   phrase = "note.token-alone"

	wayWaiting phrase = "way.waiting"
	waySome    phrase = "way.some"
)
