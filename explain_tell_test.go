package main

import (
	"testing"
	"time"

	"github.com/siaga-id/siaga/rules"
)

func TestWhatARuleAwaitsIsSaidByItsCondition(t *testing.T) {
	voices := rules.When{Unit: rules.Voices, N: 5, Within: 15 * time.Minute}
	ratio, spike := voices, voices
	ratio.Ratio, ratio.Against = 2.5, 12*time.Hour
	spike.Spike = "high"
	for want, w := range map[string]rules.When{
		"fires at once, as it does for every new story":                                                                         {},
		"counts as 1 of 5 voices within 15m at Kupang":                                                                          voices,
		"counts as 1 of 5 voices within 15m at Kupang; it fires if that is also 2.5 times the rate of 12h before":               ratio,
		"counts as 1 of 5 voices within 15m at Kupang; it fires if that is also far above the usual for the hour (spike: high)": spike,
		"counts at Kupang; it fires when posts stop for 2h":                                                                     {Silent: 2 * time.Hour},
		"counts; it fires once it is at 2 sites within 7d":                                                                      {Unit: rules.Stories, Within: 7 * 24 * time.Hour, Spread: 2},
		"fires if it names a place that was not named for long":                                                                 {New: "place"},
	} {
		if got := awaited(w, " at Kupang"); got != want {
			t.Errorf("%s: %q, want %q", w.Kind(), got, want)
		}
	}
}
