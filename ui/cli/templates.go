package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"stoke/model"
	"stoke/model/config"
)

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
