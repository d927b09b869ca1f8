package grievance_test

import (
	"fmt"

	"github.com/siaga-id/siaga/grievance"
)

func ExampleReader_Read() {
	post := "Sumur kami asat sejak pabrik jalan, anak-anak gatal tiap habis mandi"
	g := grievance.NewReader(nil).Read(post)
	fmt.Println(g.Credible)
	for _, m := range g.Marks {
		if m.Sign == grievance.Own || m.Sign == grievance.Harm || m.Sign == grievance.Time {
			fmt.Printf("%s: %s\n", m.Sign, post[m.Start:m.End])
		}
	}
	// Output:
	// true
	// own: Sumur kami
	// harm: asat
	// time: sejak pabrik
	// harm: gatal
	// time: tiap
}
