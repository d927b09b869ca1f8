package incident

import (
	"fmt"
	"time"

	"github.com/siaga-id/siaga/store"
)

// Refused writes on the timeline that somebody asked for what they may not do,
// and why as a code of the caller's. Nothing else is changed, so nobody is told
// of it and no button goes stale. The first of each person and verb in one
// state is kept: whoever hammers a button fills no store. The errors are
// ErrNotFound or the store's.
func Refused(tx store.Tx, id ID, who Actor, verb Verb, why string, now time.Time) error {
	in, err := Read(tx, id)
	if err != nil {
		return err
	}
	line := store.Path(string(idKey(id)), store.Num(in.StateRev), string(verb), who.Name)
	_, written, err := timeline.Get(tx, line)
	if err == nil && !written {
		err = timeline.Put(tx, line, Entry{
			Seq: in.Rev, At: now, Who: who.Name, Via: who.Via, Chat: who.Chat, Verb: verb,
			From: in.Rev, To: in.Rev, Refused: why,
		})
	}
	if err != nil {
		return fmt.Errorf("keep a refusal of %v: %w", id, err)
	}
	return nil
}
