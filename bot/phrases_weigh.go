package bot

// What was counted, against what, and what that is called.
const (
	numberDecimal phrase = "number.decimal"
	numberGroup   phrase = "number.group"
	numberLess    phrase = "number.less"

	weighLate       phrase = "weigh.late"
	weighThreshold  phrase = "weigh.threshold"
	weighUsual      phrase = "weigh.usual"
	weighTimes      phrase = "weigh.times"
	weighSpike      phrase = "weigh.spike"
	weighNever      phrase = "weigh.never"
	weighRare       phrase = "weigh.rare"
	weighPlace      phrase = "weigh.place"
	weighSpread     phrase = "weigh.spread"
	weighLearning   phrase = "weigh.learning"
	weighLearnt     phrase = "weigh.learnt"
	weighScore      phrase = "weigh.score"
	weighLevel      phrase = "weigh.level"
	weighFloor      phrase = "weigh.floor"
	weighLast       phrase = "weigh.last"
	weighQuiet      phrase = "weigh.quiet"
	weighQuietUsual phrase = "weigh.quiet-usual"

	spikeLow      phrase = "spike.low"
	spikeBalanced phrase = "spike.balanced"
	spikeHigh     phrase = "spike.high"

	pingLouder phrase = "ping.louder"
	pingPlace  phrase = "ping.place"
	trailGrown phrase = "trail.grown"
	toldLouder phrase = "told.louder"

	noteWentSilent  phrase = "note.went-silent"
	noteSpeaksAgain phrase = "note.speaks-again"
	noteDiskFailed  phrase = "note.disk-failed"
	quietSource     phrase = "quiet.source"
	quietSite       phrase = "quiet.site"
	quietRule       phrase = "quiet.rule"

	whyNumbers phrase = "why.numbers"
	whyRatio   phrase = "why.ratio"
	whySpread  phrase = "why.spread"

	whyNotRatio  phrase = "whynot.ratio"
	whyNotSpike  phrase = "whynot.spike"
	whyNotSilent phrase = "whynot.silent"
	whyNotNew    phrase = "whynot.new"
	whyNotSpread phrase = "whynot.spread"

	nextOr    phrase = "next.or"
	nextRose  phrase = "next.rose"
	nextGrown phrase = "next.grown"
	nextPlace phrase = "next.place"
	nextActed phrase = "next.acted"
)
