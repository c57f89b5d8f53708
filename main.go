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
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime/debug"
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
		Hidden: cli.Hidden(os.Stdin, os.Stderr), Edit: ui.EditFile, SignIn: signIn, SignOut: signOut,
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
		debug.SetMemoryLimit(56 << 20)
	}
}

// house is everything of one rep, opened.
type house struct {
	files *files.Live
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

// locate says where the rep's files are.
func locate(f cli.Flags) (files.Paths, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return files.Paths{}, model.Errorf(model.BadConfig, "Your home folder is not known. Set HOME, or name --config and --data.")
	}
	return files.Locate(os.Getenv, home, f.Config, f.Data)
}

// read reads what the rep wrote by hand.
func read(f cli.Flags) (files.Set, error) {
	paths, err := locate(f)
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

// open opens the database of a rep. Its close must be called.
func open(ctx context.Context, f cli.Flags) (*house, error) {
	paths, err := locate(f)
	if err != nil {
		return nil, err
	}
	live, err := files.Follow(paths, os.Getenv)
	if err != nil {
		return nil, err
	}
	if err := paths.Make(); err != nil {
		return nil, err
	}
	logFile, err := os.OpenFile(paths.Log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the log: %w", err)
	}
	h := &house{files: live, now: clock(f.Now, live.Config.Zone), log: slog.New(slog.NewTextHandler(logFile, nil))}
	h.store, err = store.Open(paths.Database(), store.Options{
		Now: h.now, Rules: live.Book, NewID: newID, Sender: h.sender, OwnAddresses: live.Config.Own, NeedsSync: h.needsSync,
	})
	if err == nil {
		err = h.store.Follow(ctx, live.Rules(), live.Heat())
	}
	if err != nil {
		return nil, errors.Join(err, logFile.Close())
	}
	h.close = func() error { return errors.Join(h.store.Close(), logFile.Close()) }
	return h, nil
}

func newID() string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return hex.EncodeToString(b[:])
}

func (h *house) sender(name string) (model.Address, bool) {
	a, ok := h.files.Config.Account(name)
	return a.From(), ok
}

func (h *house) needsSync(name string) bool {
	a, ok := h.files.Config.Account(name)
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
	accounts, err := mail.AccountsOf(h.files.Config)
	if err != nil {
		return nil, err
	}
	secrets := secretsOf(h.files.Set)
	return mail.New(mail.Options{
		Box: h.store, Accounts: accounts, Secret: secrets.Fetch, TokenRefused: secrets.TokenRefused, Dial: (&net.Dialer{}).DialContext, Now: h.now,
		Rules: h.files.Config.Rules, Owner: newID(), LockDir: h.files.Paths.Data, Log: h.log, Events: events,
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
	return &cli.Session{
		Desk: h.store, Rulebook: *h.files.Book(), Import: h.store.ImportCSV, Check: h.store.Check,
		Probe: engine.Probe, Sync: engine.SyncNow, Watch: engine.Watch, Close: h.close,
	}, nil
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
	look := h.files.Config.UI
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
	if accounts := h.files.Config.Accounts; len(accounts) > 0 {
		me = accounts[0].Address
	}
	root := ui.New(ui.Options{
		Ctx: ctx, Desk: h.store, Wire: engine, Rulebook: h.files.Book, Now: h.now, Theme: theme, Keys: table, Account: me, Demo: demo,
		Glyphs: frame.GlyphsNamed(look.Glyphs, ui.Locale(os.Getenv)), Editor: ui.Editor(os.Getenv, exec.LookPath), Own: h.files.Config.Own(),
		Page: func(name string) bool { a, _ := h.files.Config.Account(name); return a.HTML },
		Log:  func(doing string, err error) { h.log.Error(doing, "error", err) },
	})
	err = ui.Show(ctx, root, ui.Colour(cmp.Or(f.Color, look.Color), os.Environ(), os.Getenv("NO_COLOR")),
		func(ctx context.Context, _ func(tea.Msg)) { _ = engine.Run(ctx) }, // it tells and logs why it stopped
		func(ctx context.Context, send func(tea.Msg)) { feed.Run(ctx, func(ev model.Event) { send(ev) }) },
		func(ctx context.Context, send func(tea.Msg)) {
			h.files.Watch(ctx, h.store.Follow, func(says string, err error) {
				if err != nil {
					h.log.Error("follow the rules as they are now", "error", err)
					return
				}
				send(model.Event{Kind: model.EventChanged, Text: says, At: h.now()})
			})
		})
	if err != nil {
		h.log.Error("the screen", "error", err)
	}
	if n, oweErr := h.store.Owed(context.WithoutCancel(ctx)); oweErr == nil && n > 0 && !demo {
		fmt.Println(ui.Owing(n))
	}
	return err
}

// demo shows the screen on throw-away data, with mail servers and prospects in this process.
func demo(ctx context.Context, f cli.Flags, o cli.DemoOptions) error {
	if f.Now.IsZero() && o.Serve == nil {
		f.Now = sample.Morning(time.Now())
	}
	provider, err := prospects.Open(clock(f.Now, time.Local))
	if err != nil {
		return err
	}
	f.Config, f.Data = provider.Config, filepath.Join(provider.Dir, "data")
	if err := os.Setenv("XDG_STATE_HOME", provider.Dir); err != nil { // the log goes, too
		return errors.Join(err, provider.Close())
	}
	return errors.Join(play(ctx, f, o, provider), provider.Close())
}

// play runs the demo at a provider.
func play(ctx context.Context, f cli.Flags, o cli.DemoOptions, provider *prospects.Provider) error {
	h, err := open(ctx, f)
	if err != nil {
		return err
	}
	_, err = h.store.AddDossiers(ctx, sample.People(*h.files.Book(), h.now(), uint64(o.Seed), o.Contacts))
	switch {
	case err != nil:
	case o.Serve != nil:
		o.Serve(cli.DemoPlaces{IMAP: provider.IMAP.Addr(), SMTP: provider.SMTP.Addr(), Config: f.Config, Data: f.Data})
		<-ctx.Done()
	default:
		err = h.show(ctx, f, true)
	}
	return errors.Join(err, h.close())
}
