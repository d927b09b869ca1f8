package incident

import "time"

// Calling is how far people were called for an incident since it needs
// somebody: since it is open, or since its owner gave the last sign of life.
// Whom a step calls, and when, is for package escalation to decide.
type Calling struct {
	Since   time.Time `json:"since,omitzero"`    // open: without an owner since; acknowledged: the owner's last sign
	Rung    int       `json:"rung,omitempty"`    // steps of the ladder that were taken; 0: the card alone
	At      time.Time `json:"at,omitzero"`       // of the last step or reminder
	Repeats int       `json:"repeats,omitempty"` // reminders since the last step
	Asked   time.Time `json:"asked,omitzero"`    // the owner was asked for a sign of life and has given none
}

const (
	// LongestSnooze is for how long a lead may snooze an incident (chat.md 3).
	LongestSnooze = 72 * time.Hour
	// LongestNap is for how long a responder may.
	LongestNap = 4 * time.Hour
)

func snoozable(cmd Command) bool {
	longest := LongestNap
	if cmd.Actor.Lead {
		longest = LongestSnooze
	}
	d := cmd.Until.Sub(cmd.At)
	return d > 0 && d <= longest
}

// calling returns how far people were called after a command.
func calling(in Incident, cmd Command) Calling {
	c := in.Calling
	switch cmd.Verb {
	case Release, Reopen, Wake, Ack, Confirm, Unmuted:
		return Calling{Since: cmd.At}
	case Escalate:
		c.Rung, c.At, c.Repeats = c.Rung+1, cmd.At, 0
	case Remind:
		if in.CalledAt.After(c.At) { // something new happened: the pauses begin anew
			c.Repeats = 0
		}
		c.Repeats, c.At = c.Repeats+1, cmd.At
	case Ask:
		c.Asked = cmd.At
	case SetLevel:
		if cmd.Severity > in.Severity {
			return Calling{Since: cmd.At}
		}
	case Resolve:
		return Calling{}
	default:
		if in.State == Acknowledged && in.Owner == cmd.Actor.Name {
			return Calling{Since: cmd.At, Rung: c.Rung, At: c.At}
		}
	}
	return c
}

// snoozed returns until when an incident is snoozed after a command: what
// somebody does for it ends the snooze, what is said of it does not.
func snoozed(in Incident, cmd Command) time.Time {
	switch cmd.Verb {
	case Snooze:
		return cmd.Until.UTC()
	case Ack, Release, Resolve, Reopen, Wake, Escalate:
		return time.Time{}
	case SetLevel:
		if cmd.Severity > in.Severity {
			return time.Time{}
		}
	default:
	}
	return in.Snoozed
}
