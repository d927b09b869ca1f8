package bot

// What is wrong with a time that was said.
const (
	askMoment phrase = "ask.moment"
	askHour   phrase = "ask.hour"
)
