package bot

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

var makassar = time.FixedZone("WITA", 8*60*60)

// wednesday is 24 June 2026, 10:40 in Makassar.
var wednesday = time.Date(2026, 6, 24, 10, 40, 0, 0, makassar)

func TestAMomentIsReadAsPeopleWriteIt(t *testing.T) {
	for said, want := range map[string]string{
		// spans
		"30m": "24 11:10", "30 m": "24 11:10", "30 mnt": "24 11:10", "30 menit": "24 11:10", "30min": "24 11:10",
		"45 minutes": "24 11:25", "2j": "24 12:40", "2J": "24 12:40", "2 jam": "24 12:40", "2 hours": "24 12:40",
		"1j30m": "24 12:10", "1j 30m": "24 12:10", "1 jam 30 menit": "24 12:10", "1jam30menit": "24 12:10",
		"3 hari": "27 10:40", "3hari": "27 10:40", "1d": "25 10:40", "2 days": "26 10:40", "1 minggu": "01 10:40",
		"1w": "01 10:40", "1 hari 2 jam": "25 12:40", "selama 2 jam": "24 12:40", "for 2 hours": "24 12:40", "02j": "24 12:40",
		// days
		"besok": "25 07:00", "Besok": "25 07:00", "tomorrow": "25 07:00", "lusa": "26 07:00",
		"besok 09:00": "25 09:00", "besok jam 9": "25 09:00", "besok pukul 9.30": "25 09:30", "tomorrow at 9": "25 09:00",
		"sampai besok": "25 07:00", "until tomorrow": "25 07:00", "sampai lusa jam 12": "26 12:00",
		// points
		"sampai 14:00": "24 14:00", "hingga 14.00": "24 14:00", "s/d 14:00": "24 14:00", "until 14:00": "24 14:00",
		"sampai jam 14": "24 14:00", "sampai pukul 14:05": "24 14:05", "sampai 10:40": "25 10:40", "sampai 09:00": "25 09:00",
		"sampai 9:00": "25 09:00", "sampai 24:00": "25 00:00", "sampai 00:00": "25 00:00",
		"sampai 14:00 WIB": "24 15:00", "sampai 14:00 wit": "24 13:00", "sampai 14:00 WITA": "24 14:00",
		"sampai senin": "29 07:00", "sampai Sen 09:00": "29 09:00", "until monday": "29 07:00", "sampai rabu": "01 07:00",
		"sampai kamis jam 8": "25 08:00", "sampai Jum'at": "26 07:00", "until Sat 12:00": "27 12:00", "sampai minggu": "28 07:00",
		"sampai selasa": "30 07:00",
	} {
		until, rest, err := moment(strings.Fields(said), false, wednesday, makassar)
		if got := until.In(makassar).Format("02 15:04"); err != nil || len(rest) > 0 || got != want {
			t.Errorf("%q: until %s with %q left, error %v; want %s", said, got, rest, err, want)
		}
	}
}

func TestWhatFollowsAMomentIsLeftAsItIs(t *testing.T) {
	for said, want := range map[string]string{
		`4j "simulasi pabrik"`:          `"simulasi pabrik"`,
		`4j "2 menit lagi selesai"`:     `"2 menit lagi selesai"`,
		"4 jam 30 orang datang":         "30 orang datang",
		"4j 2 hari libur":               "2 hari libur", // the larger unit does not follow the smaller
		"4j 2j":                         "2j",
		"besok rapat jam 9":             "rapat jam 9",
		"sampai 14:00 WIB Uji sirene":   "Uji sirene",
		"sampai senin jam kantor":       "jam kantor",
		"sampai besok 7 orang lembur":   "7 orang lembur",
		"2 hari 12345 jam di luar akal": "12345 jam di luar akal",
	} {
		_, rest, err := moment(strings.Fields(said), false, wednesday, makassar)
		if got := strings.Join(rest, " "); err != nil || got != want {
			t.Errorf("%q leaves %q, error %v; want %q", said, got, err, want)
		}
	}
}

func TestWhatIsNoMomentIsRefused(t *testing.T) {
	for _, said := range []string{
		"", "debu", "4", "j", "4x", "4 orang", "0j", "0 hari", "-2j", "+2j", "2,5j", "12345j", "99999999999999999999m",
		"sampai", "sampai 14", "sampai debu", "sampai jam", "sampai jam 25", "sampai 24:01", "sampai 14:60", "sampai 14:0",
		"sampai 1:2:3", "sampai +1:00", "sampai 1:-1", "selama", "selama debu", "1j0", "1j2j", "1j2x", "jam 14", "senin", "WIB", "٣j",
	} {
		if until, _, err := moment(strings.Fields(said), false, wednesday, makassar); !errors.Is(err, errNoMoment) {
			t.Errorf("%q: until %v, error %v", said, until, err)
		}
	}
}

func TestHIsAnHourInEnglishOnly(t *testing.T) {
	for _, said := range []string{"2h", "2 h", "2H", "1d 2h", "1d2h", "2h30m", "for 2h"} {
		if _, _, err := moment(strings.Fields(said), true, wednesday, makassar); err != nil {
			t.Errorf("%q in English: %v", said, err)
		}
		_, _, err := moment(strings.Fields(said), false, wednesday, makassar)
		if n, vague := errors.AsType[vagueHour](err); !vague || n != "2" {
			t.Errorf("%q in Indonesian: %v", said, err)
		}
	}
	for _, said := range []string{"2hari", "2 hours", "2j"} { // these are no h
		if _, _, err := moment(strings.Fields(said), false, wednesday, makassar); err != nil {
			t.Errorf("%q: %v", said, err)
		}
	}
}

func TestAnAnswersOwnTimeIsUnderstood(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		for hours := range 6 * 24 {
			want := wednesday.Add(time.Duration(hours)*time.Hour + 20*time.Minute)
			said := "sampai " + speak(t, code).clock(want, wednesday, makassar)
			got, rest, err := moment(strings.Fields(said), false, wednesday, makassar)
			if err != nil || len(rest) > 0 || !got.Equal(want) {
				t.Errorf("%q: %v with %q left, error %v; want %v", said, got, rest, err, want)
			}
		}
	}
}

func FuzzMoment(f *testing.F) {
	for _, said := range []string{
		"2j", "1j30m debu", "2h", "sampai 14:00 WIB", "besok jam 9", "sampai Sel 14.00", "4j \"alasan\"", "selama", "9999 minggu 9999 hari",
	} {
		f.Add(said, false)
		f.Add(said, true)
	}
	f.Fuzz(func(t *testing.T, said string, english bool) {
		words := strings.Fields(said)
		given := slices.Clone(words)
		until, rest, err := moment(words, english, wednesday, makassar)
		if !slices.Equal(words, given) {
			t.Fatalf("%q was changed to %q", given, words)
		}
		if err != nil {
			return
		}
		const most = 9999 * (7 + 1 + 1) * 24 * time.Hour
		if !until.After(wednesday) || until.Sub(wednesday) > most {
			t.Errorf("%q: until %v", said, until)
		}
		if left := strings.Join(rest, " "); len(rest) >= len(words) || !strings.HasSuffix(strings.Join(words, " "), left) {
			t.Errorf("%q leaves %q", said, left)
		}
	})
}
