package cli

import (
	"context"
	"io"
	"time"

	"stoke/model"
	"stoke/model/config"
	"stoke/model/sequence"
	"stoke/model/signal"
	"stoke/model/template"
)

// App is everything that the commands need of the rest of the program; main fills it. All fields must be set.
type App struct {
	In       io.Reader
	Out, Err io.Writer
	Terminal bool // a person sits at it: input and output are both a terminal
	Version  string
	Env      func(string) string

	// Settings reads config, templates and sequences. Its error is about the config alone (a *model.Error or
	// config.Mistakes); the Settings are then what could be read, defaults elsewhere, so that what needs no config works.
	Settings func(Flags) (Settings, error)
	// Open opens the database that the settings name. The command closes it.
	Open func(context.Context, Flags, Settings) (*Session, error)
	// Screen shows the screen until the rep leaves.
	Screen func(context.Context, Flags, Settings) error
	// Demo shows the screen on throw-away data, or only serves it.
	Demo func(context.Context, Flags, DemoOptions) error
	// Hidden asks for a word without showing it on the terminal; io.EOF when the rep does not want to.
	Hidden func(ctx context.Context, prompt string) (string, error)
	// Edit lets the rep change a file in their own editor.
	Edit func(ctx context.Context, path string) error
	// SignIn gets what an account logs in with and keeps it; where says where, in words.
	SignIn func(ctx context.Context, f Flags, account string, ask SignIn) (where string, err error)
	// SignOut forgets what SignIn kept.
	SignOut func(ctx context.Context, f Flags, account string) error
	// Discover looks in DNS for the servers of an address.
	Discover func(ctx context.Context, address string) (config.Provider, error)
	// Explain tells what n mails are, from their bytes as a server stores them. read is called by several goroutines at
	// once; tell gets the verdicts in order, or read's error.
	Explain func(ctx context.Context, n int, read func(i int) ([]byte, error), tell func(i int, v signal.Verdict, err error) error) error
	// TypeOf is the media type that a mail gives a file of this name.
	TypeOf func(name string) string
}

// Flags are those that every command knows.
type Flags struct {
	Config string    // "" means STOKE_CONFIG or the usual place
	Data   string    // "" means STOKE_DATA or the usual place
	Now    time.Time // where the clock starts; zero: now
	JSON   bool
	Color  string // "auto", "always" or "never"; "" means as configured
}

// Settings are what the rep's files say.
type Settings struct {
	Config    config.Config
	Found     bool // there is a config file
	Paths     Paths
	Templates template.Library
	Sequences sequence.Set
	Mistakes  config.Mistakes  // in templates and sequences; a file that cannot be used was left out
	Now       func() time.Time // in the rep's zone
}

// Paths say where things live.
type Paths struct{ Config, Data, State, Database, Templates, Sequences string }

// Session is an open database and what belongs to it.
type Session struct {
	Desk     Desk
	Rulebook model.Rulebook
	// Sync looks into every mailbox, delivers what is owed and tells what it did, account by account.
	Sync func(ctx context.Context) []model.Synced
	// Watch does so until ctx ends, and reports every look.
	Watch func(ctx context.Context, report func(model.Synced)) error
	// Import takes contacts out of a file; with dry it only says what it would do. No error leaves half a file behind.
	Import func(ctx context.Context, file io.Reader, dry bool) (model.Imported, error)
	// Check looks for damage in the database; "" means there is none.
	Check func(ctx context.Context) (string, error)
	// Probe tries both servers of an account, without reading or sending anything.
	Probe func(ctx context.Context, account string) (imap, smtp error)
	Close func() error
}

// Desk is what the commands need of the store. Every method is one transaction.
type Desk interface {
	Rows(ctx context.Context, q model.Query) (model.Page, error)
	Counts(ctx context.Context) (model.Counts, error)
	Tick(ctx context.Context) (moved int, next time.Time, err error)
	Filters(ctx context.Context) ([]model.Filter, error)
	Find(ctx context.Context, who string) ([]model.Contact, error)
	Open(ctx context.Context, contact int64) (model.Dossier, error)

	AddContact(ctx context.Context, c model.Contact) (model.Contact, error)
	EditContact(ctx context.Context, c model.Contact) (model.Contact, error)
	DeleteContact(ctx context.Context, contact int64) (model.Change, error)
	EraseContact(ctx context.Context, contact int64) error
	Suppress(ctx context.Context, what, why string) (model.Suppression, error)
	Unsuppress(ctx context.Context, what string) error

	Do(ctx context.Context, v model.Verb, contacts ...int64) (model.Change, error)
	// Try says what Do would do.
	Try(ctx context.Context, v model.Verb, contacts ...int64) ([]model.Trial, error)
	Undo(ctx context.Context, id int64) (model.Change, string, error)
	History(ctx context.Context, limit int) ([]model.Change, error)

	Compose(ctx context.Context, contact int64, template string) (model.Draft, error)
	// Coverage tells of how many contacts each value is known that a template can use.
	Coverage(ctx context.Context) (model.Coverage, error)
	// Tried tells how templates have done, by their keys.
	Tried(ctx context.Context) (map[string]model.Tried, error)
	// Attach looks at a file that is to go with a mail. It keeps nothing; the error names the file.
	Attach(ctx context.Context, path string) (model.Attachment, error)
	// Gate says whether a mail could be queued now.
	Gate(ctx context.Context, a model.Approval) error
	Send(ctx context.Context, a model.Approval) (model.Change, model.Outgoing, error)

	Outbox(ctx context.Context, limit int) ([]model.Outgoing, error)
	Outgoing(ctx context.Context, id int64) (model.Outgoing, error)
	Judge(ctx context.Context, id int64, turn model.Turn) (model.Outgoing, error)

	When(words string) (time.Time, error)
}

// DemoOptions say what the demo starts with.
type DemoOptions struct {
	Contacts int // 0 means the usual number
	Seed     int64
	// Serve is told where everything is, and no screen is shown: the servers, the data and the prospects are there until
	// the context ends. Nil: the screen is shown.
	Serve func(DemoPlaces)
}

// DemoPlaces say where a demo without a screen is found: two addresses, a file and a folder.
type DemoPlaces struct {
	IMAP   string `json:"imap"`
	SMTP   string `json:"smtp"`
	Config string `json:"config"`
	Data   string `json:"data"`
}
