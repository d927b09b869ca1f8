package bot

// What is wrong with Siaga itself.
const (
	noteUnread      phrase = "note.unread"
	noteReadAgain   phrase = "note.read-again"
	noteStalled     phrase = "note.stalled"
	noteRunsAgain   phrase = "note.runs-again"
	noteDiskFull    phrase = "note.disk-full"
	noteDiskGrowing phrase = "note.disk-growing"
	noteDiskRoom    phrase = "note.disk-room"
)
