package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/store"
)

// askedFor counts, for each month, what was asked for and is refused on principle.
// Who asked is not kept.
const askedFor store.Counter = "refused"

// principles are the names of what the product does not do, in the order in
// which it is told: these are decisions, not gaps (crisis.md).
func principles() []struct {
	key   string
	why   phrase
	words []string
} {
	return []struct {
		key   string
		why   phrase
		words []string
	}{
		{"people", refusePeople, []string{"siapa", "who", "profil", "profile", "pengunggah", "penulis", "author", "identitas", "identity", "lacak", "track", "doxing"}},
		{"ranking", refuseRanking, []string{"peringkat", "ranking", "rank", "pengkritik", "critics", "kritikus", "teratas", "top"}},
		{"replies", refuseReplies, []string{"balas", "reply", "terbitkan", "publish", "autoreply", "auto-reply", "balas-otomatis", "serbu", "komentari"}},
	}
}

// refusal returns why the product does not do what a name asks for.
func refusal(name string) (key string, why phrase, refused bool) {
	for _, p := range principles() {
		if slices.Contains(p.words, name) {
			return p.key, p.why, true
		}
	}
	return "", "", false
}

// refuseFor refuses what a name asks for on principle, and counts that it did.
func (t *turn) refuseFor(ctx context.Context, name, key string, why phrase) (Answer, error) {
	t.Log.Info("refused on principle", "asked", name, "chat", t.dest)
	err := t.DB.Update(ctx, func(tx store.Tx) error {
		if err := askedFor.Add(tx, store.Path(monthOf(t.at), key), 1); err != nil {
			return fmt.Errorf("count a refusal: %w", err)
		}
		return t.settle(tx)
	})
	t.marked = err == nil
	return t.private(why), err
}

func monthOf(at time.Time) string { return at.UTC().Format("2006-01") }

// ethics says how often something was refused on principle in this month and
// the one before, or nothing where nothing was.
func (t *turn) ethics(ctx context.Context) ([]string, error) {
	var lines []string
	err := t.DB.View(ctx, func(tx store.Tx) error {
		lines = nil
		for back, line := range []phrase{ethicsThis, ethicsLast} {
			of := time.Date(t.at.UTC().Year(), t.at.UTC().Month()-time.Month(back), 1, 0, 0, 0, 0, time.UTC)
			said, err := t.refusedIn(tx, monthOf(of))
			if err != nil {
				return err
			}
			if said != "" {
				lines = append(lines, t.Lang.say(line, "what", said))
			}
		}
		return nil
	})
	return lines, err
}

func (t *turn) refusedIn(tx store.Tx, month string) (string, error) {
	var parts []string
	for i, key := range []phrase{ethicsPeople, ethicsRanking, ethicsReplies} {
		n, err := askedFor.Get(tx, store.Path(month, principles()[i].key))
		if err != nil {
			return "", fmt.Errorf("read refusals: %w", err)
		}
		if n > 0 {
			parts = append(parts, t.Lang.say(key, "n", strconv.FormatInt(n, 10)))
		}
	}
	return strings.Join(parts, ", "), nil
}
