package bot

// What a digest is about.
const (
	digestHead   phrase = "digest.head"
	digestNone   phrase = "digest.none"
	digestOpen   phrase = "digest.open"
	digestWatch  phrase = "digest.watch"
	digestClosed phrase = "digest.closed"
	digestEnded  phrase = "digest.ended"
	digestNoisy  phrase = "digest.noisy"
	digestRule   phrase = "digest.rule"
	digestSpent  phrase = "digest.spent"
	digestAlive  phrase = "digest.alive"

	formDigest    phrase = "form.digest"
	exampleDigest phrase = "example.digest"
	helpDigest    phrase = "help.digest"
)
