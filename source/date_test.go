package source

import (
	"strings"
	"testing"
	"time"
)

func TestDatesOfIndonesianFeedsAreReadInTheirZone(t *testing.T) {
	jakarta := time.FixedZone("WIB", 7*60*60)
	for raw, want := range map[string]string{
		"Mon, 03 Nov 2025 14:05:00 +0700":        "2025-11-03T07:05:00Z",
		"Mon, 03 Nov 2025 14:05:00 WIB":          "2025-11-03T07:05:00Z",
		"Mon, 03 Nov 2025 14:05:00 WITA":         "2025-11-03T06:05:00Z",
		"Mon, 03 Nov 2025 14:05:00 WIT":          "2025-11-03T05:05:00Z",
		"Mon, 03 Nov 2025 14:05:00 GMT+7":        "2025-11-03T07:05:00Z",
		"Mon, 03 Nov 2025 14:05:00 UTC+07:00":    "2025-11-03T07:05:00Z",
		"Mon, 03 Nov 2025 14:05:00 GMT":          "2025-11-03T14:05:00Z",
		"Mon, 03 Nov 2025 14:05:00 -0330":        "2025-11-03T17:35:00Z",
		"Mon, 03 Nov 2025 14:05:00":              "2025-11-03T07:05:00Z",
		"Mon, 3 Nov 25 14:05 WIB":                "2025-11-03T07:05:00Z",
		"Monday, 03-Nov-25 14:05:00 WIB":         "2025-11-03T07:05:00Z",
		"Senin, 03 November 2025 | 14:05 WIB":    "2025-11-03T07:05:00Z",
		"Jum'at, 1 Agustus 2025 pukul 14.05":     "2025-08-01T07:05:00Z",
		"Sel, 4 Mei 2025 14:05:09 wib":           "2025-05-04T07:05:09Z",
		"Rabu, 10 Des 2025":                      "2025-12-09T17:00:00Z",
		"2025-11-03T14:05:00+07:00":              "2025-11-03T07:05:00Z",
		"2025-11-03T14:05:00.123Z":               "2025-11-03T14:05:00.123Z",
		"2025-11-03T14:05:00":                    "2025-11-03T07:05:00Z",
		"2025-11-03 14:05":                       "2025-11-03T07:05:00Z",
		"2025-11-03":                             "2025-11-02T17:00:00Z",
		"03/11/2025 14:05":                       "2025-11-03T07:05:00Z",
		"3/11/2025 - 14.05 WIB":                  "2025-11-03T07:05:00Z",
		"Nov 3, 2025 2:05 PM":                    "2025-11-03T07:05:00Z",
		"Mon, 03 Nov 2025 14:05:00 +07:00 (WIB)": "2025-11-03T07:05:00Z",
	} {
		if got, ok := parseDate(raw, jakarta); !ok || got.UTC().Format(time.RFC3339Nano) != want {
			t.Errorf("%q: got %v %v, want %s", raw, got.UTC(), ok, want)
		}
	}
}

func TestEveryIndonesianMonthIsKnown(t *testing.T) {
	for i, names := range []string{
		"Januari Jan", "Februari Pebruari Feb", "Maret Mar", "April Apr", "Mei", "Juni Jun",
		"Juli Jul", "Agustus Agu Agt Ags", "September Sep Sept", "Oktober Okt", "November Nov Nop", "Desember Des",
	} {
		for name := range strings.FieldsSeq(names) {
			if got, ok := parseDate("3 "+name+" 2025", time.UTC); !ok || got.Month() != time.Month(i+1) || got.Day() != 3 {
				t.Errorf("%s: got %v %v", name, got, ok)
			}
		}
	}
}

func TestDatesThatAreNotUnderstoodAreLeftToOthers(t *testing.T) {
	for _, raw := range []string{"", "kemarin", "Mon, 03 Nov 2025 14:05:00 EST", "31/31/2025 10:00", "2025-11-03T25:00:00Z", "14:05", "Senin"} {
		if got, ok := parseDate(raw, time.UTC); ok {
			t.Errorf("%q: got %v", raw, got)
		}
	}
}

func TestNothingIsPublishedAfterItWasFetchedOrBeforeTheWeb(t *testing.T) {
	hourAgo := teaTime.Add(-time.Hour)
	for given, want := range map[time.Time]time.Time{
		hourAgo:                    hourAgo,
		teaTime.Add(time.Minute):   teaTime,
		teaTime.Add(8 * time.Hour): teaTime,
		{}:                         teaTime,
		time.Unix(0, 0):            teaTime,
	} {
		if got := notAfter(given, teaTime); !got.Equal(want) {
			t.Errorf("%v: got %v, want %v", given, got, want)
		}
	}
}
