package bot

import (
	"strings"
	"testing"
)

func TestTheKeyboardHasNoRolesBesideAMessenger(t *testing.T) {
	w := newWorld(t, "id")
	w.talk.Operator = false
	ans, err := w.talk.Hear(t.Context(), Saying{Dest: terminalUser, User: terminalUser, Text: "/ambil", At: w.now})
	if err != nil || !strings.Contains(ans.Text, "Hanya petugas") {
		t.Errorf("an /ambil at the keyboard: %q, %v", ans.Text, err)
	}
}
