package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stoke/model"
	"stoke/model/config"
	"stoke/model/template"
	"stoke/model/text"
)

func (c *command) templates() *cobra.Command {
	cmd := &cobra.Command{Use: "templates", Short: "The templates, and whether your own are right"}
	cmd.AddCommand(
		&cobra.Command{Use: "list", Short: "All templates, and how each has done",
			RunE: func(cmd *cobra.Command, _ []string) error { return c.listTemplates(cmd.Context()) }},
		&cobra.Command{Use: "check", Short: "All mistakes in your own templates, with their lines, and of how many contacts each tag is known",
			RunE: func(cmd *cobra.Command, _ []string) error { return c.checkTemplates(cmd.Context()) }},
		&cobra.Command{Use: "preview NAME [WHO]", Short: "A template as somebody would get it, or as a stranger would", Args: between(1, -1, "NAME [WHO]"),
			RunE: func(cmd *cobra.Command, args []string) error { return c.previewTemplate(cmd, args) }},
	)
	return cmd
}

// desktop is what the database knows about templates.
type desktop struct {
	coverage model.Coverage
	tried    map[string]model.Tried
}

// look asks the database, if there is a config that leads to one: templates can be read without.
func (c *command) look(ctx context.Context) (d desktop, ok bool, err error) {
	settings, wrong := c.app.Settings(c.flags)
	c.settings = &settings
	if wrong != nil || !settings.Found {
		return d, false, nil
	}
	s, err := c.open(ctx)
	if err != nil {
		return d, false, err
	}
	defer func() {
		if closing := s.Close(); err == nil {
			err = closing
		}
	}()
	if d.coverage, err = s.Desk.Coverage(ctx); err != nil {
		return d, false, err
	}
	d.tried, err = s.Desk.Tried(ctx)
	return d, err == nil, err
}

type templateJSON struct {
	Name        string    `json:"name"`
	Kind        string    `json:"kind"`
	Step        int       `json:"step"`
	Channel     string    `json:"channel"`
	Temperature string    `json:"temperature"`
	Language    string    `json:"language"`
	Variant     string    `json:"variant"`
	Last        bool      `json:"last"`
	Subject     string    `json:"subject"`
	When        string    `json:"when"`
	File        string    `json:"file"`
	Sent        *int      `json:"sent"`     // delivered; null where the database is not known
	Answered    *int      `json:"answered"` // of them
	Tags        []tagJSON `json:"tags"`
}

// tagJSON is a value that a template uses and that depends on the contact.
type tagJSON struct {
	Name     string `json:"name"`
	Contacts *int   `json:"contacts"` // of whom it is known; null where the database is not known
	Percent  *int   `json:"percent"`
}

func (c *command) listTemplates(ctx context.Context) error {
	known, ok, err := c.look(ctx)
	if err != nil {
		return err
	}
	all, rows := []templateJSON{}, [][]string{}
	for _, t := range c.settings.Templates.List() {
		j := templateJSON{Name: t.Name, Kind: t.Kind, Step: t.Step, Channel: t.Channel, Temperature: t.Temperature, Language: t.Language, Variant: t.Variant,
			Last: t.Last, Subject: t.Subject, When: t.When, File: t.File, Tags: known.tags(ok, t)}
		says := t.When
		if ok {
			tried := known.tried[t.Key()]
			j.Sent, j.Answered = &tried.Sent, &tried.Answered
			if tried.Sent > 0 {
				says += " (" + tried.Says() + ")"
			}
		}
		all = append(all, j)
		rows = append(rows, []string{t.Key(), t.Kind, t.Channel, says})
	}
	if c.flags.JSON {
		c.print(all)
		return nil
	}
	c.table(rows)
	return nil
}

// tags are the values that templates use and that depend on the contact, each once, by name.
func (d desktop) tags(known bool, ts ...template.Template) []tagJSON {
	all := []tagJSON{}
	for _, t := range ts {
		tags, err := t.Tags()
		if err != nil {
			continue // a starter that cannot be read is a mistake of ours, which its test finds
		}
		for _, tag := range tags {
			n, matters := d.coverage.Of(tag.Name)
			if !matters || slices.ContainsFunc(all, func(other tagJSON) bool { return other.Name == tag.Name }) {
				continue
			}
			j := tagJSON{Name: tag.Name}
			if known {
				percent := d.coverage.Percent(n)
				j.Contacts, j.Percent = &n, &percent
			}
			all = append(all, j)
		}
	}
	slices.SortFunc(all, func(a, b tagJSON) int { return strings.Compare(a.Name, b.Name) })
	return all
}

