package story

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"stoke/mail/mailtest"
)

// trouble is one way in which the servers are of no use, what the rep is told, and how it ends.
type trouble struct {
	name  string
	told  string
	exit  int // of `stoke sync`
	begin func(r *rep) (end func())
}

var troubles = []trouble{
	{"network gone", "Nothing answers at localhost", 75, func(r *rep) func() {
		refuse := func(on bool) {
			for _, port := range []*mailtest.Port{r.server.IMAP, r.server.SMTP} {
				if err := port.Refuse(on); err != nil {
					r.t.Fatal(err)
				}
			}
		}
		refuse(true)
		return func() { refuse(false) }
	}},
	{"password wrong", "refused the log-in. Check user name and password", 77, func(r *rep) func() {
		r.server.IMAP.Set(mailtest.LoginRefused())
		r.server.SMTP.Set(mailtest.AuthRefused())
		return r.heals
	}},
	{"server silent", "localhost did not answer in time", 75, func(r *rep) func() {
		r.server.IMAP.Set(mailtest.BlackHole())
		r.server.SMTP.Set(mailtest.BlackHole())
		return r.heals
	}},
	{"certificate for another host", "is for another host", 78, impersonated(mailtest.WrongHost)},
	{"certificate by nobody", "signed by nobody this machine trusts", 78, impersonated(mailtest.SelfSigned)},
	{"certificate expired", "has expired", 78, impersonated(mailtest.Expired)},
}

// heals turns every failure of the provider off.
func (r *rep) heals() {
	for _, port := range []*mailtest.Port{r.server.IMAP, r.server.SMTP} {
		port.Clear()
		port.Drop()
	}
}

// impersonated puts a server with a certificate that is not to be trusted where the rep's provider was, until the end. It
// must not hear a credential.
func impersonated(certificate mailtest.Certificate) func(r *rep) func() {
	return func(r *rep) func() {
		impostor, err := mailtest.Start(mailtest.Options{Users: []mailtest.User{{Address: me, Password: password}}, Security: mailtest.ImplicitTLS, Certificate: certificate, Now: time.Now})
		if err != nil {
			r.t.Fatal(err)
		}
		r.t.Cleanup(impostor.Close)
		ca := filepath.Join(filepath.Dir(r.config), "ca.pem")
		become := func(from, to *mailtest.Server) {
			text, err := os.ReadFile(r.config)
			if err != nil {
				r.t.Fatal(err)
			}
			r.write(r.config, []byte(strings.NewReplacer(portOf(r, from.IMAP), portOf(r, to.IMAP), portOf(r, from.SMTP), portOf(r, to.SMTP)).Replace(string(text))))
			r.write(ca, to.CAPEM())
		}
		become(r.server, impostor)
		return func() {
			for _, port := range []*mailtest.Port{impostor.IMAP, impostor.SMTP} {
				if heard := port.Heard(); len(heard) > 0 || bytes.Contains(port.PlainOctets(), []byte(password)) {
					r.t.Errorf("the impostor heard %q", heard)
				}
			}
			become(impostor, r.server)
		}
	}
}

func portOf(r *rep, p *mailtest.Port) string {
	r.t.Helper()
	_, port, err := net.SplitHostPort(p.Addr())
	if err != nil {
		r.t.Fatal(err)
	}
	return "port = " + port
}

