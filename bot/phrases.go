package bot

// phrase is a key of the catalogue in bot/lang.
type phrase string

// The words and lines of a card.
const (
	levelInfo     phrase = "level.info"
	levelWarning  phrase = "level.warning"
	levelCritical phrase = "level.critical"
	levelShadow   phrase = "level.shadow"

	trendRising  phrase = "trend.rising"
	trendSteady  phrase = "trend.steady"
	trendFalling phrase = "trend.falling"
	trendCalm    phrase = "trend.calm"

	cellSite    phrase = "cell.site"
	cellNowhere phrase = "cell.nowhere"
	cellWide    phrase = "cell.wide"

	cardHead      phrase = "card.head"
	cardResolved  phrase = "card.resolved"
	cardShadow    phrase = "card.shadow"
	cardAgain     phrase = "card.again"
	cardResent    phrase = "card.resent"
	cardCounts    phrase = "card.counts"
	cardWeighed   phrase = "card.weighed"
	cardBeside    phrase = "card.beside"
	cardExcerpt   phrase = "card.excerpt"
	cardGrievance phrase = "card.grievance"
	cardFact      phrase = "card.fact"
	cardFrame     phrase = "card.frame"
	cardUntaken   phrase = "card.untaken"
	cardTaken     phrase = "card.taken"
	cardReopened  phrase = "card.reopened"
	cardReason    phrase = "card.reason"
	cardHandled   phrase = "card.handled"
	cardLag       phrase = "card.lag"
	cardBlind     phrase = "card.blind"
	cardBlindOne  phrase = "card.blind-one"
	cardNoBlind   phrase = "card.no-blind"
	cardRules     phrase = "card.rules"
	cardUpdate    phrase = "card.update"
	cardMore      phrase = "card.more"

	kindNews   phrase = "kind.news"
	kindSocial phrase = "kind.social"
	kindVideo  phrase = "kind.video"
	kindForum  phrase = "kind.forum"
	kindHanded phrase = "kind.handed-in"

	tierRegulator phrase = "tier.regulator"
	tierExpert    phrase = "tier.expert"
	tierCompany   phrase = "tier.company"

	reasonFacts      phrase = "reason.facts"
	reasonHandled    phrase = "reason.handled"
	reasonFalse      phrase = "reason.false"
	reasonDuplicate  phrase = "reason.duplicate"
	reasonDiedDown   phrase = "reason.died-down"
	reasonShadowOver phrase = "reason.shadow-over"
	reasonNoted      phrase = "reason.noted"
)

// Numbers, times and names.
const (
	countPosts   phrase = "count.posts" // "one|many" where a language tells them apart
	countStories phrase = "count.stories"
	countVoices  phrase = "count.voices"
	countCards   phrase = "count.cards"
	countRules   phrase = "count.rules"

	timeWeekdays phrase = "time.weekdays" // Sunday first
	timeMonths   phrase = "time.months"
	spanNone     phrase = "span.none"
	spanMinutes  phrase = "span.minutes"
	spanHours    phrase = "span.hours"
	spanMixed    phrase = "span.mixed"
	spanDays     phrase = "span.days"

	personVia phrase = "person.via"

	roleViewer    phrase = "role.viewer"
	roleResponder phrase = "role.responder"
	roleLead      phrase = "role.lead"
	roleApprover  phrase = "role.approver"
	roleAdmin     phrase = "role.admin"
)

// Pings, and the labels of buttons.
const (
	pingAlone          phrase = "ping.alone"
	pingTaken          phrase = "ping.taken"
	pingReleased       phrase = "ping.released"
	pingNoted          phrase = "ping.noted"
	pingResolved       phrase = "ping.resolved"
	pingReopened       phrase = "ping.reopened"
	pingReopenedItself phrase = "ping.reopened-itself"
	pingRose           phrase = "ping.rose"
	pingRoseItself     phrase = "ping.rose-itself"
	pingFlagged        phrase = "ping.flagged"
	pingFlaggedItself  phrase = "ping.flagged-itself"
	pingUnflagged      phrase = "ping.unflagged"

	buttonAck     phrase = "button.ack"
	buttonRelease phrase = "button.release"
	buttonResolve phrase = "button.resolve"
	buttonReopen  phrase = "button.reopen"
	buttonPost    phrase = "button.post"
)

