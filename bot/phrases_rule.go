package bot

// What a rule does, and why it spoke.
const (
	reloadDone    phrase = "reload.done"
	reloadSame    phrase = "reload.same"
	reloadRestart phrase = "reload.restart"
	reloadRefused phrase = "reload.refused"

	whyHead    phrase = "why.head"
	whyRule    phrase = "why.rule"
	whyVersion phrase = "why.version"
	whyVolume  phrase = "why.volume"
	whyStory   phrase = "why.story"
	whyFound   phrase = "why.found"
	whyWords   phrase = "why.words"
	whyAccount phrase = "why.account"
	whyFields  phrase = "why.fields"
	whyTold    phrase = "why.told"
	whyHere    phrase = "why.here"
	whyShown   phrase = "why.shown"
	whyWaiting phrase = "why.waiting"
	whyStuck   phrase = "why.stuck"
	whySilent  phrase = "why.silent"

	toldFirst    phrase = "told.first"
	toldAgain    phrase = "told.again"
	toldRose     phrase = "told.rose"
	toldTaken    phrase = "told.taken"
	toldReleased phrase = "told.released"
	toldNoted    phrase = "told.noted"
	toldResolved phrase = "told.resolved"
	toldReopened phrase = "told.reopened"
	toldFlagged  phrase = "told.flagged"

	nextLouder    phrase = "next.louder"
	nextPeople    phrase = "next.people"
	nextRise      phrase = "next.rise"
	nextReopen    phrase = "next.reopen"
	nextNever     phrase = "next.never"
	nextActive    phrase = "next.active"
	nextElsewhere phrase = "next.elsewhere"
)

// A test of a chat, or of a rule.
const (
	seatReached    phrase = "seat.reached"
	seatHere       phrase = "seat.here"
	seatElsewhere  phrase = "seat.elsewhere"
	seatSites      phrase = "seat.sites"
	seatNoSite     phrase = "seat.no-site"
	seatAsker      phrase = "seat.asker"
	seatEverywhere phrase = "seat.everywhere"
	seatIdle       phrase = "seat.idle"
	seatWaiting    phrase = "seat.waiting"
	seatFailing    phrase = "seat.failing"
	seatUntried    phrase = "seat.untried"
	seatGranted    phrase = "seat.granted"
	seatRefused    phrase = "seat.refused"
	seatKeyboard   phrase = "seat.keyboard"
	seatButton     phrase = "seat.button"
	buttonTest     phrase = "button.test"
	doneTest       phrase = "done.test"

	tryHead     phrase = "try.head"
	tryMatched  phrase = "try.matched"
	tryNever    phrase = "try.never"
	tryShort    phrase = "try.short"
	tryWeekly   phrase = "try.weekly"
	tryFired    phrase = "try.fired"
	trySiteless phrase = "try.siteless"
	trySample   phrase = "try.sample"
	tryCut      phrase = "try.cut"
	tryEmpty    phrase = "try.empty"
	tryBusy     phrase = "try.busy"
	tryShadow   phrase = "try.shadow"
)

// Stories behind an incident.
const (
	storiesHead  phrase = "stories.head"
	storiesLine  phrase = "stories.line"
	storiesPost  phrase = "stories.post"
	storiesOne   phrase = "stories.one"
	storiesSplit phrase = "stories.split"
	storiesJoin  phrase = "stories.join"
	storiesNone  phrase = "stories.none"

	askSplit        phrase = "ask.split"
	askJoin         phrase = "ask.join"
	doneSplit       phrase = "done.split"
	doneJoin        phrase = "done.join"
	commandJoin     phrase = "command.join"
	commandSplit    phrase = "command.split"
	refuseNoPost    phrase = "refuse.no-post"
	refuseMixed     phrase = "refuse.mixed"
	refuseUnmovable phrase = "refuse.unmovable"
	refuseLarge     phrase = "refuse.large"
	refuseWhole     phrase = "refuse.whole"
	trailSplit      phrase = "trail.split"
	trailJoin       phrase = "trail.join"
)

// The verbs for it: how they are written in full, an example, and what they do.
const (
	formReload phrase = "form.reload"
	formWhy    phrase = "form.why"
	formSplit  phrase = "form.split"
	formJoin   phrase = "form.join"
	formTry    phrase = "form.try"

	exampleReload  phrase = "example.reload"
	exampleWhy     phrase = "example.why"
	exampleSplit   phrase = "example.split"
	exampleJoin    phrase = "example.join"
	exampleTry     phrase = "example.try"
	exampleTryRule phrase = "example.try-rule"

	helpReload phrase = "help.reload"
	helpWhy    phrase = "help.why"
	helpSplit  phrase = "help.split"
	helpJoin   phrase = "help.join"
	helpTry    phrase = "help.try"
)
