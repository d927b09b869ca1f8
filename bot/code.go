package bot

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"github.com/siaga-id/siaga/store"
)

// codes are given out to accounts that want to be somebody's, by code.
const codes store.Shelf[Code] = "code"

// Code waits for an admin who says whose the account is.
type Code struct {
	Account string    `json:"account"` // "telegram:111", "slack:U01"
	At      time.Time `json:"at"`
}

const (
	// codeValid is how long a code can be used, and maxCodes how many may wait
	// at once: what strangers can write into the store has an end.
	codeValid = 10 * time.Minute
	maxCodes  = 100
	// codeLength in characters of 5 bits each: nobody guesses 50 bits at one
	// guess in slipEvery.
	codeLength = 10
)

// offer gives the speaker a code that an admin can use, where nobody else
// reads it.
func (t *turn) offer(ctx context.Context) (Answer, error) {
	switch {
	case t.user == terminalUser:
		return t.private(refuseLinkKeyboard), nil
	case t.dest.Transport() == "telegram" && !t.alone():
		return t.private(askLinkAlone), nil
	case t.who.Name != "":
		return t.private(refuseLinked, "who", one(t.who.Name, placeRunes)), nil
	}
	var code string
	err := t.DB.Update(ctx, func(tx store.Tx) error {
		live, err := liveCodes(tx, t.at)
		if err != nil {
			return err
		}
		for c, of := range live {
			if of.Account == account(t.user) { // the same again, for its time only
				code = c
				return t.settle(tx)
			}
		}
		if code = ""; len(live) >= maxCodes {
			return t.settle(tx)
		}
		code = rand.Text()[:codeLength]
		if err := codes.Put(tx, store.Key(code), Code{Account: account(t.user), At: t.at}); err != nil {
			return fmt.Errorf("keep a code: %w", err)
		}
		return t.settle(tx)
	})
	t.marked = err == nil
	if code == "" {
		return t.private(refuseCodes), err
	}
	return t.private(doneCode, "code", spelled(code), "example", t.slash(t.Lang.say(commandLink, "code", spelled(code)))), err
}

// spelled shows a code in two halves, as it is easier to read out.
func spelled(code string) string { return code[:codeLength/2] + "-" + code[codeLength/2:] }

// alone reports whether the chat is between the bot and the speaker: Telegram
// gives it the id of the person, Slack one that begins with D.
func (t *turn) alone() bool {
	address := t.dest.Address()
	switch t.dest.Transport() {
	case "telegram":
		chat, _, _ := strings.Cut(address, ":")
		return "telegram:"+chat == account(t.user)
	case "slack":
		return strings.HasPrefix(address, "D")
	}
	return false
}

// liveCodes returns the codes that can be used, and removes all others.
func liveCodes(tx store.Tx, now time.Time) (map[string]Code, error) {
	live := map[string]Code{}
	_, err := codes.Sweep(tx, "", func(k store.Key, c Code) bool {
		if age := now.Sub(c.At); age < 0 || age >= codeValid {
			return true
		}
		live[string(k)] = c
		return false
	})
	if err != nil {
		return nil, fmt.Errorf("read codes: %w", err)
	}
	return live, nil
}
