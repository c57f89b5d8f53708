package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"stoke/themes"
	"stoke/ui/keys"
)

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
