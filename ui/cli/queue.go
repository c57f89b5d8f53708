package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"stoke/model"
	"stoke/model/text"
)

// listing is which list is asked for, and which part of it.
type listing struct {
	view, search, tag string
	narrow            model.Narrowing // by the flags, beside the search
	filter            string          // the name of a kept one
	limit             int
}

// narrowed is the whole search.
func (s *Session) narrowed(ctx context.Context, l listing) (string, error) {
	search := strings.TrimSpace(l.narrow.Terms() + " " + l.search)
	if l.filter == "" {
		return search, nil
	}
	kept, err := s.Desk.Filters(ctx)
	if err != nil {
		return "", err
	}
	var names []string
	for _, f := range kept {
		if strings.EqualFold(f.Name, l.filter) {
			return strings.TrimSpace(f.Text + " " + search), nil
		}
		names = append(names, f.Name)
	}
	if len(names) == 0 {
		return "", model.Errorf(model.NotFound, "No filter is kept yet. On the screen, / narrows a list and F keeps it.")
	}
	return "", model.Errorf(model.NotFound, "There is no filter %q; there is %s.", l.filter, strings.Join(names, ", "))
}

// views are the words of --view.
var views = []string{"queue", "waiting", "snoozed", "nurture", "retired", "people", "unsorted"}

func (c *command) queue() *cobra.Command {
	var l listing
	cmd := &cobra.Command{Use: "queue", Short: "Whom to write to now, and why",
		RunE: func(cmd *cobra.Command, _ []string) error { return c.printQueue(cmd.Context(), l) }}
	f := cmd.Flags()
	f.StringVar(&l.view, "view", "queue", strings.Join(views, "|"))
	f.StringVar(&l.search, "search", "", "only those whose name, company, title, address, phone or tag has words that begin so; also tag: company: seq: kind: value:")
	f.StringVar(&l.tag, "tag", "", "only those with this tag")
	f.StringVar(&l.narrow.Company, "company", "", "only those whose company begins so")
	f.StringVar(&l.narrow.Sequence, "sequence", "", "only those in this sequence")
	f.StringVar(&l.narrow.Kind, "kind", "", "only those whose next touch is of this kind")
	f.Var((*amount)(&l.narrow.Value), "value", "only those with an open deal of at least so much")
	f.StringVar(&l.filter, "filter", "", "as the filter that was kept under this name")
	f.IntVar(&l.limit, "limit", 0, "at most so many (0: all)")
	return cmd
}

func (c *command) printQueue(ctx context.Context, l listing) error {
	if !known(l.view, views) {
		said := fmt.Sprintf("There is no view %q; it is one of %s.", l.view, strings.Join(views, ", "))
		if near := text.Nearest(l.view, views); near != "" {
			said = fmt.Sprintf("There is no view %q; did you mean %q?", l.view, near)
		}
		return usagef("%s", said)
	}
	if kinds := model.TouchKinds(); l.narrow.Kind != "" && !slices.ContainsFunc(kinds, func(k string) bool { return strings.HasPrefix(k, strings.ToLower(l.narrow.Kind)) }) {
		return usagef("There is no kind %q; it is one of %s.", l.narrow.Kind, strings.Join(kinds, ", "))
	}
	if l.limit < 0 {
		return usagef("--limit must be 0 or more.")
	}
	return c.desk(func(ctx context.Context, s *Session, _ []string) error {
		n, err := s.Desk.Counts(ctx)
		if err != nil {
			return err
		}
		if l.search, err = s.narrowed(ctx, l); err != nil {
			return err
		}
		rows, err := s.rows(ctx, l)
		if err != nil {
			return err
		}
		if !c.flags.JSON {
			c.writeQueue(l, n, rows)
			return nil
		}
		j := queueJSON{Counts: countsJSON{n.Now, n.Hot, n.Warm, n.Cold, n.Overdue, n.Unsorted}, Items: []itemJSON{}}
		for _, r := range rows {
			j.Items = append(j.Items, c.itemOf(r, s.Rulebook.Rules))
		}
		c.print(j)
		return nil
	})(c.inContext(ctx), nil)
}

