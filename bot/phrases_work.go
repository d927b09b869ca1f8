package bot

// The answer to an incident: what was found, drafted, approved and promised.
const (
	findingNone   phrase = "finding.none"
	findingTrue   phrase = "finding.true"
	findingFalse  phrase = "finding.false"
	findingPartly phrase = "finding.partly"

	trailVerify    phrase = "trail.verify"
	trailUnfit     phrase = "trail.unfit"
	trailDrafted   phrase = "trail.drafted"
	trailEdited    phrase = "trail.edited"
	trailApproved  phrase = "trail.approved"
	trailRejected  phrase = "trail.rejected"
	trailPublished phrase = "trail.published"
	trailVoided    phrase = "trail.voided"
	trailPromised  phrase = "trail.promised"
	trailKept      phrase = "trail.kept"

	pingVerified  phrase = "ping.verified"
	pingDrafted   phrase = "ping.drafted"
	pingEdited    phrase = "ping.edited"
	pingApproved  phrase = "ping.approved"
	pingRejected  phrase = "ping.rejected"
	pingPublished phrase = "ping.published"
	pingVoided    phrase = "ping.voided"
	pingPromised  phrase = "ping.promised"
	pingKept      phrase = "ping.kept"

	toldVerified  phrase = "told.verified"
	toldDrafted   phrase = "told.drafted"
	toldEdited    phrase = "told.edited"
	toldApproved  phrase = "told.approved"
	toldRejected  phrase = "told.rejected"
	toldPublished phrase = "told.published"
	toldVoided    phrase = "told.voided"
	toldPromised  phrase = "told.promised"
	toldKept      phrase = "told.kept"

	exampleDraft phrase = "example.draft"
)
