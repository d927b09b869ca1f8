package bot

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/promise"
)

// The tests read on wednesday, 24 June 2026, 10:40 in Makassar.

func TestADateOfAPromiseIsReadAsPeopleWriteIt(t *testing.T) {
	for said, want := range map[string]string{
		// dates
		"sampai 5 Des": "05-12-26 23:59", "5 Desember": "05-12-26 23:59", "5 Des 2027": "05-12-27 23:59", "sampai tanggal 5 Des": "05-12-26 23:59",
		"until 5 Dec": "05-12-26 23:59", "until Dec 5": "05-12-26 23:59", "by 5 December 2026": "05-12-26 23:59", "5 Des.": "05-12-26 23:59",
		"5 Des 14:00": "05-12-26 14:00", "5 Des jam 14": "05-12-26 14:00", "sampai 5 Des 2026 pukul 14.30": "05-12-26 14:30",
		"5 Des 14:00 WIB": "05-12-26 15:00", "sampai tgl 5 agustus": "05-08-26 23:59", "paling lambat 5 Des": "05-12-26 23:59",
		"5/12": "05-12-26 23:59", "5/12/2027": "05-12-27 23:59", "5-12-2026": "05-12-26 23:59", "2026-12-05": "05-12-26 23:59",
		"sampai 2026-12-05 14:00": "05-12-26 14:00", "3 Jan": "03-01-27 23:59", "24 Juni": "24-06-26 23:59", "1 Mar": "01-03-27 23:59",
		"29 Feb 2028": "29-02-28 23:59",
		// days
		"hari ini": "24-06-26 23:59", "sampai hari ini jam 17": "24-06-26 17:00", "today": "24-06-26 23:59", "besok": "25-06-26 23:59",
		"sampai besok": "25-06-26 23:59", "besok 14:00": "25-06-26 14:00", "lusa": "26-06-26 23:59", "until tomorrow": "25-06-26 23:59",
		"sampai Jumat": "26-06-26 23:59", "Jum'at jam 9": "26-06-26 09:00", "until Friday": "26-06-26 23:59", "hari Jumat": "26-06-26 23:59",
		"rabu": "01-07-26 23:59", "sampai minggu": "28-06-26 23:59", "Sabtu 5 Des": "05-12-26 23:59", "by Friday": "26-06-26 23:59",
		// clocks
		"sampai 14:00": "24-06-26 14:00", "jam 14": "24-06-26 14:00", "sampai jam 9": "25-06-26 09:00", "sampai 14:00 WIB": "24-06-26 15:00",
		// spans
		"3 hari": "27-06-26 23:59", "3d": "27-06-26 23:59", "dalam 3 hari": "27-06-26 23:59", "2 minggu": "08-07-26 23:59", "in 2 weeks": "08-07-26 23:59",
		"3 hari jam 12": "27-06-26 12:00", "2 jam": "24-06-26 12:40", "2j": "24-06-26 12:40", "paling lama 3 hari": "27-06-26 23:59",
	} {
		due, err := deadline(strings.Fields(said), false, wednesday, makassar)
		if got := due.In(makassar).Format("02-01-06 15:04"); err != nil || got != want {
			t.Errorf("%q: %s, error %v; want %s", said, got, err, want)
		}
	}
}

func TestWhatIsNoDateOfAPromiseIsRefusedWithItsReason(t *testing.T) {
	for said, want := range map[string]error{
		"": errNoMoment, "debu": errNoMoment, "sampai": errNoMoment, "sampai tuntas": errNoMoment, "5": errNoMoment, "sampai 5": errNoMoment,
		"32 Des": errNoMoment, "31 Feb": errNoMoment, "0 Des": errNoMoment, "5 Das": errNoMoment, "5/13": errNoMoment, "5/12/26": errNoMoment,
		"29 Feb": errNoMoment, "5 Des 14:00 ya": errNoMoment, "5 Des karena hujan": errNoMoment, "Jumat 5 Des": errNoMoment, "minggu depan": errNoMoment,
		"Jumat depan": errNoMoment, "bulan depan": errNoMoment, "besok 5 Des": errNoMoment, "-5 Des": errNoMoment, "5//12": errNoMoment, "hari": errNoMoment,
		"0 hari": errNoMoment, "5 Des 2026 2027": errNoMoment,
		"1 Juni": errPast, "5 Des 2024": errPast, "2026-06-23": errPast, "23/6": errPast, "hari ini 09:00": errPast, "24 Juni jam 10": errPast,
		"5 Des 2028": errFar, "800 hari": errFar, "200 minggu": errFar,
	} {
		if due, err := deadline(strings.Fields(said), false, wednesday, makassar); !errors.Is(err, want) {
			t.Errorf("%q: %v, error %v; want %v", said, due, err, want)
		}
	}
}

func TestFiguresThatMayBeReadTwoWaysInEnglishAreNoDateThere(t *testing.T) {
	for said, want := range map[string]error{"5/12": errNoMoment, "25/12": nil, "2h": nil, "2026-12-05": nil} {
		if _, err := deadline(strings.Fields(said), true, wednesday, makassar); !errors.Is(err, want) {
			t.Errorf("%q in English: %v, want %v", said, err, want)
		}
	}
	_, err := deadline([]string{"2h"}, false, wednesday, makassar)
	if n, vague := errors.AsType[vagueHour](err); !vague || n != "2" {
		t.Errorf("2h in Indonesian: %v", err)
	}
}

func TestADateThatIsSaidIsUnderstoodAgain(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		for days := 1; days < 700; days += 3 {
			want := time.Date(2026, 6, 24+days, 23, 59, 0, 0, makassar)
			said := speak(t, code).due(want, wednesday, makassar)
			got, err := deadline(strings.Fields(said), false, wednesday, makassar)
			if err != nil || !got.Equal(want) {
				t.Fatalf("%q: %v, error %v; want %v", said, got, err, want)
			}
		}
	}
}

func FuzzDeadline(f *testing.F) {
	for _, said := range []string{
		"sampai 5 Des", "5/12/2026 14:00", "besok", "hari ini", "Jumat 5 Des", "dalam 3 hari", "2h", "until Dec 5", "paling lambat 29 Feb", "9999 minggu",
	} {
		f.Add(said, false)
		f.Add(said, true)
	}
	f.Fuzz(func(t *testing.T, said string, english bool) {
		words := strings.Fields(said)
		given := slices.Clone(words)
		due, err := deadline(words, english, wednesday, makassar)
		if !slices.Equal(words, given) {
			t.Fatalf("%q was changed to %q", given, words)
		}
		if err == nil && (!due.After(wednesday) || due.Sub(wednesday) > promise.LongestAhead) {
			t.Errorf("%q: %v", said, due)
		}
	})
}