// inContext is a command to run a function as, outside of cobra's own way.
func (c *command) inContext(ctx context.Context) *cobra.Command {
	cmd := &cobra.Command{}
	cmd.SetContext(ctx)
	return cmd
}

// rows reads a list page by page, by key.
func (s *Session) rows(ctx context.Context, l listing) ([]model.Row, error) {
	const page = 500
	var all []model.Row
	q := model.Query{View: model.View(l.view), Search: l.search, Tag: l.tag}
	for {
		q.Limit = page
		if l.limit > 0 {
			q.Limit = min(page, l.limit-len(all))
		}
		p, err := s.Desk.Rows(ctx, q)
		if err != nil {
			return nil, err
		}
		all = append(all, p.Rows...)
		if !p.More || len(p.Rows) == 0 || l.limit > 0 && len(all) >= l.limit {
			return all, nil
		}
		last := p.Rows[len(p.Rows)-1].Key
		q.After = &last
	}
}

func (c *command) writeQueue(l listing, n model.Counts, rows []model.Row) {
	if len(rows) == 0 {
		c.say("%s", empty(l, n))
		return
	}
	now := c.clock()
	var block [][]string
	group := ""
	flush := func() {
		c.table(block)
		block = nil
	}
	for _, r := range rows {
		if title := r.Place.Group.String(); l.view == "queue" && title != group {
			flush()
			c.say("%s", strings.ToUpper(title))
			group = title
		}
		status := ""
		if r.Place.Status(now) == model.Red {
			status = "overdue"
		}
		block = append(block, []string{strconv.FormatInt(r.Contact.ID, 10), r.Temperature.String(), called(r.Contact), r.Contact.Company, status, r.Why(now)})
	}
	flush()
	if n.Unsorted > 0 && l.view == "queue" {
		c.say("%d people to sort.", n.Unsorted)
	}
}

// empty answers "what now?" where a list has nothing in it.
func empty(l listing, n model.Counts) string {
	switch {
	case l.search != "" || l.tag != "":
		return "Nobody fits."
	case l.view == "queue" && n.People == 0:
		return "Nobody is here yet. `stoke import FILE` or `stoke add EMAIL` brings people in."
	case l.view == "queue" && n.Unsorted > 0:
		return "Nothing waits for you now. " + many(n.Unsorted) + " to be sorted."
	case l.view == "queue" && n.Waiting > 0:
		return "Nothing waits for you now. " + many(n.Waiting) + " waiting for a date or an answer."
	case l.view == "queue":
		return "Nothing waits for you now."
	}
	return "Nobody stands here."
}

func many(n int) string {
	if n == 1 {
		return "1 person is"
	}
	return fmt.Sprintf("%d people are", n)
}

func (c *command) next() *cobra.Command {
	return &cobra.Command{Use: "next", Short: "The first of the queue",
		RunE: c.desk(func(ctx context.Context, s *Session, _ []string) error {
			rows, err := s.rows(ctx, listing{view: "queue", limit: 1})
			if err != nil {
				return err
			}
			switch {
			case c.flags.JSON && len(rows) == 0:
				c.print((*itemJSON)(nil))
			case c.flags.JSON:
				c.print(c.itemOf(rows[0], s.Rulebook.Rules))
			case len(rows) == 0:
				c.say("Nothing waits for you now.")
			default:
				r := rows[0]
				c.say("%d %s, %s: %s", r.Contact.ID, describe(r.Contact), r.Temperature, r.Why(c.clock()))
			}
			return nil
		})}
}

func known(word string, words []string) bool {
	for _, w := range words {
		if w == word {
			return true
		}
	}
	return false
}
