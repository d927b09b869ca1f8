package source

import "testing"

func TestTheFirstPlaceThatATextNamesIsItsSite(t *testing.T) {
	g := NewGazetteer(map[string][]string{
		"rembang": {"Rembang", "Gunem", "Tegaldowo", "Bulu"},
		"kupang":  {"Kupang", "Alak", "Kupang Barat"},
		"tuban":   {"Tegal", "Rembang Kulon", "Tanjung Awar-Awar"},
	})
	for text, want := range map[string]string{
		"":                                       "",
		"debu lagi, parah":                       "",
		"debu di REMBANG!":                       "rembang",
		"dari gunem ke alak":                     "rembang",
		"dari alak ke gunem":                     "kupang",
		"warga rembang, kulon progo":             "tuban", // punctuation does not count
		"rembang kulon lalu gunem":               "tuban", // the longest name
		"warga tegaldowo":                        "rembang",
		"rembangan":                              "",
		"di tanjung awar awar":                   "tuban",
		"di tanjung":                             "",
		"@rembang https://rembang.go.id/gunem":   "",
		"#Rembang":                               "rembang",
		"#SaveGunem":                             "rembang",
		"#save_gunem dan alak":                   "rembang",
		"#TegaldowoBerdebu":                      "rembang", // and not the Tegal in it
		"#tanjungawarawar":                       "tuban",
		"#alak":                                  "kupang", // a whole tag may be a short name
		"#alakadarnya #bulutangkis":              "",       // but not a part of one
		"#debu turun lagi, genteng di Kupang":    "kupang",
		"\u200bRem\u200bbang":                    "rembang",
		"sedan biru ditabrak di kupang barat ..": "kupang",
	} {
		if got := g.Find(text); got != want {
			t.Errorf("%q is at %q, want %q", text, got, want)
		}
	}
}

func TestAPlaceOfTwoSitesIsAlwaysTheSame(t *testing.T) {
	for range 50 {
		g := NewGazetteer(map[string][]string{"d": {"Sukorejo"}, "b": {"Sukorejo"}, "c": {"Sukorejo"}, "a": nil})
		if got := g.Find("sukorejo") + g.Find("#sukorejo"); got != "bb" {
			t.Fatalf("got %q", got)
		}
	}
}

func TestAGazetteerOfNothingFindsNothing(t *testing.T) {
	var none *Gazetteer
	for name, g := range map[string]*Gazetteer{"nil": none, "empty": NewGazetteer(nil), "no words": NewGazetteer(map[string][]string{"x": {"", "!"}})} {
		if got := g.Find("debu di Rembang ! #x"); got != "" {
			t.Errorf("%s: %q", name, got)
		}
		if g.knows("rembang") || g.knows("") {
			t.Errorf("%s knows a site", name)
		}
	}
}