func (c *command) checkTemplates(ctx context.Context) error {
	known, ok, err := c.look(ctx)
	if err != nil {
		return err
	}
	s := *c.settings
	list := s.Templates.List()
	failed := c.tellFindings(findings(inside(s.Mistakes, s.Paths.Templates), "mistake"),
		fmt.Sprintf("All %d templates are right.", len(list)), ExitFailed)
	if ok && known.coverage.Contacts > 0 && !c.flags.JSON {
		c.say("")
		c.sayCoverage(known, list...)
	}
	return failed
}

// sayCoverage says of how many contacts the tags of templates are known: with the others they stay blanks, or what
// depends on them is left out.
func (c *command) sayCoverage(known desktop, ts ...template.Template) {
	n := known.coverage.Contacts
	if n == 1 {
		c.say("Of your one contact is known:")
	} else {
		c.say("Of your %d contacts is known:", n)
	}
	var rows [][]string
	for _, tag := range known.tags(true, ts...) {
		rows = append(rows, []string{tag.Name, fmt.Sprintf("%d %%", *tag.Percent), fmt.Sprintf("%d of %d", *tag.Contacts, n)})
	}
	c.table(rows)
}

func (c *command) previewTemplate(cmd *cobra.Command, args []string) error {
	s := c.lenient()
	t, err := s.template(args[0])
	if err != nil {
		return err
	}
	if len(args) > 1 {
		c.settings = nil // this needs the config to be right
		return c.desk(func(ctx context.Context, s *Session, _ []string) error {
			to, d, err := s.draft(ctx, strings.Join(args[1:], " "), t.Key())
			if err != nil {
				return err
			}
			c.tellDraft(d, &to)
			return nil
		})(cmd, nil)
	}
	return c.previewForStranger(cmd.Context(), t)
}

// template finds a template by its name. One whose file has a mistake is not unknown: the mistake is what is said.
func (s Settings) template(name string) (template.Template, error) {
	t, ok := s.Templates.Find(name)
	if ok {
		return t, nil
	}
	broken := inside(s.Mistakes, s.Paths.Templates)
	for _, m := range broken {
		if base := filepath.Base(m.File); strings.EqualFold(strings.TrimSuffix(base, filepath.Ext(base)), name) {
			return t, model.Errorf(model.Invalid, "The template %q cannot be used: %s", name, m)
		}
	}
	var names []string
	for _, t := range s.Templates.List() {
		names = append(names, t.Key())
	}
	said := fmt.Sprintf("There is no template %q", name)
	if near := text.Nearest(name, names); near != "" {
		said += fmt.Sprintf("; did you mean %q?", near)
	} else {
		said += ". `stoke templates list` shows them."
	}
	if len(broken) > 0 { // it may be the name that such a file would have
		said += " A file with a mistake was left out: " + broken[0].String()
	}
	return t, model.Errorf(model.NotFound, "%s", said)
}

// previewForStranger shows a template as somebody would get it of whom nothing is known.
func (c *command) previewForStranger(ctx context.Context, t template.Template) error {
	known, ok, err := c.look(ctx)
	if err != nil {
		return err
	}
	me := model.Contact{Name: c.settings.Config.Name}
	filled, err := t.Fill(template.Vars{"me": map[string]any{"name": me.Name, "first_name": me.FirstName(), "company": c.settings.Config.Company}})
	if err != nil {
		return model.Errorf(model.Invalid, "The template %s cannot be filled: %w", t.Key(), err)
	}
	c.tellDraft(model.Draft{Subject: filled.Subject, Body: filled.Body, Template: t.Key(), WhyTemplate: "you chose it"}, nil)
	if ok && known.coverage.Contacts > 0 && !c.flags.JSON && len(known.tags(true, t)) > 0 {
		c.say("")
		c.sayCoverage(known, t)
	}
	return nil
}

func (c *command) tellDraft(d model.Draft, to *model.Dossier) {
	if c.flags.JSON {
		c.print(c.draftOf(d, to))
		return
	}
	c.writeDraft(to, d)
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
