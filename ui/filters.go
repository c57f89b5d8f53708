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
		filter    model.Filter
		forgotten bool
		err       error
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
		return filterMsg{f, false, o.Desk.KeepFilter(o.Ctx, f)}
	}
}

func dropFilter(o Options, f model.Filter) tea.Cmd {
	return func() tea.Msg {
		return filterMsg{f, true, o.Desk.DropFilter(o.Ctx, f.Name)}
	}
}

func (r *Root) gotFilters(m filtersMsg) tea.Cmd {
	r.opening = false
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
	name := frame.Plain(m.filter.Name)
	switch {
	case m.err != nil:
		return r.fail("change the filters", m.err)
	case !m.forgotten:
		return r.say(toastDone, "Kept as “"+name+"”. F takes it again.")
	}
	if w, ok := r.modal.(*modal.Filters); ok {
		w.Forget(m.filter.Name)
	}
	r.say(toastDone, "Forgot “"+name+"”.")
	r.toast.filter = &m.filter
	return nil
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