// Answers to what was done or asked.
const (
	doneAck     phrase = "done.ack"
	doneRelease phrase = "done.release"
	doneResolve phrase = "done.resolve"
	doneReopen  phrase = "done.reopen"
	doneNote    phrase = "done.note"
	doneLevel   phrase = "done.level"
	doneFlag    phrase = "done.flag"
	doneUnflag  phrase = "done.unflag"

	askID      phrase = "ask.id"
	askReason  phrase = "ask.reason"
	askLevel   phrase = "ask.level"
	askNote    phrase = "ask.note"
	askFlag    phrase = "ask.flag"
	askNearest phrase = "ask.nearest"
	askHelp    phrase = "ask.help"
	askHint    phrase = "ask.hint"

	stateOpen      phrase = "state.open"
	stateTaken     phrase = "state.taken"
	stateResolved  phrase = "state.resolved"
	stateGrievance phrase = "state.grievance"

	listNone      phrase = "list.none"
	listNoneAbout phrase = "list.none-about"
	listLine      phrase = "list.line"

	trailLine     phrase = "trail.line"
	trailText     phrase = "trail.text"
	trailEarlier  phrase = "trail.earlier"
	trailOpened   phrase = "trail.opened"
	trailFire     phrase = "trail.fire"
	trailAck      phrase = "trail.ack"
	trailRelease  phrase = "trail.release"
	trailResolve  phrase = "trail.resolve"
	trailReopen   phrase = "trail.reopen"
	trailNote     phrase = "trail.note"
	trailLevel    phrase = "trail.level"
	trailGrieve   phrase = "trail.grieve"
	trailUngrieve phrase = "trail.ungrieve"
	statusHead    phrase = "status.head"
	statusSources phrase = "status.sources"
	statusDone    phrase = "status.done"
	statusPending phrase = "status.pending"
	statusFailing phrase = "status.failing"
	helpHead      phrase = "help.head"
	helpLine      phrase = "help.line"
	helpFoot      phrase = "help.foot"
	helpUnknown   phrase = "help.unknown"
)

// Why a post did not alert.
const (
	askWhyNot              phrase = "ask.whynot"
	whyNotUnknown          phrase = "whynot.unknown"
	whyNotPost             phrase = "whynot.post"
	whyNotText             phrase = "whynot.text"
	whyNotNowhere          phrase = "whynot.nowhere"
	whyNotPlace            phrase = "whynot.place"
	whyNotSource           phrase = "whynot.source"
	whyNotYes              phrase = "whynot.yes"
	whyNotYesWords         phrase = "whynot.yes-words"
	whyNotForm             phrase = "whynot.form"
	whyNotFires            phrase = "whynot.fires"
	whyNotCounts           phrase = "whynot.counts"
	whyNotBacklog          phrase = "whynot.backlog"
	whyNotShadow           phrase = "whynot.shadow"
	whyNotMisses           phrase = "whynot.misses"
	whyNotMissing          phrase = "whynot.missing"
	whyNotMissingAny       phrase = "whynot.missing-any"
	whyNotMissingBeside    phrase = "whynot.missing-beside"
	whyNotMissingAnyBeside phrase = "whynot.missing-any-beside"
	whyNotUnsearched       phrase = "whynot.unsearched"
	whyNotScattered        phrase = "whynot.scattered"
	whyNotHidden           phrase = "whynot.hidden"
	whyNotApart            phrase = "whynot.apart"
	whyNotDisordered       phrase = "whynot.disordered"
	whyNotOverlapping      phrase = "whynot.overlapping"
	whyNotVetoed           phrase = "whynot.vetoed"
	whyNotVetoedField      phrase = "whynot.vetoed-field"
	whyNotDiffers          phrase = "whynot.differs"
	whyNotDiffersUnknown   phrase = "whynot.differs-unknown"
	whyNotFurther          phrase = "whynot.further"
	whyNotNone             phrase = "whynot.none"

	formWhyNot    phrase = "form.whynot"
	exampleWhyNot phrase = "example.whynot"
	helpWhyNot    phrase = "help.whynot"
)

