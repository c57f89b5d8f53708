package uitest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"

	"stoke/model"
)

// Attach implements ui.Desk.
func (d *Desk) Attach(_ context.Context, path string) (model.Attachment, error) {
	defer d.mu.Unlock()
	if err := d.begin("Attach"); err != nil {
		return model.Attachment{}, err
	}
	body, err := os.ReadFile(path)
	if err != nil {
		return model.Attachment{}, model.Errorf(model.NotFound, "%s is not there (any more).", path)
	}
	sum := sha256.Sum256(body)
	return model.Attachment{Path: path, Name: filepath.Base(path), Size: int64(len(body)), Sum: hex.EncodeToString(sum[:])}, nil
}

// Preview implements ui.Desk.
func (d *Desk) Preview(_ context.Context, draft model.Draft) (model.Outgoing, error) {
	defer d.mu.Unlock()
	if err := d.begin("Preview"); err != nil {
		return model.Outgoing{}, err
	}
	return d.Rules.Letter(*d.dossiers[draft.Contact], model.Approval{Draft: draft}, model.Envelope{From: d.Rules.Me}, d.now()), nil
}

// Change changes a contact behind the rep's back, as an import does.
func (d *Desk) Change(contact int64, change func(*model.Contact)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change(&d.dossiers[contact].Contact)
	clear(d.lists)
}
