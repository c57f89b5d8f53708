package signal

import (
	"strings"
	"testing"
	"time"
)

// BenchmarkClassifyAPerson judges an ordinary answer of some twenty sentences, above a mail of ours.
func BenchmarkClassifyAPerson(b *testing.B) {
	m := Mail{
		From: "p1@company1.example", To: []string{"robin@acme.example"}, Subject: "Re: Offer 12", ContentType: "text/plain",
		Header: map[string][]string{"In-Reply-To": {"<1@acme.example>"}},
		Text: "What would 40 seats cost us, and from when could we start?\r\n" + strings.Repeat("We have looked at your offer and would like to talk about the docks.\r\n", 20) +
			"\r\nOn Mon, 23 Nov 2026 at 09:41, Robin Vale <robin@acme.example> wrote:\r\n" + strings.Repeat("> Thank you for your time, here is what we talked about.\r\n", 8),
		Date: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC),
	}
	b.ReportAllocs()
	for b.Loop() {
		if v := Classify(m); v.Kind != Human || !v.AsksQuestion {
			b.Fatalf("%+v", v)
		}
	}
}