// Whatever is wrong with the servers: the screen works, says it once and goes on showing it, keeps what was typed, and the
// mail leaves once when they are back.
func TestTheScreenWorksInTrouble(t *testing.T) {
	for _, trouble := range troubles {
		t.Run(trouble.name, func(t *testing.T) {
			t.Parallel()
			r := newRep(t, mailtest.Options{Security: mailtest.ImplicitTLS})
			r.adjusts("[outbox]\nundo_window = \"1s\"\n")
			r.dana()
			end := trouble.begin(r)

			x := r.screen(120, 30)
			x.sees("NOW 1", "Dana Whitfield")
			x.press("j", "k", "r")
			x.sees("Subject  Re: Pricing for 40 seats")
			x.types("Typed in trouble. ")
			x.sees("Typed in trouble.", trouble.told)
			x.types("More. ")
			x.sees("Typed in trouble. More.")
			x.keeps(r, "Typed in trouble. More.")
			x.press("Escape")
			x.sees("work: not connected")
			x.kill(syscall.SIGKILL)

			again := r.screen(120, 30)
			again.sees("NOW 1", "Dana Whitfield")
			again.press("r")
			again.sees("Typed in trouble. More.")
			again.press("C-s")
			again.sees("Sending to Dana")
			again.kill(syscall.SIGKILL)
			if n := len(r.server.Deliveries()); n != 0 {
				t.Fatalf("%d mails were delivered in trouble", n)
			}
			end()
			last := r.screen(120, 30)
			deliveries := r.delivered(1)
			if !bytes.Contains(deliveries[0].Raw, []byte("Typed in trouble. More.")) {
				t.Errorf("the mail that left was\n%s", deliveries[0].Raw)
			}
			last.press("6")
			last.sees("Sent ")
			last.press("q", "q")
			last.ended()
			r.says("sync")
			if n := len(r.server.Deliveries()); n != 1 {
				t.Errorf("delivered %d times in the end", n)
			}
		})
	}
}

// The command line says the same, with the exit code that scripts go by.
func TestSyncTellsTroubleByItsExitCode(t *testing.T) {
	for _, trouble := range troubles {
		t.Run(trouble.name, func(t *testing.T) {
			t.Parallel()
			r := newRep(t, mailtest.Options{Security: mailtest.ImplicitTLS})
			r.says("add", "dana@northwind.example")
			end := trouble.begin(r)
			out, errs, code := r.tries("sync")
			if code != trouble.exit || !strings.Contains(errs, trouble.told) {
				t.Errorf("exit %d, want %d\n%s%s", code, trouble.exit, out, errs)
			}
			if strings.Count(out+errs, trouble.told) != 1 || strings.Contains(out+errs, password) {
				t.Errorf("it says\n%s%s", out, errs)
			}
			end()
			r.says("sync")
		})
	}
}

// Trouble that lasts is told once; what stays is the state. While it lasts mail waits, and leaves by itself when the
// provider is back.
func TestLastingTroubleIsToldOnce(t *testing.T) {
	t.Parallel()
	r := newRep(t, mailtest.Options{})
	r.adjusts("[outbox]\nundo_window = \"1s\"\n")
	r.dana()
	failures := make(chan struct{}, 64)
	r.server.IMAP.Set(mailtest.DropFIN(mailtest.Greeting).OnStrike(func() { failures <- struct{}{} }))
	x := r.screen(120, 30)
	x.sees("NOW 1", "closed the connection", "not connected")
	x.press("r")
	x.sees("Subject  Re: Pricing for 40 seats")
	x.types("Yes, I can.")
	x.press("C-s") // its toast covers the trouble's
	x.sees("Sending to Dana", "not connected")
	for range len(failures) {
		<-failures
	}
	for range 2 {
		select {
		case <-failures:
		case <-time.After(patience):
			t.Fatal("nobody tries again")
		}
		if picture := x.sees("not connected"); strings.Contains(picture, "closed the connection") {
			t.Errorf("it is told again:\n%s", picture)
		}
	}
	r.heals()
	x.press("R")
	r.delivered(1)
	x.lost("not connected")
	x.press("6")
	x.sees("Sent ")
}

