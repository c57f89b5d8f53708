package ui

import (
	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/frame"
	"stoke/ui/modal"
)

type (
	filtersMsg struct {
		all []model.Filter
		err error
	}
	// filterMsg says that a filter was kept or forgotten.
	filterMsg struct {
		says string
		err  error
	}
)

func loadFilters(o Options) tea.Cmd {
	return func() tea.Msg {
		all, err := o.Desk.Filters(o.Ctx)
		return filtersMsg{all, err}
	}
}

func keepFilter(o Options, f model.Filter) tea.Cmd {
	return func() tea.Msg {
		return filterMsg{"Kept as “" + f.Name + "”. F takes it again.", o.Desk.KeepFilter(o.Ctx, f)}
	}
}

func dropFilter(o Options, f model.Filter) tea.Cmd {
	return func() tea.Msg {
		return filterMsg{"Forgot “" + f.Name + "”. The list is narrowed to it: F keeps it again.", o.Desk.DropFilter(o.Ctx, f.Name)}
	}
}

func (r *Root) gotFilters(m filtersMsg) tea.Cmd {
	present := r.list().Search()
	switch {
	case m.err != nil:
		return r.fail("read the filters", m.err)
	case r.modal != nil:
		return nil
	case len(m.all) == 0 && present == "":
		return r.say(toastWarn, "No filter is kept yet. / narrows the list, like tag:partner value:5k; then F keeps it.")
	}
	r.modal = modal.NewFilters(r.look, m.all, present)
	return nil
}

func (r *Root) gotFilter(m filterMsg) tea.Cmd {
	if m.err != nil {
		return r.fail("change the filters", m.err)
	}
	return r.say(toastDone, frame.Plain(m.says))
}

// useFilter narrows the list that is shown.
func (r *Root) useFilter(text string) tea.Cmd {
	if r.place != inList {
		r.goTo(inList)
	}
	r.filter = nil
	r.list().SetSearch(text)
	return r.ask(r.list().First(), 0)
}
