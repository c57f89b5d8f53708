package mail

import (
	"crypto/tls"
	"fmt"
	gomime "mime"
	"net"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-message/charset"

	"stoke/mail/auth"
	"stoke/mail/realtest"
)

// A sample of the same mails goes through Postfix, and Dovecot says what it makes of them: its own reading of the header
// and its own decoding of the text (ENVELOPE and BINARY), beside that of the readers of the mails on its disk.
func TestMailsArriveThroughRealServers(t *testing.T) {
	s := realtest.Start(t)
	all := mails(1000, s.User, s.Prospect)
	account := realAccount(t, s, s.IMAPS, s.Submission, StartTLS)
	end := func(server Server) endpoint {
		return endpoint{host: server.Host, port: server.Port, security: server.Security, roots: s.CA, dial: (&net.Dialer{}).DialContext}
	}
	transmitAll(t, submission{server: end(account.SMTP), login: auth.NewLogin(s.User, s.Password), limits: Limits{}.withDefaults()}, all)
	raws := s.AwaitMail(t, s.Prospect, "INBOX", len(all))
	if len(raws) != len(all) {
		t.Fatalf("%d of %d arrived", len(raws), len(all))
	}
	expect(t, "go-message", all, goMessage(t, raws))
	expect(t, "Dovecot", all, dovecot(t, s))
	expect(t, "Python", all, python(t, raws))
}

// dovecot reads the prospect's INBOX as an IMAP client is told it.
func dovecot(t *testing.T, s *realtest.Servers) map[string]letterRead {
	t.Helper()
	c, err := imapclient.DialTLS(s.IMAPS, &imapclient.Options{
		TLSConfig: &tls.Config{RootCAs: s.CA, MinVersion: tls.VersionTLS12}, WordDecoder: &gomime.WordDecoder{CharsetReader: charset.Reader},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Login(s.Prospect, s.Password).Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Select("INBOX", &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		t.Fatal(err)
	}
	section := func(part ...int) *imap.FetchItemBinarySection {
		return &imap.FetchItemBinarySection{Part: part, Peek: true}
	}
	threads := &imap.FetchItemBodySection{Specifier: imap.PartSpecifierHeader, HeaderFields: []string{"References", "List-Unsubscribe"}, Peek: true}
	var every imap.SeqSet
	every.AddRange(1, 0)
	mails, err := c.Fetch(every, &imap.FetchOptions{Envelope: true, BodyStructure: &imap.FetchItemBodyStructure{Extended: true}, BodySection: []*imap.FetchItemBodySection{threads}}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]letterRead{}
	for _, m := range mails {
		l := letterRead{ID: m.Envelope.MessageID, Subject: m.Envelope.Subject, Name: m.Envelope.To[0].Name, Addr: m.Envelope.To[0].Addr()}
		if len(m.Envelope.InReplyTo) == 1 {
			l.Answers = "<" + m.Envelope.InReplyTo[0] + ">"
		}
		fields := strings.NewReplacer("\r\n ", " ", "\r\n\t", " ").Replace(string(m.FindBodySection(threads)))
		for line := range strings.SplitSeq(fields, "\r\n") {
			name, value, _ := strings.Cut(line, ":")
			switch strings.ToLower(name) {
			case "references":
				l.Thread = strings.TrimSpace(value)
			case "list-unsubscribe":
				l.Leave = strings.TrimSpace(value)
			}
		}
		m.BodyStructure.Walk(func(path []int, part imap.BodyStructure) bool {
			single, ok := part.(*imap.BodyStructureSinglePart)
			if !ok {
				return true
			}
			if name := single.Filename(); name != "" {
				l.Files = append(l.Files, name)
				return true
			}
			whole := section(path...)
			got, err := c.Fetch(imap.SeqSetNum(m.SeqNum), &imap.FetchOptions{BinarySection: []*imap.FetchItemBinarySection{whole}}).Collect()
			if err != nil || len(got) != 1 {
				t.Fatalf("Dovecot: part %v of %s: %v", path, l.ID, err)
			}
			text := string(got[0].FindBinarySection(whole))
			if single.MediaType() == "text/html" {
				l.Page = text
			} else {
				l.Text = text
			}
			return true
		})
		read[l.ID] = l
	}
	if err := c.Logout().Wait(); err != nil {
		t.Error(fmt.Errorf("Dovecot: %w", err))
	}
	return read
}
