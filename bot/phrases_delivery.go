package bot

// A storm, and what Siaga says about its own delivery.
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
