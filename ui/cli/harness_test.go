package cli_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/config"
	"stoke/model/sequence"
	"stoke/model/signal"
	"stoke/model/template"
	"stoke/model/text"
	"stoke/ui/cli"
	"stoke/ui/uitest"
)

// now is a Monday morning in Amsterdam.
var now = time.Date(2026, 11, 23, 9, 41, 0, 0, time.FixedZone("CET", 3600))

// desk is a desk in memory with what the command line needs beside the screen.
type desk struct {
	*uitest.Desk
	added      []model.Contact
	suppressed map[string]string

	gone, erased []int64
}

func (d *desk) Find(ctx context.Context, who string) ([]model.Contact, error) {
	page, err := d.Rows(ctx, model.Query{View: model.ViewPeople})
	if err != nil {
		return nil, err
	}
	var found []model.Contact
	for _, r := range page.Rows {
		c := r.Contact
		if strconv.FormatInt(c.ID, 10) == who || c.Email() == strings.ToLower(who) {
			return []model.Contact{c}, nil
		}
		if strings.Contains(text.Fold(c.Name), text.Fold(who)) {
			found = append(found, c)
		}
	}
	return found, nil
}

func (d *desk) AddContact(_ context.Context, c model.Contact) (model.Contact, error) {
	c.ID = d.Put(c)
	d.added = append(d.added, c)
	return c, nil
}

func (d *desk) EditContact(_ context.Context, c model.Contact) (model.Contact, error) {
	d.added = append(d.added, c)
	return c, nil
}

func (d *desk) DeleteContact(_ context.Context, id int64) (model.Change, error) {
	d.gone = append(d.gone, id)
	return model.Change{Verb: "delete"}, nil
}

func (d *desk) EraseContact(_ context.Context, id int64) error {
	d.erased = append(d.erased, id)
	return nil
}

func (d *desk) Suppress(_ context.Context, what, why string) (model.Suppression, error) {
	d.suppressed[what] = why
	return model.Suppression{What: what, Why: why, At: now}, nil
}

func (d *desk) Unsuppress(_ context.Context, what string) error {
	if _, ok := d.suppressed[what]; !ok {
		return model.Errorf(model.NotFound, "%s is not suppressed.", what)
	}
	delete(d.suppressed, what)
	return nil
}

func (d *desk) Gate(ctx context.Context, a model.Approval) error {
	dossier, err := d.Open(ctx, a.Draft.Contact)
	if err != nil {
		return err
	}
	return d.Rules.Gate(dossier, a, now)
}

func (d *desk) Outgoing(_ context.Context, id int64) (model.Outgoing, error) {
	for _, o := range d.Mails() {
		if o.ID == id {
			return o, nil
		}
	}
	return model.Outgoing{}, model.Errorf(model.NotFound, "There is no mail %d.", id)
}

// house is the program around the commands, for one test.
type house struct {
	t        *testing.T
	desk     *desk
	config   string // the file; "-" means there is none
	path     string // of the config, where a test writes one; else it is nowhere
	edit     func(path string) error
	terminal bool
	input    string
	opened   int
	closed   int
	said     []string // what the rest of the program was asked for
	synced   []model.Synced
	imported model.Imported
	verdict  signal.Verdict
	signIn   func(ctx context.Context, account string, ask cli.SignIn) (string, error)
	probe    func(account string) (imap, smtp error)
	discover func(address string) (config.Provider, error)
}

const account = "name = \"Robin Vale\"\n[[account]]\naddress = \"me@acme.test\"\nsmtp.host = \"smtp.acme.test\"\nimap.host = \"imap.acme.test\"\npassword_env = \"P\"\n"

func open(t *testing.T) *house {
	h := &house{t: t, config: account, desk: &desk{Desk: uitest.NewDesk(t, func() time.Time { return now }), suppressed: map[string]string{}}}
	return h
}

// watch reports what was synced, and is ended then.
func (h *house) watch(_ context.Context, report func(model.Synced)) error {
	for _, r := range h.synced {
		report(r)
	}
	return nil
}

// result is what one command line gave.
type result struct {
	code     int
	out, err string
}

