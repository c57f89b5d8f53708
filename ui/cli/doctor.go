package cli

import (
	"context"

	"github.com/spf13/cobra"
)

// check is one thing that the doctor looked at. Status is "ok", "warn" or "fail"; Fix says what to do.
type check struct {
	Check  string `json:"check"`
	Status string `json:"status"`
	Detail string `json:"detail"`
	Fix    string `json:"fix"`
}

func (c *command) doctor() *cobra.Command {
	return &cobra.Command{Use: "doctor", Short: "Is everything in order?",
		RunE: func(cmd *cobra.Command, _ []string) error {
			all := c.examine(cmd.Context())
			failed := false
			rows := make([][]string, 0, len(all))
			for _, k := range all {
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
		imap, smtp := s.Probe(ctx, a.Name)
		for i, err := range []error{imap, smtp} {
			k := check{Check: []string{"receiving ", "sending "}[i] + a.Name, Status: "ok", Detail: "logged in"}
			if err != nil {
				k.Status, k.Detail, k.Fix = "fail", says(err), "look at the account "+a.Name+" in "+c.settings.Paths.Config
			}
			all = append(all, k)
		}
	}
	return all
}
