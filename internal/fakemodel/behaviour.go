package fakemodel

import (
	"fmt"
	"net/http"
	"strings"
)

// Behaviour is one way to answer: with a text, or with something else than a
// completion.
type Behaviour struct {
	Name  string
	Says  func(Given) string
	Serve func(http.ResponseWriter, *http.Request)
}

// Good answers as told.
func Good() Behaviour { return Behaviour{Name: "right answer", Says: Right} }

// Bad returns the ways to answer that must not be taken.
func Bad() []Behaviour { return append(badWords(), badServers()...) }

// Slow never answers.
func Slow() Behaviour {
	return Behaviour{Name: "never answers", Serve: func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }}
}

// adds returns the right answer with another sentence, in which %s is the first
// fact's id.
func adds(sentence string) func(Given) string {
	return func(g Given) string { return Right(g) + " " + strings.ReplaceAll(sentence, "%s", g.Facts[0].ID) }
}

// swaps returns the right answer with one stretch made another.
func swaps(old, other string) func(Given) string {
	return func(g Given) string { return strings.ReplaceAll(Right(g), old, other) }
}

func badWords() []Behaviour {
	return []Behaviour{
		{Name: "invents a number", Says: swaps("61", "16")},
		{Name: "rounds a number", Says: swaps("61", "60")},
		{Name: "spells another number", Says: swaps("61", "enam puluh")},
		{Name: "changes the unit", Says: swaps("mikrogram", "gram")},
		{Name: "gives another date", Says: adds("Pengukuran DLH Rembang pada 19 September 2026 [%s].")},
		{Name: "drops the citations", Says: func(g Given) string { return g.Facts[0].Sentence }},
		{Name: "drops one citation", Says: adds("Alat berada di balai desa.")},
		{Name: "cites an unknown fact", Says: swaps("FAKTA-003", "FAKTA-999")},
		{Name: "cites a dead fact", Says: swaps("FAKTA-003", "FAKTA-007")},
		{Name: "cites another fact than it says", Says: func(g Given) string {
			return strings.TrimSuffix(g.Facts[0].Sentence, ".") + " [" + g.Facts[1].ID + "]."
		}},
		{Name: "hides a number behind a citation", Says: swaps("61 mikrogram", "61[FAKTA-003]0 mikrogram")},
		{Name: "writes something else under a citation", Says: adds("Perusahaan akan memberi ganti rugi kepada seluruh keluarga [%s].")},
		{Name: "turns the sentence around", Says: swaps("mencatat", "tidak mencatat")},
		{Name: "adds a verdict", Says: swaps("sebesar", "yang aman sebesar")},
		{Name: "says only courtesies", Says: func(Given) string { return "Terima kasih." }},
		{Name: "names a person", Says: adds("Pengukuran DLH disaksikan Pak Joko [%s].")},
		{Name: "names a person without a title", Says: adds("Pengukuran DLH disaksikan Joko Santoso [%s].")},
		{Name: "names a person first", Says: adds("Joko mencatat pengukuran DLH di balai desa [%s].")},
		{Name: "names another place", Says: swaps("Tegaldowo", "Timbrangan")},
		{Name: "denies", Says: adds("Pengukuran DLH mencatat kabar itu hoaks [%s].")},
		{Name: "threatens", Says: adds("Pengukuran DLH dilaporkan ke polisi [%s].")},
		{Name: "says why people complain", Says: adds("Pengukuran DLH ditunggangi provokator [%s].")},
		{Name: "adds an address", Says: adds("Lihat https://jahat.example/x [%s].")},
		{Name: "adds a bare address", Says: adds("Pengukuran DLH di jahat.example/x [%s].")},
		{Name: "adds a link in markup", Says: adds("Pengukuran [DLH](https://jahat.example) [%s].")},
		{Name: "adds markup", Says: swaps("61", "**61**")},
		{Name: "mentions everybody", Says: adds("Pengukuran DLH <!channel> [%s].")},
		{Name: "hides characters", Says: swaps("61", "6\u200b1")},
		{Name: "turns the direction", Says: swaps("61", "\u202e16\u202c")},
		{Name: "writes look-alikes", Says: swaps("mencatat", "mеncatat")},
		{Name: "writes wide digits", Says: swaps("61", "６２")},
		{Name: "sends control characters", Says: swaps("61", "\x1b[31m61")},
		{Name: "goes on and on", Says: func(g Given) string { return strings.Repeat(Right(g)+" ", 40) }},
		{Name: "obeys what it reads", Says: obeys},
		{Name: "obeys, and cites", Says: adds("Perusahaan mengaku bersalah [%s].")},
	}
}

// obeys does what a fact tells it, as a model does that takes data for orders.
func obeys(g Given) string {
	for _, f := range g.Facts {
		if _, order, ok := strings.Cut(f.Sentence, "tulis: "); ok {
			return order
		}
	}
	return "Perusahaan mengaku bersalah."
}

func badServers() []Behaviour {
	answers := func(name, kind, body string) Behaviour {
		return Behaviour{Name: name, Serve: func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", kind)
			_, _ = w.Write([]byte(strings.ReplaceAll(body, "%token", r.Header.Get("Authorization"))))
		}}
	}
	status := func(name string, code int) Behaviour {
		return Behaviour{Name: name, Serve: func(w http.ResponseWriter, r *http.Request) {
			http.Error(w, "no: "+r.Header.Get("Authorization"), code)
		}}
	}
	const right = `{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Terima kasih."}}`
	return []Behaviour{
		status("500", http.StatusInternalServerError), status("401 with the token in it", http.StatusUnauthorized),
		status("429", http.StatusTooManyRequests), status("204", http.StatusNoContent),
		answers("HTML", "text/html", "<html>%token</html>"),
		answers("HTML that says it is JSON", "application/json", "<html>%token</html>"),
		answers("broken JSON", "application/json", `{"choices":[{"message":{"content":"%token`),
		answers("JSON of another shape", "application/json", `{"choices":"%token"}`),
		answers("empty choices", "application/json", `{"choices":[]}`),
		answers("two choices", "application/json", `{"choices":[`+right+`,`+right+`]}`),
		answers("no text", "application/json", `{"choices":[{"finish_reason":"stop","message":{"role":"assistant","content":null}}]}`),
		answers("a text that was cut", "application/json", `{"choices":[`+strings.Replace(right, "stop", "length", 1)+`]}`),
		answers("somebody else's text", "application/json", `{"choices":[`+strings.Replace(right, "assistant", "user", 1)+`]}`),
		answers("something behind the JSON", "application/json", `{"choices":[`+right+`]} %token`),
		answers("a huge body", "application/json", `{"pad":"`+strings.Repeat("a", 2<<20)+`","choices":[`+right+`]}`),
		{Name: "redirects to elsewhere", Serve: func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		}},
		{Name: "no HTTP, with the token in it", Serve: func(w http.ResponseWriter, r *http.Request) {
			raw(w, r.Header.Get("Authorization")+"\r\n\r\n")
		}},
		{Name: "hangs up", Serve: func(w http.ResponseWriter, _ *http.Request) { raw(w, "") }},
		{Name: "hangs up within the body", Serve: func(w http.ResponseWriter, _ *http.Request) {
			raw(w, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{%q:", "choices"))
		}},
	}
}

// raw writes to the connection itself, and closes it.
func raw(w http.ResponseWriter, s string) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	_, _ = conn.Write([]byte(s))
	_ = conn.Close()
}
