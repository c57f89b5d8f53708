package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"stoke/model/config"
)

func (c *command) demo() *cobra.Command {
	var o DemoOptions
	cmd := &cobra.Command{Use: "demo", Short: "Try stoke on invented people, with mail servers of its own"}
	cmd.Flags().IntVar(&o.Contacts, "contacts", 0, "how many people (0: about 40)")
	cmd.Flags().Int64Var(&o.Seed, "seed", 1, "which people: the same number, the same ones")
	var serve bool
	cmd.Flags().BoolVar(&serve, "serve", false, "only start servers, data and people, print where they are, and stay")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		switch {
		case o.Contacts < 0 || o.Contacts > 1_000_000:
			return usagef("--contacts must be between 0 and 1000000.")
		case !serve && !c.app.Terminal:
			return usagef("The demo needs a terminal. `stoke demo --serve` starts only its servers.")
		case serve:
			o.Serve = func(p DemoPlaces) { c.print(p) }
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
		c.say("Write your account into %s; `stoke config edit` opens it. An example, with everything that it can hold:", s.Paths.Config)
	}
	fmt.Fprintln(c.app.Out)
	c.block("    ", config.Example())
	fmt.Fprintln(c.app.Out)
	c.say("Then: `stoke config check`, `stoke doctor`, `stoke sync`, and bring people in with `stoke import FILE` or `stoke add EMAIL`.")
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
