package modal

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/action"
	"stoke/ui/field"
	"stoke/ui/frame"
)

// Entry is one name in a folder.
type Entry struct {
	Name   string
	Folder bool
	Size   int64 // bytes of a file
}

// Lister is a modal that asked what is in a folder.
type Lister interface {
	// Listed brings the folder of one Ask; wrong says why it cannot be read.
	Listed(ask int, in []Entry, wrong string)
}

// Attach asks for a file by its path, which completes as it is typed, and
// lists what is attached already, to take it out again.
type Attach struct {
	chooser
	attached []model.Attachment
	ask      int
	folder   string // that was asked for; as typed, with its last slash
	in       []Entry
	known    bool // in is what is in folder
	complete bool // tab was pressed before the folder was known
}

// NewAttach returns the question, which begins in a folder: "~/" or as typed,
// with its last slash.
func NewAttach(look frame.Look, folder string, attached []model.Attachment) *Attach {
	a := &Attach{attached: attached, chooser: chooser{look: look, title: "Attach a file", width: 70, field: field.New(look.Theme),
		foot: "tab completes · enter attaches, or opens a folder · esc back"}}
	a.field.SetText(folder)
	a.field.ToEnd()
	return a
}

// Ask is what the modal wants to know now: its folder, when that is another
// one by now, else nothing.
func (a *Attach) Ask() action.Action {
	folder, _ := a.parts()
	if folder == a.folder && a.ask > 0 {
		a.list()
		return nil
	}
	a.ask++
	a.folder, a.in, a.known = folder, nil, false
	a.aside, a.wrong = "…", false
	a.list()
	return action.ListFolder{Ask: a.ask, Folder: folder}
}

// parts are the folder, with its last slash, and the beginning of a name.
func (a *Attach) parts() (folder, name string) {
	typed := a.field.Text()
	at := strings.LastIndexByte(typed, '/') + 1
	return typed[:at], typed[at:]
}

// Listed implements Lister.
func (a *Attach) Listed(ask int, in []Entry, wrong string) {
	if ask != a.ask {
		return
	}
	a.in, a.known, a.aside, a.wrong = in, wrong == "", wrong, wrong != ""
	a.list()
	if a.complete {
		a.complete = false
		a.finish()
	}
}

// list makes the options: the names that begin as typed, then what is attached,
// where the cursor is only when it was moved there.
func (a *Attach) list() {
	folder, name := a.parts()
	a.options, a.at = a.options[:0], 0
	for _, e := range a.matches(name) {
		o := option{label: e.Name, right: model.SaySize(e.Size), does: action.Attach{Path: folder + e.Name}}
		if e.Folder {
			o.label, o.right, o.does = e.Name+"/", "", nil
		}
		a.options = append(a.options, o)
	}
	if len(a.options) == 0 {
		a.at = nowhere
	}
	for _, f := range a.attached {
		a.options = append(a.options, option{label: f.Says() + " goes along", right: "enter takes it out", does: action.Detach{Path: f.Path}})
	}
}

// matches are the names that begin as typed, folders too, the exact one first.
// What begins with a dot is hidden until a dot is typed.
func (a *Attach) matches(name string) []Entry {
	var all []Entry
	for _, e := range a.in {
		if len(e.Name) < len(name) || !strings.EqualFold(e.Name[:len(name)], name) || strings.HasPrefix(e.Name, ".") && name == "" {
			continue
		}
		if e.Name == name {
			all = slices.Insert(all, 0, e)
		} else {
			all = append(all, e)
		}
	}
	return all
}

// Press implements Modal.
func (a *Attach) Press(press tea.KeyPressMsg) action.Action {
	switch press.String() {
	case "tab":
		if !a.known && !a.wrong {
			a.complete = true
			return nil
		}
		return a.finish()
	case "enter":
		return a.enter()
	}
	chosen, did := a.press(press)
	if did == typed {
		return a.Ask()
	}
	return chosen
}

// finish completes the name as far as all that begin so agree.
func (a *Attach) finish() action.Action {
	folder, name := a.parts()
	all := a.matches(name)
	if len(all) == 0 {
		return nil
	}
	if len(all) == 1 && all[0].Folder {
		return a.enterFolder(folder + all[0].Name)
	}
	common := all[0].Name
	for _, e := range all[1:] {
		for !strings.HasPrefix(strings.ToLower(e.Name), strings.ToLower(common)) {
			_, size := utf8.DecodeLastRuneInString(common)
			common = common[:len(common)-size]
		}
	}
	if len(common) <= len(name) && len(all) > 1 {
		a.move(1)
		return nil
	}
	a.field.SetText(folder + common)
	a.field.ToEnd()
	return a.Ask()
}

// enter takes the file, or opens the folder, under the cursor; what is typed
// and known to nobody is for the store to judge.
func (a *Attach) enter() action.Action {
	folder, name := a.parts()
	if a.at != nowhere {
		if does := a.options[a.at].does; does != nil {
			return does
		}
		return a.enterFolder(folder + strings.TrimSuffix(a.options[a.at].label, "/"))
	}
	if name == "" {
		return nil
	}
	return action.Attach{Path: folder + name}
}

func (a *Attach) enterFolder(path string) action.Action {
	a.field.SetText(path + "/")
	a.field.ToEnd()
	return a.Ask()
}

// Paste implements Modal. A terminal pastes the path of a file that is dropped
// into it.
func (a *Attach) Paste(text string) action.Action {
	text = dropped(strings.TrimSpace(text))
	if strings.HasPrefix(text, "/") || strings.HasPrefix(text, "~/") {
		a.field.SetText("")
	}
	a.chooser.Paste(text)
	return a.Ask()
}

// escaped is a character that a shell would take as it is.
var escaped = regexp.MustCompile(`\\(.)`)

// dropped is the path of a dropped file, which terminals write for a shell, in
// quotes or with a backslash before what a shell would not take as it is, or as
// a URL.
func dropped(text string) string {
	n := len(text)
	switch {
	case n > 1 && text[0] == '\'' && text[n-1] == '\'':
		text = strings.ReplaceAll(text[1:n-1], `'\''`, "'")
	case n > 1 && text[0] == '"' && text[n-1] == '"':
		text = text[1 : n-1]
	default:
		text = escaped.ReplaceAllString(text, "$1")
	}
	at, isURL := strings.CutPrefix(text, "file://")
	if !isURL {
		return text
	}
	at = at[max(0, strings.IndexByte(at, '/')):] // before it, perhaps, this machine's name
	if path, err := url.PathUnescape(at); err == nil {
		return path
	}
	return at
}
