package source

import (
	"time"

	"github.com/siaga-id/siaga/store"
)

// speak lets an outlet that prints the text of another speak with the voice of
// the outlet that had it first, and returns its own voice in that case: twenty
// papers with one agency text are one voice. People who pass a text on are
// voices each, since everyone decides to.
func speak(tx store.Tx, p *Post, now time.Time) (own string, err error) {
	if p.Kind != News {
		return "", nil
	}
	voice, err := voiceOf(tx, p.Story, now)
	if err != nil {
		return "", err
	}
	if voice == "" {
		voice = p.Voice
	}
	key := store.Path("v", digest(p.Story))
	if err := stories.On(now).Put(tx, key, storyEntry{ID: p.Story, Voice: voice}); err != nil {
		return "", err
	}
	if voice == p.Voice {
		return "", nil
	}
	own, p.Voice = p.Voice, voice
	return own, nil
}

// voiceOf returns the voice of the outlets in a story, "" if there is none
// yet.
func voiceOf(tx store.Tx, story string, now time.Time) (string, error) {
	for back := time.Duration(0); back <= foldWithin; back += 24 * time.Hour {
		s, found, err := stories.On(now.Add(-back)).Get(tx, store.Path("v", digest(story)))
		if err != nil || found {
			return s.Voice, err
		}
	}
	first, found, err := namer(tx, story)
	if err != nil || !found {
		return "", err
	}
	p, _, err := posts.On(first.Fetched).Get(tx, first.Post)
	if p.Kind != News {
		return "", err
	}
	return p.Voice, err
}
