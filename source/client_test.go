package source

import (
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
)

var loopback = netip.MustParsePrefix("127.0.0.0/8")

// get fetches and returns the error of connecting or of reading.
func get(client *http.Client, address string) error {
	resp, err := client.Get(address)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return errors.Join(err, resp.Body.Close())
}

// badAddresses are hosts of URLs that nobody outside may make us visit.
var badAddresses = []string{
	"127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::]", // ourselves
	"2130706433", "0x7f000001", "0177.0.0.1", "127.1", "127.0.0.1.", "0x7f.1", // ourselves in disguise
	"10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "198.18.0.1", "[fd00::1]", // in-house
	"169.254.169.254", "[fe80::1]", "[fd00:ec2::254]", // metadata of clouds
	"[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[::127.0.0.1]", // IPv4 inside IPv6
	"[64:ff9b::7f00:1]", "[64:ff9b:1::a9fe:a9fe]", "[2002:7f00:1::1]", "[2001::1]", // gateways to IPv4
	"224.0.0.1", "255.255.255.255", "[ff02::1]", "192.0.2.1", "240.0.0.1", "[2001:db8::1]", // nobody's
}

func TestAddressesThatAreNotPublicAreRefused(t *testing.T) {
	for _, host := range badAddresses {
		t.Run(host, func(t *testing.T) {
			if err := get(NewClient(nil, ""), "http://"+host+"/"); !errors.Is(err, ErrRefused) {
				t.Errorf("got %v, want ErrRefused", err)
			}
		})
	}
}

func TestRedirectsToAddressesThatAreNotPublicAreRefused(t *testing.T) {
	only := netip.PrefixFrom(netip.MustParseAddr("127.0.0.9"), 32) // where the server is
	server := serveAt(t, "127.0.0.9", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusFound)
	})
	for _, host := range badAddresses {
		t.Run(host, func(t *testing.T) {
			to := url.QueryEscape("http://" + host + "/")
			if err := get(NewClient([]netip.Prefix{only}, ""), server+"/?to="+to); !errors.Is(err, ErrRefused) {
				t.Errorf("got %v, want ErrRefused", err)
			}
		})
	}
}

func serveAt(t *testing.T, host string, answer http.HandlerFunc) string {
	t.Helper()
	listener, err := net.Listen("tcp", host+":0")
	if err != nil {
		t.Fatal(err)
	}
	server := &httptest.Server{Listener: listener, Config: &http.Server{Handler: answer, ReadHeaderTimeout: fetchTime}}
	server.Start()
	t.Cleanup(server.Close)
	return server.URL
}

func TestOnlyTheUsualPortsOfPublicAddressesAreDialled(t *testing.T) {
	control := guard([]netip.Prefix{loopback, netip.MustParsePrefix("10.20.0.0/16")})
	for address, allowed := range map[string]bool{
		"93.184.216.34:443":                     true,
		"93.184.216.34:80":                      true,
		"[2606:2800:220:1:248:1893:25c8:1]:443": true,
		"93.184.216.34:22":                      false,
		"93.184.216.34:6379":                    false,
		"10.20.3.4:8080":                        true,
		"10.21.3.4:80":                          false,
		"127.0.0.1:41234":                       true,
		"[::ffff:10.20.3.4]:8080":               true,
		"nonsense":                              false,
	} {
		if err := control("tcp4", address, nil); (err == nil) != allowed {
			t.Errorf("%s: %v, want allowed %v", address, err, allowed)
		}
	}
}

func TestAddressesWithOtherSchemesOrUserNamesAreRefused(t *testing.T) {
	for _, address := range []string{"ftp://example.com/", "file:///etc/passwd", "gopher://example.com/", "http://user:pass@example.com/"} {
		if err := get(NewClient(nil, ""), address); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: got %v, want ErrRefused", address, err)
		}
	}
}

func TestFiveRedirectsAreFollowedAndNoMore(t *testing.T) {
	server := serveAt(t, "127.0.0.1", func(w http.ResponseWriter, r *http.Request) {
		if left := strings.TrimPrefix(r.URL.Path, "/"); left != "" {
			http.Redirect(w, r, "/"+left[1:], http.StatusFound)
		}
	})
	client := NewClient([]netip.Prefix{loopback}, "")
	if err := get(client, server+"/xxxxx"); err != nil {
		t.Errorf("5 redirects: %v", err)
	}
	if err := get(client, server+"/xxxxxx"); !errors.Is(err, ErrRefused) {
		t.Errorf("6 redirects: got %v, want ErrRefused", err)
	}
}

func TestARedirectFromHTTPSToHTTPIsRefused(t *testing.T) {
	plain := serveAt(t, "127.0.0.1", func(http.ResponseWriter, *http.Request) { t.Error("the plain server was asked") })
	secure := httptest.NewTLSServer(http.RedirectHandler(plain, http.StatusFound))
	defer secure.Close()
	client := NewClient([]netip.Prefix{loopback}, "")
	roots := x509.NewCertPool()
	roots.AddCert(secure.Certificate())
	client.Transport.(*transport).base.TLSClientConfig.RootCAs = roots
	if err := get(client, secure.URL); !errors.Is(err, ErrRefused) {
		t.Errorf("got %v, want ErrRefused", err)
	}
}

func TestProxySettingsOfTheEnvironmentAreIgnored(t *testing.T) {
	if NewClient(nil, "").Transport.(*transport).base.Proxy != nil {
		t.Error("the guard would see the proxy's address in place of the site's")
	}
}

func TestHeadersAndBodiesAreBounded(t *testing.T) {
	server := serveAt(t, "127.0.0.1", func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/header":
			w.Header().Set("X-Long", strings.Repeat("x", 2*maxHeader))
		case "/fits":
			answerZeros(w, maxBody)
		case "/large":
			answerZeros(w, maxBody+1)
		}
	})
	client := NewClient([]netip.Prefix{loopback}, "")
	if err := get(client, server+"/header"); err == nil {
		t.Error("a header of 128 KiB was read")
	}
	if err := get(client, server+"/fits"); err != nil {
		t.Errorf("a body of 4 MiB: %v", err)
	}
	if err := get(client, server+"/large"); !errors.Is(err, errTooLarge) {
		t.Errorf("a body of 4 MiB and a byte: got %v, want errTooLarge", err)
	}
}

// answerZeros may be cut off by a client that has had enough.
func answerZeros(w io.Writer, n int64) { _, _ = io.CopyN(w, zeros{}, n) }

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }
