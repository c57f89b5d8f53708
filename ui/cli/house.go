package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"stoke/model"
	"stoke/model/config"
	"stoke/themes"
	"stoke/ui/keys"
)

func (c *command) demo() *cobra.Command {
	var o DemoOptions
	cmd := &cobra.Command{Use: "demo", Short: "Try stoke on invented people, with mail servers of its own"}
	cmd.Flags().IntVar(&o.Contacts, "contacts", 0, "how many people (0: about 40)")
	cmd.Flags().Int64Var(&o.Seed, "seed", 1, "which people: the same number, the same ones")
	cmd.Flags().BoolVar(&o.Serve, "serve", false, "only start servers, data and people, print where they are, and stay")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		switch {
		case o.Contacts < 0 || o.Contacts > 1_000_000:
			return usagef("--contacts must be between 0 and 1000000.")
		case !o.Serve && !c.app.Terminal:
			return usagef("The demo needs a terminal. `stoke demo --serve` starts only its servers.")
		}
		return c.app.Demo(cmd.Context(), c.flags, o)
	}
	return cmd
}

func (c *command) setup() *cobra.Command {
	return &cobra.Command{Use: "setup", Short: "How to connect stoke to your mail",
		RunE: func(*cobra.Command, []string) error {
			s := c.lenient()
			if c.flags.JSON {
				c.print(struct {
					Config  string `json:"config"`
					Found   bool   `json:"found"`
					Example string `json:"example"`
				}{s.Paths.Config, s.Found, config.Example()})
				return nil
			}
			c.printSetup(s)
			return nil
		}}
}

// printSetup says how to begin.
func (c *command) printSetup(s Settings) {
	if s.Found {
		c.say("Your config is %s. `stoke config check` looks it over, `stoke doctor` tries the servers.", s.Paths.Config)
		c.say("Everything that it can hold:")
	} else {
		c.say("stoke is set up with one file. To try it on invented people first: stoke demo")
		c.say("Write your account into %s. An example, with everything that it can hold:", s.Paths.Config)
	}
	fmt.Fprintln(c.app.Out)
	c.block("    ", config.Example())
	fmt.Fprintln(c.app.Out)
	c.say("Then: `stoke config check`, `stoke doctor`, `stoke sync`, and bring people in with `stoke import FILE` or `stoke add EMAIL`.")
}

func (c *command) doctor() *cobra.Command {
	return &cobra.Command{Use: "doctor", Short: "Is everything in order?",
		RunE: func(cmd *cobra.Command, _ []string) error {
			type checkJSON struct {
				Check  string `json:"check"`
				Status string `json:"status"`
				Detail string `json:"detail"`
				Fix    string `json:"fix"`
			}
			all, rows, failed := []checkJSON{}, [][]string{}, false
			for _, k := range c.app.Doctor(cmd.Context(), c.flags) {
				all = append(all, checkJSON(k))
				failed = failed || k.Status == "fail"
				detail := k.Detail
				if k.Fix != "" {
					detail += " " + k.Fix
				}
				rows = append(rows, []string{k.Status, k.Check, detail})
			}
			if c.flags.JSON {
				c.print(all)
			} else {
				c.table(rows)
			}
			if failed {
				return &exit{ExitFailed}
			}
			return nil
		}}
}

// findingJSON is a mistake or a hint about a file.
type findingJSON struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Level   string `json:"level"` // "mistake" or "hint"
	Message string `json:"message"`
}

func findings(ms config.Mistakes, level string) []findingJSON {
	all := []findingJSON{}
	for _, m := range ms {
		all = append(all, findingJSON{m.File, m.Line, level, m.Text})
	}
	return all
}

// tellFindings prints them, and fails with a code where there is a mistake among them.
func (c *command) tellFindings(all []findingJSON, fine string, code int) error {
	bad := false
	for _, f := range all {
		bad = bad || f.Level == "mistake"
	}
	switch {
	case c.flags.JSON:
		c.print(all)
	case len(all) == 0:
		c.say("%s", fine)
	default:
		for _, f := range all {
			c.say("%s", config.Mistake{File: f.File, Line: f.Line, Text: f.Message})
		}
		if !bad {
			c.say("%s", fine)
		}
	}
	if bad {
		return &exit{code}
	}
	return nil
}

