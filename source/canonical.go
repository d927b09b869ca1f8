package source

import (
	"net/netip"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/publicsuffix"
)

// Canonical returns the form of a web address under which copies of one page
// meet: scheme and host in lower case, without default port, user name and
// fragment, without parameters that only track how a reader came, and the
// plain page for an AMP page where that is known to exist. Order of parameters
// and a trailing slash stay, since sites may tell them apart. What is no web
// address comes back as it was, less control characters and outer blanks.
// Canonical(Canonical(x)) == Canonical(x).
func Canonical(raw string) string {
	cleaned := strings.TrimSpace(strings.Map(dropControl, strings.ToValidUTF8(raw, "")))
	u, err := url.Parse(cleaned)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return cleaned
	}
	host := canonicalHost(u.Scheme, u.Host)
	if host == "" {
		return cleaned
	}
	u.Host, u.User = host, nil
	u.Fragment, u.RawFragment = "", ""
	u.RawQuery, u.ForceQuery = withoutTracking(host, u.RawQuery), false
	u.Path, u.RawPath = withoutAMP(u.Path), withoutAMP(u.RawPath)
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String()
}

func dropControl(r rune) rune {
	if unicode.IsControl(r) {
		return -1
	}
	return r
}

func canonicalHost(scheme, host string) string {
	port := ":80"
	if scheme == "https" {
		port = ":443"
	}
	host = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(host), port), ":")
	host = strings.TrimRight(host, ".")
	if host == "amp.suara.com" { // serves every path of the plain host
		return "www.suara.com"
	}
	return host
}

func withoutTracking(host, query string) string {
	var kept []string
	for part := range strings.SplitSeq(query, "&") {
		key, value, _ := strings.Cut(part, "=")
		if part != "" && !tracks(host, strings.ToLower(key), value) {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "&")
}

// tracks reports whether a parameter says nothing about which page is meant.
// Names that mean something elsewhere (page, s, ref) are listed by host only.
func tracks(host, key, value string) bool {
	if strings.HasPrefix(key, "utm_") {
		return true
	}
	switch key {
	case "fbclid", "mibextid", "igshid", "igsh", "ttclid", "twclid", "yclid", "msclkid",
		"gclid", "gclsrc", "dclid", "gbraid", "wbraid", "_ga", "_gl", "mc_cid", "mc_eid":
		return true
	case "amp": // the WordPress plugin's switch
		return value == "" || value == "1"
	}
	switch site := registrable(host); site {
	case "youtube.com", "youtu.be":
		return key == "si" || key == "feature" || key == "pp"
	case "x.com", "twitter.com":
		return key == "s" || key == "t" || key == "ref_src" || key == "ref_url"
	case "tiktok.com":
		return key == "_t" || key == "_r" || key == "is_from_webapp" || key == "sender_device"
	case "kompas.com", "tribunnews.com": // one article, cut into pages
		return key == "page"
	case "detik.com":
		return key == "single"
	}
	return false
}

// withoutAMP cuts the last segment "amp" from the path of an article. A short
// segment before it may be a page about something called AMP, and stays.
func withoutAMP(path string) string {
	plain, slash := strings.CutSuffix(path, "/")
	plain, ok := strings.CutSuffix(plain, "/amp")
	slug := plain[strings.LastIndexByte(plain, '/')+1:]
	if !ok || strings.Count(slug, "-") < 3 {
		return path
	}
	if slash {
		return plain + "/"
	}
	return plain
}

// domain returns the registrable domain of a web address, which stands for its
// outlet: news.detik.com and finance.detik.com speak with one voice. It is
// empty for what is no web address.
func domain(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return registrable(strings.ToLower(u.Hostname()))
}

func registrable(host string) string {
	if _, err := netip.ParseAddr(host); err == nil {
		return host
	}
	if site, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return site
	}
	return host
}