// Where only the way out is closed, mail waits with the reason, and goes when the rep wants it now.
func TestMailWaitsWhileOnlySubmissionIsGone(t *testing.T) {
	t.Parallel()
	r := newRep(t, mailtest.Options{})
	r.adjusts("[outbox]\nundo_window = \"0s\"\n")
	r.dana()
	if err := r.server.SMTP.Refuse(true); err != nil {
		t.Fatal(err)
	}
	x := r.screen(120, 30)
	x.sees("NOW 1", "synced")
	x.press("r")
	x.sees("Subject  Re: Pricing for 40 seats")
	x.types("Yes, I can.")
	x.press("C-s")
	x.sees("Sending to Dana")
	x.press("6")
	x.sees("Waiting: Nothing answers at localhost", "Trying again")
	if err := r.server.SMTP.Refuse(false); err != nil {
		t.Fatal(err)
	}
	x.press("r")
	r.delivered(1)
	x.sees("Sent ")
}

// A recipient that the server does not know: nothing left, the text is in the draft again, and the outbox has the
// server's words.
func TestARefusedRecipientGivesTheTextBack(t *testing.T) {
	t.Parallel()
	r := newRep(t, mailtest.Options{})
	r.adjusts("[outbox]\nundo_window = \"0s\"\n")
	r.dana()
	r.server.SMTP.Set(mailtest.RefuseRecipient("dana@northwind.example", "550 5.1.1 Nobody of that name works here"))
	x := r.screen(160, 40)
	x.sees("NOW 1", "synced")
	x.press("r")
	x.sees("Subject  Re: Pricing for 40 seats")
	x.types("To be refused. ")
	x.sees("To be refused.")
	x.press("C-s")
	x.sees("6 shows the outbox")
	x.press("6")
	x.sees("Could not send to", "Nobody of that name works here")
	x.press("e")
	x.sees("send it again", "drop it", "said: 550")
	x.press("l")
	x.lost("drop it")
	x.press("1")
	x.sees("Dana Whitfield")
	x.press("r")
	x.sees("To be refused.")
	if o := r.outbox(); len(o) != 1 || o[0].State != "failed" || len(r.server.Deliveries()) != 0 {
		t.Errorf("the outbox says %+v, and %d mails were delivered", o, len(r.server.Deliveries()))
	}
}

// A quick rep does not wait for the disk: keys behind ctrl+s are for the list, and never in the mail or lost.
func TestKeysBehindASendAreNotText(t *testing.T) {
	t.Parallel()
	r := newRep(t, mailtest.Options{})
	r.adjusts("[outbox]\nundo_window = \"1s\"\n")
	r.dana()
	x := r.screen(120, 30)
	x.sees("NOW 1", "synced")
	x.press("r")
	x.sees("Subject  Re: Pricing for 40 seats")
	x.types("Typed. ")
	x.press("C-s", "6")
	x.sees("[6 Outbox", "Re: Pricing for 40 seats")
	if raw := r.delivered(1)[0].Raw; !bytes.Contains(raw, []byte("\r\nTyped.=20\r\n")) {
		t.Errorf("the mail is\n%s", raw)
	}
}

// delivered waits until the provider has accepted n mails.
func (r *rep) delivered(n int) []mailtest.Delivery {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	all, err := r.server.AwaitDeliveries(ctx, n)
	if err != nil {
		r.t.Fatalf("the server got %d mails of %d: %v", len(all), n, err)
	}
	return all
}

// keeps waits until a text of the screen is on the disk.
func (x *terminal) keeps(r *rep, text string) {
	x.t.Helper()
	eventually(x.t, "the draft on the disk holds "+text, func() bool { return strings.Contains(r.draft(), text) })
}

// draft is the text of the draft to Dana as the disk has it.
func (r *rep) draft() string {
	r.t.Helper()
	var d struct{ Body string }
	r.asks(&d, "draft", "dana")
	return d.Body
}

// kill ends the program in the terminal by a signal and waits for its end.
func (x *terminal) kill(signal syscall.Signal) {
	x.t.Helper()
	if err := syscall.Kill(x.pid(), signal); err != nil {
		x.t.Fatal(err)
	}
	x.ended()
}
