package source

import "testing"

func TestAVoiceIsTheSameAuthorOnTheSameSource(t *testing.T) {
	v := NewVoices([]byte("0123456789abcdef0123456789abcdef"))
	same := v.Of("x", "@Warga_A")
	for _, c := range []struct {
		name           string
		voices         Voices
		source, author string
		same           bool
	}{
		{"written otherwise", v, "x", " warga_a ", true},
		{"another author", v, "x", "warga_b", false},
		{"another source", v, "ig", "@Warga_A", false},
		{"parted elsewhere", v, "xw", "arga_a", false},
		{"another installation", NewVoices([]byte("another key")), "x", "@Warga_A", false},
		{"no author", v, "x", "", false},
	} {
		if got := c.voices.Of(c.source, c.author); (got == same) != c.same || len(got) != 16 {
			t.Errorf("%s: %q beside %q", c.name, got, same)
		}
	}
}

func TestTheOutletSpeaksInNewsAndTheAuthorElsewhere(t *testing.T) {
	v := NewVoices([]byte("key"))
	for _, c := range []struct {
		name                 string
		kind                 Kind
		link, author, outlet string
		want                 string
	}{
		{"news", News, "https://news.detik.com/1", "Wartawan", "detik", "detik.com"},
		{"news without address", News, "", "Wartawan", "Koran Kota", v.Of("s", "Koran Kota")},
		{"social", Social, "https://x.com/a/1", "@a", "", v.Of("s", "a")},
		{"social without author", Social, "https://x.com/a/1", "", "", "x.com"},
		{"nothing known", Social, "", "", "", v.Of("s", "")},
	} {
		if got := v.voice("s", c.kind, c.link, c.author, c.outlet); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
