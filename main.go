// Command stoke is a follow-up inbox for people who sell: whom to write to now and why, with a draft that is ready to go.
//
// This file wires the rooms together: it makes the clock, the ids and the dialer, opens what a command needs, and sees to
// an orderly end. It decides nothing.
package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
	_ "time/tzdata" // zones of contacts, on machines that have none of their own

	tea "charm.land/bubbletea/v2"
	"golang.org/x/term"

	"stoke/mail"
	"stoke/mail/mailtest/prospects"
	"stoke/model"
	"stoke/model/sample"
	"stoke/model/sequence"
	"stoke/store"
	"stoke/store/files"
	"stoke/themes"
	"stoke/ui"
	"stoke/ui/cli"
	"stoke/ui/frame"
	"stoke/ui/keys"
)

// version is set by the build.
var version = "dev"

func main() { os.Exit(run()) }

func run() int {
	patientCollector()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	return cli.Run(ctx, &cli.App{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Version: version, Env: os.Getenv,
		Terminal: term.IsTerminal(int(os.Stdin.Fd())) && term.IsTerminal(int(os.Stdout.Fd())),
		Settings: settings, Open: session, Screen: screen, Demo: demo, Explain: mail.Explain, TypeOf: mail.TypeOf,
		Hidden: hidden, SignIn: signIn, SignOut: signOut, Discover: discover,
	}, os.Args[1:])
}

// patientCollector lets the heap grow to five times what lives before it is swept: a start allocates some megabytes and
// keeps most of them, and sweeping them took 8 of the 40 ms to the first frame. From the limit on, which only a long sync
// comes near, it sweeps as often as that needs. Whoever sets GOGC or GOMEMLIMIT knows better.
func patientCollector() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(64 << 20)
	}
}

// house is everything of one rep, opened.
type house struct {
	set   files.Set
	rules atomic.Pointer[model.Rulebook]
	now   func() time.Time
	store *store.Store
	log   *slog.Logger
	close func() error
}

// clock starts at a moment and runs on from there; the zero moment is the real time.
func clock(start time.Time, zone *time.Location) func() time.Time {
	if start.IsZero() {
		return func() time.Time { return time.Now().In(zone) }
	}
	began := time.Now()
	return func() time.Time { return start.Add(time.Since(began)).In(zone) }
}

// read reads what the rep wrote by hand.
func read(f cli.Flags) (files.Set, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return files.Set{}, model.Errorf(model.BadConfig, "Your home folder is not known. Set HOME, or name --config and --data.")
	}
	paths, err := files.Locate(os.Getenv, home, f.Config, f.Data)
	if err != nil {
		return files.Set{}, err
	}
	return files.Read(paths, os.Getenv)
}

func settings(f cli.Flags) (cli.Settings, error) {
	set, err := read(f)
	zone, p := cmp.Or(set.Config.Zone, time.Local), set.Paths
	return cli.Settings{
		Config: set.Config, Found: set.Found, Templates: set.Templates, Sequences: set.Sequences, Mistakes: set.Mistakes,
		Paths: cli.Paths{Config: p.Config, Data: p.Data, State: p.State, Database: p.Database(), Templates: p.Templates(), Sequences: p.Sequences()},
		Now:   clock(f.Now, zone),
	}, err
}

// open opens the database of a rep. Its Close must be called.
func open(ctx context.Context, f cli.Flags) (*house, error) {
	set, err := read(f)
	if err != nil {
		return nil, err
	}
	h := &house{set: set, now: clock(f.Now, set.Config.Zone)}
	if err := h.follow(set); err != nil {
		return nil, err
	}
	if err := set.Paths.Make(); err != nil {
		return nil, err
	}
	logFile, err := os.OpenFile(set.Paths.Log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the log: %w", err)
	}
	h.log = slog.New(slog.NewTextHandler(logFile, nil))
	h.store, err = store.Open(set.Paths.Database(), store.Options{
		Now: h.now, Rules: h.rules.Load, NewID: newID, Sender: h.sender, OwnAddresses: set.Config.Own, NeedsSync: h.needsSync,
	})
	if err == nil {
		err = h.store.Follow(ctx, set.Rules(), set.Heat())
	}
	if err != nil {
		return nil, errors.Join(err, logFile.Close())
	}
	h.close = func() error { return errors.Join(h.store.Close(), logFile.Close()) }
	return h, nil
}