func (c *command) config() *cobra.Command {
	cmd := &cobra.Command{Use: "config", Short: "Where the config is, and whether it is right"}
	cmd.AddCommand(
		&cobra.Command{Use: "path", Short: "Where the config is; with --json everything else, too",
			RunE: func(*cobra.Command, []string) error {
				s := c.lenient()
				if !c.flags.JSON {
					c.say("%s", s.Paths.Config)
					return nil
				}
				p := s.Paths
				c.print(struct {
					Config    string `json:"config"`
					Found     bool   `json:"found"`
					Data      string `json:"data"`
					State     string `json:"state"`
					Database  string `json:"database"`
					Templates string `json:"templates"`
					Sequences string `json:"sequences"`
				}{p.Config, s.Found, p.Data, p.State, p.Database, p.Templates, p.Sequences})
				return nil
			}},
		&cobra.Command{Use: "check", Short: "All mistakes of the config, with their lines",
			RunE: func(*cobra.Command, []string) error { return c.checkConfig() }},
	)
	return cmd
}

func (c *command) checkConfig() error {
	s, err := c.app.Settings(c.flags)
	c.settings = &s
	var found config.Mistakes
	if err != nil && !errors.As(err, &found) {
		return err
	}
	if err == nil && !s.Found {
		return &noConfig{s.Paths.Config}
	}
	var theme config.Mistakes
	if errors.As(s.Config.CheckTheme(themes.Names()), &theme) {
		found = append(found, theme...)
	}
	if _, err := keys.Default().Rebind(s.Config.UI.Keys); err != nil {
		for line := range strings.Lines(err.Error()) {
			found = append(found, config.Mistake{File: s.Paths.Config, Text: strings.TrimSpace(line)})
		}
	}
	all := append(findings(found, "mistake"), findings(s.Config.Hints, "hint")...)
	accounts := fmt.Sprintf("%d accounts", len(s.Config.Accounts))
	switch len(s.Config.Accounts) {
	case 0:
		accounts = "no account, so nothing is sent or fetched"
	case 1:
		accounts = "one account, " + s.Config.Accounts[0].Address
	}
	return c.tellFindings(all, "The config is right: "+accounts+".", ExitConfig)
}

func (c *command) keys() *cobra.Command {
	return &cobra.Command{Use: "keys", Short: "Every key of the screen",
		RunE: func(*cobra.Command, []string) error {
			table, err := keys.Default().Rebind(c.lenient().Config.UI.Keys)
			if err != nil {
				table = keys.Default() // `config check` tells what is wrong with the own ones
			}
			type keyJSON struct {
				ID   string   `json:"id"`
				Keys []string `json:"keys"`
				Also []string `json:"also"`
				Does string   `json:"does"`
				Part string   `json:"part"`
			}
			all, rows := []keyJSON{}, [][]string{}
			for _, section := range keys.Sections() {
				for _, b := range table.Bindings() {
					if b.Section != section {
						continue
					}
					all = append(all, keyJSON{string(b.ID), list(b.Keys), list(b.Also), b.Help, string(section)})
					rows = append(rows, []string{string(b.ID), strings.Join(b.Keys, " "), strings.Join(b.Also, " "), b.Help})
				}
			}
			if c.flags.JSON {
				c.print(all)
				return nil
			}
			c.table(rows)
			return nil
		}}
}

func (c *command) themes() *cobra.Command {
	return &cobra.Command{Use: "themes", Short: "The colours that there are",
		RunE: func(*cobra.Command, []string) error {
			type themeJSON struct {
				Name   string `json:"name"`
				About  string `json:"about"`
				Dark   bool   `json:"dark"`
				Chosen bool   `json:"chosen"`
			}
			chosen := c.lenient().Config.UI.Theme
			if chosen == "" {
				chosen = themes.Default
			}
			all, rows := []themeJSON{}, [][]string{}
			for _, name := range themes.Names() {
				t, err := themes.Load(name)
				if err != nil {
					return err
				}
				mark := ""
				if name == chosen {
					mark = "*"
				}
				all = append(all, themeJSON{t.Name(), t.About(), t.Dark(), name == chosen})
				rows = append(rows, []string{mark, t.Name(), t.About()})
			}
			if c.flags.JSON {
				c.print(all)
				return nil
			}
			c.table(rows)
			return nil
		}}
}

func (c *command) version() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Which stoke this is",
		RunE: func(*cobra.Command, []string) error {
			if c.flags.JSON {
				c.print(struct {
					Version string `json:"version"`
				}{c.app.Version})
				return nil
			}
			c.say("stoke %s", c.app.Version)
			return nil
		}}
}

func (c *command) templates() *cobra.Command {
	cmd := &cobra.Command{Use: "templates", Short: "The templates, and whether your own are right"}
	cmd.AddCommand(
		&cobra.Command{Use: "list", Short: "All templates", RunE: func(*cobra.Command, []string) error { return c.listTemplates() }},
		&cobra.Command{Use: "check", Short: "All mistakes in your own templates, with their lines",
			RunE: func(*cobra.Command, []string) error {
				s := c.lenient()
				return c.tellFindings(findings(inside(s.Mistakes, s.Paths.Templates), "mistake"),
					fmt.Sprintf("All %d templates are right.", len(s.Templates.List())), ExitFailed)
			}},
		&cobra.Command{Use: "preview NAME [WHO]", Short: "A template as it stands, or as somebody would get it", Args: between(1, -1, "NAME [WHO]"),
			RunE: func(cmd *cobra.Command, args []string) error { return c.previewTemplate(cmd, args) }},
	)
	return cmd
}

