package mail

import (
	"crypto/tls"
	"crypto/x509"
	"net"
)

// Security says how a connection is encrypted.
type Security int

const (
	// ImplicitTLS speaks TLS from the first byte (ports 993 and 465, RFC 8314).
	ImplicitTLS Security = iota
	// StartTLS begins in clear and must be upgraded before anything else is said.
	StartTLS
	// Plain has no encryption and is taken only to a loopback address.
	Plain
)

// tlsConfig verifies host against roots, or against the machine's own where roots is nil.
func tlsConfig(host string, roots *x509.CertPool) *tls.Config {
	return &tls.Config{ServerName: host, RootCAs: roots, MinVersion: tls.VersionTLS12}
}

// loopback reports whether the other end is this machine, judged by its address, not by its name.
func loopback(conn net.Conn) bool {
	a, ok := conn.RemoteAddr().(*net.TCPAddr)
	return ok && a.IP.IsLoopback()
}
