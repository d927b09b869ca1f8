package bot

// What was promised to people, by whom and until when.
const (
	formPromises    phrase = "form.promises"
	formKeep        phrase = "form.keep"
	formMove        phrase = "form.move"
	examplePromise  phrase = "example.promise"
	exampleKeep     phrase = "example.keep"
	exampleMove     phrase = "example.move"
	helpPromises    phrase = "help.promises"
	helpKeep        phrase = "help.keep"
	helpMove        phrase = "help.move"
	buttonPromise   phrase = "button.promise"
	askPromiseReply phrase = "ask.promise-reply"
	askDue          phrase = "ask.due"
	askDuePast      phrase = "ask.due-past"
	askDueFar       phrase = "ask.due-far"
	askProof        phrase = "ask.proof"
	askItem         phrase = "ask.promise-item"
	askWhich        phrase = "ask.promise-which"
	promiseUsual    phrase = "promise.usual"

	refuseShadowPromise phrase = "refuse.shadow-promise"
	refuseNoPromise     phrase = "refuse.no-promise"
	refuseNoPromises    phrase = "refuse.no-promises"
	refuseKept          phrase = "refuse.kept"

	commandKeep      phrase = "command.keep"
	formPromiseDue   phrase = "form.promise-due"
	formPromiseTitle phrase = "form.promise-title"
	formPromiseWords phrase = "form.promise-words"
	formTerms        phrase = "form.terms"

	donePromise phrase = "done.promise"
	doneKeep    phrase = "done.keep"
	doneMove    phrase = "done.move"

	promisesNone phrase = "promises.none"
	promisesHead phrase = "promises.head"
	promisesLine phrase = "promises.line"
	promisesLate phrase = "promises.late"
	promisesKept phrase = "promises.kept"
	promisesFoot phrase = "promises.foot"

	cardPromise     phrase = "card.promise"
	cardPromiseLate phrase = "card.promise-late"
	digestOwed      phrase = "digest.owed"

	promptDays     phrase = "ping.promise-days"
	promptTomorrow phrase = "ping.promise-tomorrow"
	promptToday    phrase = "ping.promise-today"
	promptLate     phrase = "ping.promise-late"
	pingMoved      phrase = "ping.moved"

	toldMoved      phrase = "told.moved"
	toldPromiseDue phrase = "told.promise-due"
	trailMoved     phrase = "trail.moved"
	trailNudge     phrase = "trail.nudge"
	skipKept       phrase = "skip.kept"
)
