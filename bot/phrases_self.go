package bot

// What /status says of Siaga itself, beside what the admins were told.
const (
	statusDisk     phrase = "status.disk"
	statusBeat     phrase = "status.beat"
	statusBeatNone phrase = "status.beat-none"
	statusBeatHeld phrase = "status.beat-held"
	statusBeatLost phrase = "status.beat-lost"

	heldIll   phrase = "held.ill"
	heldStore phrase = "held.store"
	heldChats phrase = "held.chats"
)
