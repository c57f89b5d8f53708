package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"stoke/model/config"
	"stoke/themes"
	"stoke/ui/keys"
)

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
		c.editConfig(),
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
