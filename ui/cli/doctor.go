package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"stoke/model"
	"stoke/model/config"
)

// check is one thing that the doctor looked at. Status is "ok", "warn" or "fail"; Fix says what to do.
type check struct {
	Check  string `json:"check"`
	Status string `json:"status"`
	Detail string `json:"detail"`
	Fix    string `json:"fix"`
}

func (c *command) doctor() *cobra.Command {
	return &cobra.Command{Use: "doctor [ADDRESS]", Short: "Is everything in order? With an address: which servers are its own?",
		Args: between(0, 1, "[ADDRESS]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			var all []check
			if len(args) == 1 {
				all = c.provider(cmd.Context(), args[0])
			} else {
				all = c.examine(cmd.Context())
			}
			failed := false
			rows := make([][]string, 0, len(all))
			for _, k := range all {
				failed = failed || k.Status == "fail"
				detail := k.Detail
				if k.Fix != "" && len(args) == 0 {
					detail += " " + k.Fix
				}
				rows = append(rows, []string{k.Status, k.Check, detail})
			}
			if c.flags.JSON {
				c.print(all)
			} else {
				c.table(rows)
				if len(args) == 1 && !failed {
					c.say("Write into %s:", c.lenient().Paths.Config)
					c.block("  ", all[len(all)-1].Fix)
				}
			}
			if failed {
				return &exit{ExitFailed}
			}
			return nil
		}}
}

// examine looks at the config, the rep's files, the database and every account's servers. What depends on something that
// is broken is not looked at.
func (c *command) examine(ctx context.Context) []check {
	s, err := c.open(ctx)
	if err != nil {
		return []check{{Check: "config", Status: "fail", Detail: says(err), Fix: "stoke config check"}}
	}
	defer s.Close()
	all := []check{{Check: "config", Status: "ok", Detail: c.settings.Paths.Config}}
	for _, m := range c.settings.Mistakes {
		all = append(all, check{Check: "files", Status: "warn", Detail: m.String(), Fix: "mend that line"})
	}
	database := check{Check: "database", Status: "ok", Detail: c.settings.Paths.Database}
	switch damage, err := s.Check(ctx); {
	case err != nil:
		database.Status, database.Detail = "fail", says(err)
	case damage != "":
		database.Status, database.Detail, database.Fix = "fail", damage, "restore a backup"
	}
	all = append(all, database)
	accounts := c.settings.Config.Accounts
	if len(accounts) == 0 {
		return append(all, check{Check: "accounts", Status: "warn", Detail: "There is no account, so nothing can be sent.", Fix: "stoke setup"})
	}
	for _, a := range accounts {
		all = append(all, ofProvider(a)...)
		imap, smtp := s.Probe(ctx, a.Name)
		for i, err := range []error{imap, smtp} {
			k := check{Check: []string{"receiving ", "sending "}[i] + a.Name, Status: "ok", Detail: "logged in"}
			if err != nil {
				k.Status, k.Detail, k.Fix = "fail", says(err), c.wayOut(a, err)
			}
			all = append(all, k)
		}
	}
	return all
}

// wayOut is what to do about an account whose server did not let us in.
func (c *command) wayOut(a config.Account, err error) string {
	if model.CodeOf(err) == model.AuthError && (a.OAuth.ClientID != "" || a.Keyring) {
		return "stoke login " + a.Name
	}
	return "look at the account " + a.Name + " in " + c.settings.Paths.Config
}

// ofProvider is what is known of an account's provider and will stop it from sending one day.
func ofProvider(a config.Account) []check {
	p, ok := config.ProviderNamed(a.Preset)
	if !ok {
		p, ok = config.ProviderAt(a.SMTP.Host)
	}
	if !ok || p.PasswordsEnd == "" || a.SignsIn() {
		return nil
	}
	return []check{{Check: "provider of " + a.Name, Status: "warn", Detail: config.PasswordsEnd(p), Fix: "README, \"Signing in\""}}
}

// provider looks for the servers of an address and shows what to write into the config.
func (c *command) provider(ctx context.Context, address string) []check {
	k := check{Check: "servers of " + address, Status: "ok"}
	p, err := c.app.Discover(ctx, address)
	if err != nil {
		k.Status, k.Detail, k.Fix = "fail", says(err), "ask your provider for its IMAP and SMTP servers, then stoke setup"
		return []check{k}
	}
	k.Detail = p.Says + "."
	lines := []string{"[[account]]", "address = " + quoted(address)}
	if p.Name != "" {
		k.Detail += " It wants " + p.Password + "."
		lines = append(lines, "preset = "+quoted(p.Name))
		if p.PasswordsEnd != "" || strings.HasPrefix(p.Password, "no password") {
			lines = append(lines, "oauth.client_id = \"…\"   # of a client that you register, see README, \"Signing in\"")
		} else {
			lines = append(lines, "keyring = true")
		}
	} else {
		for _, s := range []struct {
			name string
			at   config.Server
		}{{"imap", p.IMAP}, {"smtp", p.SMTP}} {
			if s.at.Host != "" {
				lines = append(lines, fmt.Sprintf("%s = { host = %q, port = %d, security = %q }", s.name, s.at.Host, s.at.Port, s.at.Security))
			}
		}
		lines = append(lines, "keyring = true")
	}
	k.Fix = strings.Join(lines, "\n")
	return []check{k}
}