func (c *command) listTemplates() error {
	type templateJSON struct {
		Name        string `json:"name"`
		Kind        string `json:"kind"`
		Step        int    `json:"step"`
		Channel     string `json:"channel"`
		Temperature string `json:"temperature"`
		Language    string `json:"language"`
		Last        bool   `json:"last"`
		Subject     string `json:"subject"`
		When        string `json:"when"`
		File        string `json:"file"`
	}
	all, rows := []templateJSON{}, [][]string{}
	for _, t := range c.lenient().Templates.List() {
		all = append(all, templateJSON{t.Name, t.Kind, t.Step, t.Channel, t.Temperature, t.Language, t.Last, t.Subject, t.When, t.File})
		rows = append(rows, []string{t.Name, t.Kind, t.Channel, t.When})
	}
	if c.flags.JSON {
		c.print(all)
		return nil
	}
	c.table(rows)
	return nil
}

func (c *command) previewTemplate(cmd *cobra.Command, args []string) error {
	s := c.lenient()
	t, ok := s.Templates.Find(args[0])
	if !ok {
		var names []string
		for _, t := range s.Templates.List() {
			names = append(names, t.Name)
		}
		said := fmt.Sprintf("There is no template %q.", args[0])
		if near := config.Nearest(args[0], names); near != "" {
			said = fmt.Sprintf("There is no template %q; did you mean %q?", args[0], near)
		}
		return model.Errorf(model.NotFound, "%s", said)
	}
	if len(args) > 1 {
		c.settings = nil // this needs the config to be right
		return c.desk(func(ctx context.Context, s *Session, _ []string) error {
			_, d, err := s.draft(ctx, strings.Join(args[1:], " "), t.Name)
			if err != nil {
				return err
			}
			c.tellDraft(d)
			return nil
		})(cmd, nil)
	}
	c.tellDraft(model.Draft{Subject: t.Subject, Body: t.Body, Template: t.Name, WhyTemplate: "you chose it"})
	return nil
}

func (c *command) tellDraft(d model.Draft) {
	if c.flags.JSON {
		c.print(draftOf(d))
		return
	}
	c.writeDraft(d)
}

// inside keeps the mistakes of one folder.
func inside(ms config.Mistakes, dir string) config.Mistakes {
	var kept config.Mistakes
	for _, m := range ms {
		if m.File == dir || strings.HasPrefix(m.File, dir+"/") || strings.HasPrefix(m.File, dir+`\`) {
			kept = append(kept, m)
		}
	}
	return kept
}

func (c *command) sequences() *cobra.Command {
	cmd := &cobra.Command{Use: "sequences", Short: "The sequences, and whether your own are right"}
	cmd.AddCommand(
		&cobra.Command{Use: "list", Short: "All sequences", RunE: func(*cobra.Command, []string) error { return c.listSequences() }},
		&cobra.Command{Use: "check", Short: "All mistakes in your own sequences, with their lines",
			RunE: func(*cobra.Command, []string) error {
				s := c.lenient()
				return c.tellFindings(findings(inside(s.Mistakes, s.Paths.Sequences), "mistake"),
					fmt.Sprintf("All %d sequences are right.", len(s.Sequences.List())), ExitFailed)
			}},
	)
	return cmd
}

func (c *command) listSequences() error {
	type step struct {
		Wait     int    `json:"wait"`
		Channel  string `json:"channel"`
		Template string `json:"template"`
	}
	type sequenceJSON struct {
		Name  string `json:"name"`
		Kind  string `json:"kind"`
		Auto  bool   `json:"auto"`
		Steps []step `json:"steps"`
	}
	all, rows := []sequenceJSON{}, [][]string{}
	for _, q := range c.lenient().Sequences.List() {
		j := sequenceJSON{Name: q.Name, Kind: q.Kind, Auto: q.Auto, Steps: []step{}}
		var plan []string
		for _, s := range q.Steps {
			j.Steps = append(j.Steps, step{s.Wait, s.Channel, s.Template})
			plan = append(plan, fmt.Sprintf("%s +%d", s.Channel, s.Wait))
		}
		all = append(all, j)
		rows = append(rows, []string{q.Name, q.Kind, strings.Join(plan, ", ")})
	}
	if c.flags.JSON {
		c.print(all)
		return nil
	}
	c.table(rows)
	return nil
}