func (h *house) run(args ...string) result {
	h.t.Helper()
	var out, errs bytes.Buffer
	app := &cli.App{
		In: strings.NewReader(h.input), Out: &out, Err: &errs, Terminal: h.terminal, Version: "1.2.3", Env: func(string) string { return "" },
		Settings: h.settings,
		Open: func(context.Context, cli.Flags, cli.Settings) (*cli.Session, error) {
			h.opened++
			s := &cli.Session{Desk: h.desk, Rulebook: h.desk.Rules, Sync: func(context.Context) []model.Synced { return h.synced }, Watch: h.watch, Close: func() error { h.closed++; return nil },
				Import: func(_ context.Context, file io.Reader, dry bool) (model.Imported, error) {
					src, err := io.ReadAll(file)
					h.said = append(h.said, "import "+string(src)+" dry="+strconv.FormatBool(dry))
					return h.imported, err
				},
				Check: func(context.Context) (string, error) { return "", nil },
				Probe: func(_ context.Context, account string) (imap, smtp error) {
					if h.probe != nil {
						return h.probe(account)
					}
					return model.Errorf(model.Offline, "%s does not answer. The server said: \x1b[31mno.", account), nil
				}}
			return s, nil
		},
		Screen: func(context.Context, cli.Flags, cli.Settings) error { h.said = append(h.said, "screen"); return nil },
		Demo: func(_ context.Context, f cli.Flags, o cli.DemoOptions) error {
			h.said = append(h.said, "demo "+strconv.Itoa(o.Contacts)+" "+strconv.FormatInt(o.Seed, 10)+" "+f.Now.Format(time.RFC3339))
			if o.Serve != nil {
				o.Serve(cli.DemoPlaces{IMAP: "127.0.0.1:1", SMTP: "127.0.0.1:2", Config: "/tmp/d/config.toml", Data: "/tmp/d/data"})
			}
			return nil
		},
		Hidden: func(_ context.Context, prompt string) (string, error) {
			h.said = append(h.said, prompt)
			return "typed unseen", nil
		},
		Edit: func(_ context.Context, path string) error { return h.edit(path) },
		SignIn: func(ctx context.Context, _ cli.Flags, account string, ask cli.SignIn) (string, error) {
			return h.signIn(ctx, account, ask)
		},
		SignOut: func(_ context.Context, _ cli.Flags, account string) error {
			h.said = append(h.said, "sign out of "+account)
			return nil
		},
		Discover: func(_ context.Context, address string) (config.Provider, error) { return h.discover(address) },
		Explain: func(_ context.Context, n int, read func(int) ([]byte, error), tell func(int, signal.Verdict, error) error) error {
			for i := range n {
				raw, err := read(i)
				if err == nil {
					h.said = append(h.said, "explain "+string(raw))
				}
				if err := tell(i, h.verdict, err); err != nil {
					return err
				}
			}
			return nil
		},
		TypeOf: func(name string) string { return "type/of-" + name },
	}
	code := cli.Run(h.t.Context(), app, args)
	r := result{code, out.String(), errs.String()}
	if h.opened != h.closed {
		h.t.Errorf("stoke %v left the database open", args)
	}
	for _, s := range []string{r.out, r.err} {
		if clean := text.Clean(s); clean != s {
			h.t.Errorf("stoke %v wrote raw: %q", args, s)
		}
	}
	return r
}

func (h *house) settings(cli.Flags) (cli.Settings, error) {
	if h.path != "" {
		h.config = "-"
		if src, err := os.ReadFile(h.path); err == nil {
			h.config = string(src)
		}
	}
	s := cli.Settings{Found: h.config != "-", Now: func() time.Time { return now },
		Paths: cli.Paths{Config: "/home/r/config.toml", Data: "/home/r/data", State: "/home/r/state", Database: "/home/r/data/stoke.db",
			Templates: "/home/r/data/templates", Sequences: "/home/r/data/sequences"}}
	s.Paths.Config = cmp.Or(h.path, s.Paths.Config)
	var err error
	if s.Templates, err = template.Starter(); err != nil {
		h.t.Fatal(err)
	}
	if s.Sequences, err = sequence.Starter(); err != nil {
		h.t.Fatal(err)
	}
	s.Mistakes = config.Mistakes{{File: "/home/r/data/templates/x.md", Line: 3, Text: "no filter \"upcas\""}}
	s.Config, err = config.Parse("/home/r/config.toml", []byte(strings.TrimPrefix(h.config, "-")), func(string) string { return "" })
	s.Config.Zone = now.Location()
	return s, err
}

// json runs a command line with --json that must succeed, and reads its one document.
func (h *house) json(to any, args ...string) {
	h.t.Helper()
	r := h.run(append(args, "--json")...)
	if r.code != 0 {
		h.t.Fatalf("stoke %v: exit %d, %s", args, r.code, r.err)
	}
	if strings.Count(r.out, "\n") != 1 {
		h.t.Errorf("stoke %v gave more than one line: %q", args, r.out)
	}
	if err := json.Unmarshal([]byte(r.out), to); err != nil {
		h.t.Fatalf("stoke %v: %v in %q", args, err, r.out)
	}
}
