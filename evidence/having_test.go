package evidence

import (
	"slices"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/facts"
)

func TestWhatHasEveryWordIsFoundInWhateverForm(t *testing.T) {
	list := []facts.Fact{
		{ID: "FAKTA-001", Text: "Pengukuran debu di Tegaldowo 61 mikrogram.", Topics: []string{"debu"}, Sites: []string{"rembang"}, Source: facts.Source{Name: "DLH Kabupaten"}},
		{ID: "FAKTA-002", Text: "Penyiraman jalan mengurangi debu truk.", Topics: []string{"debu"}, Source: facts.Source{Name: "Laporan HSE"}},
		{ID: "FAKTA-003", Text: "Air sumur pantau tidak tercemar logam.", Topics: []string{"air"}, Sites: []string{"kupang"}},
	}
	x := NewIndex(slices.Values(list), nil)
	for line, want := range map[string]string{
		"debu":             "FAKTA-001 FAKTA-002",
		"DEBU truk":        "FAKTA-002",
		"debunya":          "FAKTA-001 FAKTA-002",
		"disiram debu":     "FAKTA-002",
		"mengukur":         "FAKTA-001",
		"pencemaran":       "FAKTA-003",
		"sumur debu":       "",
		"dlh":              "FAKTA-001",
		"dlh debu rembang": "FAKTA-001",
		"kupang":           "FAKTA-003",
		"FAKTA-003":        "FAKTA-003",
		"61":               "FAKTA-001",
		"hs":               "", // a part of a word of the source
		"":                 "",
		"di yang":          "",
		"debu banjir":      "",
	} {
		var ids []string
		for _, f := range x.Having(line) {
			ids = append(ids, f.ID)
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%q finds %q, want %q", line, got, want)
		}
	}
	if got := NewIndex(slices.Values([]facts.Fact(nil)), nil).Having("debu"); got != nil {
		t.Errorf("nothing finds %v", got)
	}
}
