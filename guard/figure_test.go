package guard

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// said writes a text's figures down.
func said(s string) string {
	var out []string
	for _, f := range figuresIn(s, read(s)) {
		switch f.sort {
		case quantity:
			out = append(out, strings.TrimSpace(f.value+" "+f.unit+f.noun))
		case aDate:
			out = append(out, fmt.Sprintf("%d-%d-%d", f.date.year, f.date.month, f.date.day))
		default:
			out = append(out, strings.TrimSpace(f.value+" "+f.unit))
		}
	}
	return strings.Join(out, "; ")
}

func TestAFigureIsReadAsPeopleWriteIt(t *testing.T) {
	for text, want := range map[string]string{
		"3,1 NTU": "31/10 ntu", "3.1 NTU": "31/10 ntu", "3,10 NTU": "31/10 ntu", "tiga koma satu NTU": "31/10 ntu", "three point one NTU": "31/10 ntu",
		"1.500 warga": "1500 orang", "1,500 residents": "1500 orang", "1\u00a0500 ton": "1500 ton", "1500 orang": "1500 orang",
		"1.500,75 ton": "6003/4 ton", "1,500.75 tons": "6003/4 ton", "1.234.567": "1234567", "0,125 mg/l": "1/8 mg l",
		"3,1 juta ton": "3100000 ton", "3.1 million tonnes": "3100000 ton", "12 ribu": "12000", "3jt": "3000000", "dua ribu dua puluh enam": "2026",
		"61 µg/m³": "61 ug m3", "61 μg/m3": "61 ug m3", "61µg/m³": "61 ug m3", "61 ug/m3": "61 ug m3", "61 mikrogram per meter kubik": "61 ug m3",
		"39 mg/Nm³": "39 mg nm3", "39 miligram per meter kubik normal": "39 mg nm3", "39 miligram per meter kubik": "39 mg m3",
		"52 dB(A)": "52 db", "52 desibel": "52 db", "30°C": "30 celsius", "30 derajat Celsius": "30 celsius",
		"61%": "61 %", "61 %": "61 %", "61 persen": "61 %", "enam puluh satu persen": "61 %", "６１％": "61 %", "sixty-one percent": "61 %",
		"3 hari kerja": "3 hari kerja", "3 hari": "3 hari", "Rp5 miliar": "5000000000 rp", "Rp 5.000": "5000 rp", "US$ 5": "5 usd", "5 ribu rupiah": "5000 rp",
		"-5 derajat": "-5 derajat", "<61 NTU": "<61 ntu", "± 5": "±5",
		"18 September 2026": "2026-9-18", "2026-09-18": "2026-9-18", "18/9/2026": "2026-9-18", "18.09.2026": "2026-9-18", "18 Sep": "0-9-18",
		"September 18, 2026": "2026-9-18", "18th of September 2026": "2026-9-18", "September 2026": "2026-9-0", "18 Sept '26": "2026-9-18", "pada bulan Mei": "0-5-0",
		"pukul 17.00 WIB": "17:00 wib", "17:00": "17:00", "jam 5 WITA": "05:00 wita", "at 5 pm": "17:00", "17.00": "17",
		"PM10": "pm10", "PM 10": "pm10", "PM2,5": "pm2.5", "PM2.5": "pm2.5", "FAKTA-012": "fakta012", "CO₂": "co2",
		"0811-1234-567": "08111234567", "+62 811 1234 567": "628111234567", "(0295) 555-010": "0295555010", "triwulan III": "triwulan iii",
		"salah satu": "", "satu per satu": "", "one of them": "", "tiga langkah": "", "we may march": "", "mereka berdua": "",
		"tiga warga": "3 orang", "sebelas orang": "11 orang", "dua puluh satu orang": "21 orang", "seratus lima orang": "105 orang", "twenty-one people": "21 orang",
		"ratusan warga": "ratusan", "½": "½", "Ⅳ": "Ⅳ", "٦١ NTU": "61 ntu", "6\u200b1 NTU": "61 ntu", "61\u00a0NTU": "61 ntu",
	} {
		if got := said(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// inWords spells a number below a million.
func inWords(n int) string {
	small := strings.Fields("nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas")
	part := func(head string, rest int) string {
		if rest == 0 {
			return head
		}
		return head + " " + inWords(rest)
	}
	switch {
	case n < 12:
		return small[n]
	case n < 20:
		return small[n-10] + " belas"
	case n < 100:
		return part(small[n/10]+" puluh", n%10)
	case n < 200:
		return part("seratus", n-100)
	case n < 1000:
		return part(small[n/100]+" ratus", n%100)
	case n < 2000:
		return part("seribu", n-1000)
	}
	return part(inWords(n/1000)+" ribu", n%1000)
}

func inEnglish(n int) string {
	small := strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
	tens := strings.Fields("- - twenty thirty forty fifty sixty seventy eighty ninety")
	switch {
	case n < 20:
		return small[n]
	case n < 100 && n%10 == 0:
		return tens[n/10]
	case n < 100:
		return tens[n/10] + "-" + small[n%10]
	case n < 1000 && n%100 == 0:
		return small[n/100] + " hundred"
	case n < 1000:
		return small[n/100] + " hundred and " + inEnglish(n%100)
	case n%1000 == 0:
		return inEnglish(n/1000) + " thousand"
	}
	return inEnglish(n/1000) + " thousand " + inEnglish(n%1000)
}

func TestANumberInWordsIsTheNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.OneOf(rapid.IntRange(0, 130), rapid.IntRange(0, 999_999)).Draw(t, "n")
		want := fmt.Sprintf("%d ton", n)
		for _, text := range []string{inWords(n) + " ton", inEnglish(n) + " tons", fmt.Sprintf("%d ton", n)} {
			if got := said(text); got != want {
				t.Fatalf("%s: %q, want %q", text, got, want)
			}
		}
	})
}
