package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

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
		Latest   int    `json:"latest,omitempty"`
		Channel  string `json:"channel"`
		Template string `json:"template"`
	}
	type sequenceJSON struct {
		Name  string   `json:"name"`
		Kind  string   `json:"kind"`
		Auto  bool     `json:"auto"`
		Stop  []string `json:"stop,omitempty"`
		Steps []step   `json:"steps"`
	}
	all, rows := []sequenceJSON{}, [][]string{}
	for _, q := range c.lenient().Sequences.List() {
		j := sequenceJSON{Name: q.Name, Kind: q.Kind, Auto: q.Auto, Stop: q.Stop, Steps: []step{}}
		var plan []string
		for _, s := range q.Steps {
			j.Steps = append(j.Steps, step{s.Wait, s.Latest, s.Channel, s.Template})
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