// follow makes decisions go by what was read. Accounts stay as they were at the start.
func (h *house) follow(set files.Set) error {
	book, err := set.Rulebook()
	if err != nil {
		return err
	}
	h.rules.Store(&book)
	return nil
}

func newID() string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return hex.EncodeToString(b[:])
}

func (h *house) sender(name string) (model.Address, bool) {
	a, ok := h.set.Config.Account(name)
	return a.From(), ok
}

func (h *house) needsSync(name string) bool {
	a, ok := h.set.Config.Account(name)
	return ok && a.IMAP.Host != ""
}

// secretsOf gives what the accounts log in with. Files of secrets lie beside the config.
func secretsOf(set files.Set) *mail.Secrets {
	return mail.NewSecrets(set.Config, mail.SecretOptions{
		Lookup: os.LookupEnv, LockDir: set.Paths.Data, FileDir: filepath.Join(filepath.Dir(set.Paths.Config), "secrets"), Now: time.Now,
	})
}

// signIn gets what an account logs in with.
func signIn(ctx context.Context, f cli.Flags, account string, ask cli.SignIn) (where string, err error) {
	set, err := read(f)
	if err != nil {
		return "", err
	}
	return secretsOf(set).SignIn(ctx, account, mail.SignIn(ask))
}

func signOut(ctx context.Context, f cli.Flags, account string) error {
	set, err := read(f)
	if err != nil {
		return err
	}
	return secretsOf(set).SignOut(ctx, account)
}

func discover(ctx context.Context, address string) (cli.Provider, error) {
	found, err := mail.Discover(ctx, net.DefaultResolver, address)
	return cli.Provider{Preset: found.Provider.Name, Says: found.Says, IMAP: found.IMAP, SMTP: found.SMTP}, err
}

