package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"stoke/model"
	"stoke/model/text"
)

// Attach looks at a file that the rep wants to send and says what would go: its name, its size and a mark of its bytes. It
// keeps nothing; the bytes are read again when the mail is approved. Errors name the file and say what is wrong with it.
func (s *Store) Attach(_ context.Context, path string) (model.Attachment, error) {
	a, _, err := readAttached(path)
	return a, err
}

// readAttached reads a whole file that is to go with a mail.
func readAttached(path string) (a model.Attachment, body []byte, err error) {
	if path, err = filepath.Abs(path); err != nil {
		return a, nil, err
	}
	a = model.Attachment{Path: path, Name: text.Line(filepath.Base(path))}
	refused := func(err error) error {
		var at *fs.PathError
		if errors.As(err, &at) {
			err = at.Err
		}
		if errors.Is(err, fs.ErrNotExist) {
			return model.Errorf(model.NotFound, "%s is not there (any more).", text.Line(path))
		}
		return model.Errorf(model.NotFound, "Could not read %s: %w.", text.Line(path), err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return a, nil, refused(err)
	}
	a.Size = info.Size()
	switch {
	case info.IsDir():
		return a, nil, model.Errorf(model.Invalid, "%s is a folder. Choose a file in it, or pack it first.", text.Line(path))
	case !info.Mode().IsRegular(): // opening a pipe would wait for ever
		return a, nil, model.Errorf(model.Invalid, "%s is no file.", text.Line(path))
	}
	if err := model.Weigh([]model.Attachment{a}); err != nil {
		return a, nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return a, nil, refused(err)
	}
	defer f.Close()
	if body, err = io.ReadAll(io.LimitReader(f, model.MaxAttached+1)); err != nil {
		return a, nil, refused(err)
	}
	sum := sha256.Sum256(body)
	a.Size, a.Sum = int64(len(body)), hex.EncodeToString(sum[:])
	return a, body, model.Weigh([]model.Attachment{a})
}

// frozen reads the files of a draft as they will leave, and corrects what the draft says about them where the rep sends
// them although they were changed. A file that is gone, or that changed unseen, is an error.
func frozen(a *model.Approval) ([][]byte, error) {
	if len(a.Draft.Attachments) == 0 {
		return nil, nil
	}
	if err := model.Weigh(a.Draft.Attachments); err != nil {
		return nil, err
	}
	var bodies [][]byte
	now := make([]model.Attachment, 0, len(a.Draft.Attachments))
	for _, was := range a.Draft.Attachments {
		is, body, err := readAttached(was.Path)
		if model.CodeOf(err) == model.NotFound {
			err = model.Errorf(model.NotFound, "%w In the draft, ctrl+l takes it out or attaches another.", err)
		}
		if err == nil && !a.Force {
			err = was.Now(is.Size, is.Sum)
		}
		if err != nil {
			return nil, err
		}
		is.Name = was.Name
		bodies, now = append(bodies, body), append(now, is)
	}
	a.Draft.Attachments = now
	return bodies, model.Weigh(now)
}

func (t *tx) keepFiles(mail int64, bodies [][]byte) error {
	for i, body := range bodies {
		if body == nil {
			body = []byte{}
		}
		if _, err := t.exec("INSERT INTO attachment (outgoing, position, body) VALUES (?, ?, ?)", mail, int64(i), body); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) files(mail int64) (bodies [][]byte, err error) {
	err = t.each("SELECT body FROM attachment WHERE outgoing = ? ORDER BY position", []any{mail}, func(rows *sql.Rows) error {
		var body []byte
		err := rows.Scan(&body)
		bodies = append(bodies, body)
		return err
	})
	return bodies, err
}

// dropFiles forgets the bytes of a mail's files: they are part of its own bytes by now, or it will not leave.
func (t *tx) dropFiles(mail int64) error {
	_, err := t.exec("DELETE FROM attachment WHERE outgoing = ?", mail)
	return err
}
