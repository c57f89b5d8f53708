package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// command is one run of the program.
type command struct {
	app      *App
	flags    Flags
	now      string // as given
	settings *Settings
	session  *Session
}

func (c *command) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "stoke",
		Short: "The follow-up inbox for people who sell",
		Long: `stoke shows whom to write to now, and why, with a draft that is ready to go.

Without a command it opens the screen; without a terminal it prints the queue.
WHO is an id, an address, or an unambiguous part of a name. WHEN is a date in
words ("tomorrow", "fri 2pm", "in 3 weeks") or in RFC 3339.`,
		SilenceErrors: true, SilenceUsage: true,
		Args:              noArgs,
		PersistentPreRunE: func(*cobra.Command, []string) error { return c.readFlags() },
		RunE:              func(cmd *cobra.Command, _ []string) error { return c.bare(cmd.Context()) },
	}
	f := root.PersistentFlags()
	f.StringVar(&c.flags.Config, "config", "", "config `FILE` (STOKE_CONFIG)")
	f.StringVar(&c.flags.Data, "data", "", "`DIR` of the database, templates and sequences (STOKE_DATA)")
	f.StringVar(&c.now, "now", "", "the `TIME` at which the clock starts, RFC 3339 (STOKE_NOW)")
	f.BoolVar(&c.flags.JSON, "json", false, "write JSON")
	f.StringVar(&c.flags.Color, "color", "", "always, never or auto")
	root.SetIn(c.app.In)
	root.SetOut(c.app.Out)
	root.SetErr(c.app.Err)
	root.SetFlagErrorFunc(misread)
	root.AddGroup(
		&cobra.Group{ID: "people", Title: "People:"}, &cobra.Group{ID: "verbs", Title: "Follow up:"},
		&cobra.Group{ID: "mail", Title: "Mail:"}, &cobra.Group{ID: "house", Title: "Set up and look around:"},
	)
	add := func(group string, commands ...*cobra.Command) {
		for _, sub := range commands {
			sub.GroupID = group
			root.AddCommand(sub)
		}
	}
	add("people", c.queue(), c.next(), c.show(), c.add(), c.edit(), c.delete(), c.importing())
	add("verbs", c.log(), c.snooze(), c.promise(), c.done(), c.retire(), c.revive(), c.pin(), c.enrol(), c.stop(), c.hold(),
		c.suppress(), c.unsuppress(), c.undo(), c.history(), c.when())
	add("mail", c.draft(), c.send(), c.outbox(), c.sync(), c.explain(), c.coach())
	add("house", c.demo(), c.setup(), c.login(), c.logout(), c.doctor(), c.config(), c.templates(), c.sequences(), c.keys(), c.themes(), c.version())
	root.SetHelpCommandGroupID("house")
	root.SetCompletionCommandGroupID("house")
	wordUsage(root)
	return root
}

// readFlags checks the flags that every command knows.
func (c *command) readFlags() error {
	if c.now == "" {
		c.now = c.app.Env("STOKE_NOW")
	}
	if c.now != "" {
		at, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			return usagef("--now: %q is no time in RFC 3339, like 2026-11-23T09:00:00+01:00.", c.now)
		}
		c.flags.Now = at
	}
	switch c.flags.Color {
	case "", "always", "never", "auto":
		return nil
	}
	return usagef("--color cannot be %q: it is always, never or auto.", c.flags.Color)
}

// bare is stoke without a command.
func (c *command) bare(ctx context.Context) error {
	if !c.app.Terminal || c.flags.JSON {
		return c.printQueue(ctx, listing{view: "queue"})
	}
	settings, err := c.app.Settings(c.flags)
	switch {
	case err != nil:
		return err
	case !settings.Found:
		c.printSetup(settings)
		return &exit{ExitConfig}
	}
	return c.app.Screen(ctx, c.flags, settings)
}

// read gives the rep's files; it fails where the config has mistakes.
func (c *command) read() (Settings, error) {
	if c.settings != nil {
		return *c.settings, nil
	}
	s, err := c.app.Settings(c.flags)
	if err == nil {
		c.settings = &s
	}
	return s, err
}

// open gives the open database, its places up to date with the clock.
func (c *command) open(ctx context.Context) (*Session, error) {
	settings, err := c.read()
	if err != nil {
		return nil, err
	}
	if !settings.Found {
		return nil, &noConfig{settings.Paths.Config}
	}
	s, err := c.app.Open(ctx, c.flags, settings)
	if err != nil {
		return nil, err
	}
	if _, _, err := s.Desk.Tick(ctx); err != nil {
		_ = s.Close() // the tick's error is the one to tell
		return nil, err
	}
	c.session = s
	return s, nil
}

// desk makes a command that works on the database out of a function.
func (c *command) desk(run func(ctx context.Context, s *Session, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) (err error) {
		s, err := c.open(cmd.Context())
		if err != nil {
			return err
		}
		defer func() {
			if closing := s.Close(); err == nil {
				err = closing
			}
		}()
		return run(cmd.Context(), s, args)
	}
}

// clock is the present moment in the rep's zone.
func (c *command) clock() time.Time { return c.settings.Now() }

func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	cmd.SuggestionsMinimumDistance = 2
	said := "There is no command " + quoted(cmd.CommandPath()+" "+args[0]) + "."
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		said = strings.TrimSuffix(said, ".") + "; did you mean " + quoted(near[0]) + "?"
	}
	return usagef("%s", said)
}

// between says how many words a command takes.
func between(least, most int, usage string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) >= least && (most < 0 || len(args) <= most) {
			return nil
		}
		return usagef("Say it like this: `%s %s`.", cmd.CommandPath(), usage)
	}
}

// wordUsage makes every command of a tree without arguments of its own refuse unknown ones in our words.
func wordUsage(cmd *cobra.Command) {
	for _, sub := range cmd.Commands() {
		if sub.Args == nil {
			sub.Args = noArgs
		}
		if sub.RunE == nil && sub.HasSubCommands() {
			sub.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		}
		wordUsage(sub)
	}
}

func quoted(s string) string { return `"` + s + `"` }

func sentence(s string) string {
	s = strings.TrimSuffix(strings.TrimSpace(s), ".")
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
