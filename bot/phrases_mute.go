package bot

// Mutes.
const (
	muteConfirm  phrase = "mute.confirm"
	muteNow      phrase = "mute.now"
	muteNone     phrase = "mute.none"
	muteCritical phrase = "mute.critical"
	muteReason   phrase = "mute.reason"
	muteType     phrase = "mute.type"
	mutesNone    phrase = "mutes.none"
	mutesLine    phrase = "mutes.line"

	scopeTopic    phrase = "scope.topic"
	scopeSite     phrase = "scope.site"
	scopeLevel    phrase = "scope.level"
	scopeRule     phrase = "scope.rule"
	scopeSiteless phrase = "scope.siteless"
	scopeOr       phrase = "scope.or"

	buttonMute phrase = "button.mute"
	doneMute   phrase = "done.mute"
	doneUnmute phrase = "done.unmute"

	askMute       phrase = "ask.mute"
	askMuteReason phrase = "ask.mute-reason"
	askMatcher    phrase = "ask.matcher"
	askUnmute     phrase = "ask.unmute"

	refuseMuteLong phrase = "refuse.mute-long"
	refuseMuteGone phrase = "refuse.mute-gone"
	refuseNoMute   phrase = "refuse.no-mute"

	cardMuted       phrase = "card.muted"
	noteMuteBegan   phrase = "note.mute-began"
	noteMuteEnding  phrase = "note.mute-ending"
	noteMuteLifted  phrase = "note.mute-lifted"
	pingMuteEnded   phrase = "ping.mute-ended"
	skipMuted       phrase = "skip.muted"
	toldMuteEnded   phrase = "told.mute-ended"
	nextMuted       phrase = "next.muted"
	trailMuted      phrase = "trail.muted"
	trailMuteEnded  phrase = "trail.mute-ended"
	trailMuteLifted phrase = "trail.mute-lifted"

	formMute      phrase = "form.mute"
	formMutes     phrase = "form.mutes"
	formUnmute    phrase = "form.unmute"
	exampleMute   phrase = "example.mute"
	exampleMuteOK phrase = "example.mute-yes"
	exampleMutes  phrase = "example.mutes"
	exampleUnmute phrase = "example.unmute"
	helpMute      phrase = "help.mute"
	helpMutes     phrase = "help.mutes"
	helpUnmute    phrase = "help.unmute"
)