// hidden reads a line from the terminal without showing it; io.EOF when the rep leaves with ctrl+c. The terminal shows
// nothing more before it asks, and is as before on every way out.
func hidden(ctx context.Context, prompt string) (word string, err error) {
	fd := int(os.Stdin.Fd())
	before, err := term.MakeRaw(fd)
	if err != nil {
		return "", fmt.Errorf("ask the terminal: %w", err)
	}
	defer func() { err = errors.Join(err, term.Restore(fd, before)) }()
	type typed struct {
		word string
		err  error
	}
	done := make(chan typed, 1)
	go func() {
		word, err := term.NewTerminal(struct {
			io.Reader
			io.Writer
		}{os.Stdin, os.Stderr}, "").ReadPassword(prompt)
		done <- typed{word, err}
	}()
	select {
	case got := <-done:
		return got.word, got.err
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

// engine makes the mail engine of all accounts.
func (h *house) engine(events func(model.Event)) (*mail.Engine, error) {
	accounts, err := mail.AccountsOf(h.set.Config)
	if err != nil {
		return nil, err
	}
	secrets := secretsOf(h.set)
	return mail.New(mail.Options{
		Box: h.store, Accounts: accounts, Secret: secrets.Fetch, TokenRefused: secrets.TokenRefused, Dial: (&net.Dialer{}).DialContext, Now: h.now,
		Rules: h.set.Config.Rules, Owner: newID(), LockDir: h.set.Paths.Data, Log: h.log, Events: events,
	})
}

// session opens the database for one command.
func session(ctx context.Context, f cli.Flags, _ cli.Settings) (*cli.Session, error) {
	h, err := open(ctx, f)
	if err != nil {
		return nil, err
	}
	engine, err := h.engine(func(model.Event) {})
	if err != nil {
		return nil, errors.Join(err, h.close())
	}
	s := &cli.Session{Desk: h.store, Rulebook: *h.rules.Load(), Import: h.importing, Check: h.store.Check, Probe: engine.Probe, Close: h.close}
	if len(h.set.Config.Accounts) > 0 {
		s.Sync = func(ctx context.Context, watch bool, report func(cli.Synced)) error {
			return h.sync(ctx, engine, watch, report)
		}
	}
	return s, nil
}

// sync looks into every mailbox and delivers what is owed, also what waits out its undo window this moment; with watch it
// stays, as the screen's engine does.
func (h *house) sync(ctx context.Context, engine *mail.Engine, watch bool, report func(cli.Synced)) error {
	tell := func(r mail.Report) {
		report(cli.Synced{Account: r.Account, Received: r.Received, Sent: r.Sent, Took: r.Took, Elsewhere: r.Elsewhere, Err: r.Err})
	}
	if watch {
		return engine.Watch(ctx, tell)
	}
	if _, err := h.store.Auto(ctx); err != nil {
		return err
	}
	done := engine.SyncNow(ctx)
	if last, err := h.store.LastUndo(ctx); err == nil && !last.IsZero() {
		select {
		case <-ctx.Done():
		case <-time.After(last.Sub(h.now()) + time.Millisecond):
		}
		for i, again := range engine.SyncNow(ctx) {
			done[i].Sent += again.Sent
			done[i].Err = cmp.Or(again.Err, done[i].Err)
		}
	}
	for _, r := range done {
		tell(r)
	}
	return nil
}

// importing reads a file of contacts into the store.
func (h *house) importing(ctx context.Context, file io.Reader, dry bool) (cli.Imported, error) {
	done, err := h.store.ImportCSV(ctx, file, store.ImportOptions{DryRun: dry})
	all := cli.Imported{Rows: done.Rows, New: done.New, Updated: done.Updated, Duplicates: done.Duplicates, Contacts: done.Contacts}
	for _, s := range done.Skipped {
		all.Skipped = append(all.Skipped, cli.SkippedRow{Row: s.Row, Reason: s.Reason})
	}
	return all, err
}

func screen(ctx context.Context, f cli.Flags, _ cli.Settings) error {
	h, err := open(ctx, f)
	if err != nil {
		return err
	}
	return errors.Join(h.show(ctx, f, false), h.close())
}

// show runs the screen and the engine beside it, until the rep leaves.
func (h *house) show(ctx context.Context, f cli.Flags, demo bool) error {
	look := h.set.Config.UI
	theme, err := themes.Load(look.Theme)
	if err != nil {
		return model.Errorf(model.BadConfig, "%w", err)
	}
	table, err := keys.Default().Rebind(look.Keys)
	if err != nil {
		return model.Errorf(model.BadConfig, "%w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	feed := mail.NewFeed()
	engine, err := h.engine(feed.Put)
	if err != nil {
		return err
	}
	me := ""
	if accounts := h.set.Config.Accounts; len(accounts) > 0 {
		me = accounts[0].Address
	}
	root := ui.New(ui.Options{
		Ctx: ctx, Desk: h.store, Wire: engine, Rules: h.set.Config.Rules, Now: h.now, Theme: theme, Keys: table, Account: me, Demo: demo,
		Glyphs: frame.GlyphsNamed(look.Glyphs, ui.Locale(os.Getenv)), Editor: ui.Editor(os.Getenv, exec.LookPath),
		Rulebook: h.rules.Load, Own: h.set.Config.Own(), Page: func(name string) bool { a, _ := h.set.Config.Account(name); return a.HTML },
		Sequences: func() []sequence.Sequence { return h.rules.Load().Sequences.List() },
		Log:       func(doing string, err error) { h.log.Error(doing, "error", err) },
	})
	options := append(ui.Colour(cmp.Or(f.Color, look.Color), os.Environ(), os.Getenv("NO_COLOR")), tea.WithContext(ctx), tea.WithFPS(120))
	program := tea.NewProgram(root, options...)

	ended := h.beside(ctx, program, engine, feed)
	_, err = program.Run()
	cancel()
	select {
	case <-ended:
	case <-time.After(3 * time.Second): // what is in flight is settled at the next start
	}
	if errors.Is(err, tea.ErrProgramKilled) && !errors.Is(err, tea.ErrProgramPanic) || errors.Is(err, tea.ErrInterrupted) {
		err = nil // the terminal was closed, or the rep was in a hurry
	}
	if n, oweErr := h.store.Owed(context.WithoutCancel(ctx)); oweErr == nil && n > 0 && !demo {
		fmt.Println(ui.Owing(n))
	}
	return err
}

// beside runs what works beside the screen until ctx ends; the answer is closed when all of it is over. What breaks there
// is told: the rep would wait for mail that never leaves.
func (h *house) beside(ctx context.Context, program *tea.Program, engine *mail.Engine, feed *mail.Feed) <-chan struct{} {
	broke := func(what string, err error) {
		h.log.Error(what, "error", err)
		feed.Put(model.Event{Kind: model.EventTrouble, Text: "Nothing is sent or received any more; details in the log. Leave stoke and start it again.", At: h.now()})
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		var work sync.WaitGroup
		work.Go(func() {
			if err := engine.Run(ctx); err != nil {
				broke("the mail engine stopped", err)
			}
		})
		work.Go(func() {
			defer func() {
				if v := recover(); v != nil {
					h.log.Error("telling the screen failed", "panic", v)
					program.Kill() // it gives the terminal back
				}
			}()
			h.tell(ctx, program, feed)
		})
		work.Wait()
	}()
	return ended
}

// tell hands the engine's events to the screen, and notices when the rep's files change.
func (h *house) tell(ctx context.Context, program *tea.Program, feed *mail.Feed) {
	look := time.NewTicker(2 * time.Second)
	defer look.Stop()
	set := h.set
	for {
		select {
		case <-ctx.Done():
			return
		case <-feed.Ready():
			for _, e := range feed.Take() {
				program.Send(e)
			}
		case <-look.C:
			if n, err := h.store.Auto(ctx); err != nil {
				h.log.Error("what goes by itself", "error", err)
			} else if n > 0 {
				program.Send(model.Event{Kind: model.EventChanged, At: h.now()})
			}
			if !set.Changed() {
				continue
			}
			said := "Read your files anew."
			var err error
			if set, err = files.Read(h.set.Paths, os.Getenv); err == nil {
				err = h.follow(set)
			}
			if err == nil {
				err = h.store.Follow(ctx, set.Rules(), set.Heat())
			}
			switch {
			case err != nil:
				said = err.Error()
			case len(set.Mistakes) > 0:
				said = set.Mistakes.Error()
			}
			program.Send(model.Event{Kind: model.EventChanged, Text: said, At: h.now()})
		}
	}
}

// demo shows the screen on throw-away data, with mail servers and prospects in this process.
func demo(ctx context.Context, f cli.Flags, o cli.DemoOptions) error {
	dir, err := os.MkdirTemp("", "stoke-demo-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	f.Config, f.Data = filepath.Join(dir, "config.toml"), filepath.Join(dir, "data")
	now := clock(f.Now, time.Local)
	provider, err := prospects.Open(now)
	if err != nil {
		return err
	}
	defer provider.Close()
	if err := os.WriteFile(f.Config, []byte(provider.Config()), 0o600); err != nil {
		return err
	}
	if err := os.Setenv("XDG_STATE_HOME", dir); err != nil { // the log goes, too
		return err
	}
	h, err := open(ctx, f)
	if err != nil {
		return err
	}
	n := o.Contacts
	if n == 0 {
		n = sample.Size()
	}
	var stories []store.Story
	for _, d := range sample.People(*h.rules.Load(), now(), uint64(o.Seed), n) {
		stories = append(stories, store.Story{Contact: d.Contact, Thread: d.Interactions})
	}
	if _, err := h.store.AddStories(ctx, stories); err != nil {
		return errors.Join(err, h.close())
	}
	if o.Serve {
		line, err := json.Marshal(map[string]string{"imap": provider.IMAP.Addr(), "smtp": provider.SMTP.Addr(), "config": f.Config, "data": f.Data})
		if err != nil {
			return err
		}
		fmt.Println(string(line))
		<-ctx.Done()
		return h.close()
	}
	return errors.Join(h.show(ctx, f, true), h.close())
}
