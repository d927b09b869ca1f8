package bot

// What is refused on principle.
const (
	ethicsThis    phrase = "ethics.this"
	ethicsLast    phrase = "ethics.last"
	ethicsPeople  phrase = "ethics.people"
	ethicsRanking phrase = "ethics.ranking"
	ethicsReplies phrase = "ethics.replies"
)
