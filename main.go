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
	"log/slog"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"time"
	_ "time/tzdata" // zones of contacts, on machines that have none of their own

	tea "charm.land/bubbletea/v2"
	"golang.org/x/term"

	"stoke/mail"
	"stoke/mail/mailtest/prospects"
	"stoke/model"
	"stoke/model/config"
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
		Hidden: cli.Hidden(os.Stdin, os.Stderr), SignIn: signIn, SignOut: signOut,
		Discover: func(ctx context.Context, address string) (config.Provider, error) {
			return mail.Discover(ctx, net.DefaultResolver, address)
		},
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
		debug.SetMemoryLimit(42 << 20)
	}
}

// house is everything of one rep, opened.
type house struct {
	set     files.Set // as at the start
	written files.Set // as read last
	rules   atomic.Pointer[model.Rulebook]
	now     func() time.Time
	store   *store.Store
	log     *slog.Logger
	close   func() error
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
	h := &house{set: set, written: set, now: clock(f.Now, set.Config.Zone)}
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

// follow makes decisions go by what was read.
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
	s := &cli.Session{Desk: h.store, Rulebook: *h.rules.Load(), Import: h.store.ImportCSV, Check: h.store.Check, Probe: engine.Probe, Close: h.close}
	if len(h.set.Config.Accounts) > 0 {
		s.Sync = func(ctx context.Context, watch bool, report func(model.Synced)) error {
			return h.sync(ctx, engine, watch, report)
		}
	}
	return s, nil
}

// sync looks into every mailbox and delivers what is owed, also what waits out its undo window this moment; with watch it
// stays, as the screen's engine does.
func (h *house) sync(ctx context.Context, engine *mail.Engine, watch bool, report func(model.Synced)) error {
	if watch {
		return engine.Watch(ctx, report)
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
		report(r)
	}
	return nil
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
	err = ui.Show(ctx, root, ui.Colour(cmp.Or(f.Color, look.Color), os.Environ(), os.Getenv("NO_COLOR")),
		func(ctx context.Context, _ func(tea.Msg)) { h.mail(ctx, engine, feed) },
		func(ctx context.Context, send func(tea.Msg)) { h.tell(ctx, feed, send) })
	if err != nil {
		h.log.Error("the screen", "error", err)
	}
	if n, oweErr := h.store.Owed(context.WithoutCancel(ctx)); oweErr == nil && n > 0 && !demo {
		fmt.Println(ui.Owing(n))
	}
	return err
}

// mail runs the engine. Should it stop, that is told: the rep would wait for mail that never leaves.
func (h *house) mail(ctx context.Context, engine *mail.Engine, feed *mail.Feed) {
	if err := engine.Run(ctx); err != nil {
		h.log.Error("the mail engine stopped", "error", err)
		feed.Put(model.Event{Kind: model.EventTrouble, Text: "Nothing is sent or received any more; details in the log. Leave stoke and start it again.", At: h.now()})
	}
}

// tell hands the engine's events to the screen, and every two seconds notices what else changed: what went by itself, and
// the rep's files.
func (h *house) tell(ctx context.Context, feed *mail.Feed, send func(tea.Msg)) {
	look := time.NewTicker(2 * time.Second)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-feed.Ready():
			for _, e := range feed.Take() {
				send(e)
			}
		case <-look.C:
			if n, err := h.store.Auto(ctx); err != nil {
				h.log.Error("what goes by itself", "error", err)
			} else if n > 0 {
				send(model.Event{Kind: model.EventChanged, At: h.now()})
			}
			if said := h.reread(ctx); said != "" {
				send(model.Event{Kind: model.EventChanged, Text: said, At: h.now()})
			}
		}
	}
}

// reread reads the rep's files again where they changed, and says how that went. Accounts stay as they were at the start.
func (h *house) reread(ctx context.Context) string {
	if !h.written.Changed() {
		return ""
	}
	set, err := files.Read(h.set.Paths, os.Getenv)
	if err == nil {
		err = h.follow(set)
	}
	if err == nil {
		if err = h.store.Follow(ctx, set.Rules(), set.Heat()); err != nil {
			h.log.Error("follow the rules as they are now", "error", err) // tried again: the files count as unread
			return ""
		}
	}
	h.written = set
	switch {
	case err != nil:
		return err.Error()
	case len(set.Mistakes) > 0:
		return set.Mistakes.Error()
	}
	return "Read your files anew."
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
