package fakeslack

import (
	"encoding/json"

	"github.com/siaga-id/siaga/internal/spec"
)

// published holds a message against the types that Slack publishes, where they are at hand: it finds
// what the tables of this package forgot.
func published(req request) error {
	message := object{"channel": req.get("channel")}
	for _, name := range []string{"text", "thread_ts"} {
		if req.args.Has(name) {
			message[name] = req.get(name)
		}
	}
	if req.args.Has("blocks") {
		var blocks any
		if json.Unmarshal([]byte(req.get("blocks")), &blocks) != nil {
			return malformed("invalid_blocks_format")
		}
		message["blocks"] = blocks
	}
	if faults := spec.SlackMessage().Check(message); len(faults) > 0 {
		return malformed("invalid_blocks", faults...)
	}
	return nil
}
