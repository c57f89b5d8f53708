package cli

import (
	"context"

	"stoke/model"
	"stoke/model/text"
)

// fileJSON is a file that goes along with a mail. Type is the media type that the mail gives it.
type fileJSON struct {
	Name string `json:"name"`
	Size int64  `json:"size"` // bytes
	Type string `json:"type"`
}

func (c *command) filesOf(files []model.Attachment) []fileJSON {
	all := []fileJSON{}
	for _, f := range files {
		all = append(all, fileJSON{f.Name, f.Size, c.app.TypeOf(f.Name)})
	}
	return all
}

// sayFiles names the files of a mail, where it has any.
func (c *command) sayFiles(files []model.Attachment) {
	if len(files) > 0 {
		c.say("Files: %s", model.SayFiles(files))
	}
}

// attach adds files to those of a draft; a path that the draft has already is taken anew.
func (s *Session) attach(ctx context.Context, d *model.Draft, paths []string) error {
	for _, path := range paths {
		if path == "" {
			return usagef("--attach needs the path of a file.")
		}
		file, err := s.Desk.Attach(ctx, path)
		if err != nil {
			return err
		}
		if d.Attachments, err = model.Attached(d.Attachments, file); err != nil {
			return err
		}
		d.Edited = true
	}
	return nil
}

// confirmable says how a refusal that the rep may overrule is overruled here.
func confirmable(err error) error {
	if code := model.CodeOf(err); code.Forceable() {
		return model.Errorf(code, "%s Here, --force does that.", text.Line(err.Error()))
	}
	return err
}