// Rules in shadow, and what the admins are told.
const (
	shadowMark   phrase = "shadow.mark"
	shadowNone   phrase = "shadow.none"
	shadowIdle   phrase = "shadow.idle"
	shadowAsked  phrase = "shadow.asked"
	shadowActive phrase = "shadow.active"
	shadowLeft   phrase = "shadow.left"

	doneAsked     phrase = "done.asked"
	doneActivated phrase = "done.activated"
	doneSuspended phrase = "done.suspended"
	doneWithdrawn phrase = "done.withdrawn"

	askRule      phrase = "ask.rule"
	askWhichRule phrase = "ask.which-rule"

	refuseShadow   phrase = "refuse.shadow"
	refuseNoRule   phrase = "refuse.no-rule"
	knownRules     phrase = "known.rules"
	refuseByFile   phrase = "refuse.by-file"
	refuseSecond   phrase = "refuse.second"
	refuseAlone    phrase = "refuse.alone"
	refuseActive   phrase = "refuse.active"
	refuseInShadow phrase = "refuse.in-shadow"

	statusShadow  phrase = "status.shadow"
	statusRefused phrase = "status.refused"

	statusLearning phrase = "status.learning"
	statusLearner  phrase = "status.learner"

	noteRuleAsked     phrase = "note.rule-asked"
	noteRuleActivated phrase = "note.rule-activated"
	noteRuleSuspended phrase = "note.rule-suspended"
	noteRuleWithdrawn phrase = "note.rule-withdrawn"
	noteRuleChanged   phrase = "note.rule-changed"
	noteConfigRefused phrase = "note.config-refused"
	noteConfigGood    phrase = "note.config-good"

	formActivate    phrase = "form.activate"
	formSuspend     phrase = "form.suspend"
	exampleActivate phrase = "example.activate"
	exampleSuspend  phrase = "example.suspend"
	helpActivate    phrase = "help.activate"
	helpSuspend     phrase = "help.suspend"
)

// What cannot be done, and why.
const (
	refuseRole      phrase = "refuse.role"
	refuseNobody    phrase = "refuse.nobody"
	refuseSite      phrase = "refuse.site"
	refuseSiteless  phrase = "refuse.siteless"
	refuseOwner     phrase = "refuse.owner"
	refuseOwnerOnly phrase = "refuse.owner-only"
	refuseUntaken   phrase = "refuse.untaken"
	refuseChat      phrase = "refuse.chat"
	refuseAnonymous phrase = "refuse.anonymous"
	refuseStale     phrase = "refuse.stale"
	refuseState     phrase = "refuse.state"
	refuseCell      phrase = "refuse.cell"
	refuseNotFound  phrase = "refuse.not-found"
	refuseButton    phrase = "refuse.button"

	refusePeople  phrase = "refuse.people"
	refuseRanking phrase = "refuse.ranking"
	refuseReplies phrase = "refuse.replies"

	sorryStore phrase = "sorry.store"
	sorryPanic phrase = "sorry.panic"
)

// The verbs: how they are written in full, an example, and what they do.
const (
	formIssues   phrase = "form.issues"
	formAck      phrase = "form.ack"
	formRelease  phrase = "form.release"
	formResolve  phrase = "form.resolve"
	formReopen   phrase = "form.reopen"
	formNote     phrase = "form.note"
	formLevel    phrase = "form.level"
	formFlag     phrase = "form.flag"
	formTimeline phrase = "form.timeline"
	formStatus   phrase = "form.status"
	formHelp     phrase = "form.help"

	exampleIssues   phrase = "example.issues"
	exampleAck      phrase = "example.ack"
	exampleRelease  phrase = "example.release"
	exampleResolve  phrase = "example.resolve"
	exampleReopen   phrase = "example.reopen"
	exampleNote     phrase = "example.note"
	exampleLevel    phrase = "example.level"
	exampleFlag     phrase = "example.flag"
	exampleTimeline phrase = "example.timeline"
	exampleStatus   phrase = "example.status"
	exampleHelp     phrase = "example.help"

	helpIssues   phrase = "help.issues"
	helpAck      phrase = "help.ack"
	helpRelease  phrase = "help.release"
	helpResolve  phrase = "help.resolve"
	helpReopen   phrase = "help.reopen"
	helpNote     phrase = "help.note"
	helpLevel    phrase = "help.level"
	helpFlag     phrase = "help.flag"
	helpTimeline phrase = "help.timeline"
	helpStatus   phrase = "help.status"
	helpHelp     phrase = "help.help"
)
