package cli_test

import (
	"strings"
	"testing"

	"stoke/model"
	"stoke/ui/uitest"
)

// A mail that has not left can be written anew: edit takes it back and gives its draft, files and all.
func TestAMailOnItsWayIsEdited(t *testing.T) {
	h := open(t)
	ids := uitest.Cast(h.desk.Desk)
	var sent struct {
		ID int64 `json:"outbox_id"`
	}
	h.json(&sent, "send", "Hal", "--body-file", "testdata/mail.eml", "--subject", "The racks", "--attach", file(t, "offer.pdf", 9), "--yes")
	var draft struct {
		Subject, Body string
		Files         []fileOf
	}
	h.json(&draft, "outbox", "edit", itoa(sent.ID))
	if draft.Subject != "The racks" || draft.Body == "" || len(draft.Files) != 1 || draft.Files[0].Name != "offer.pdf" {
		t.Errorf("edit gives %+v", draft)
	}
	if mails := h.desk.Mails(); mails[0].State.Owed() {
		t.Errorf("the mail is %s", mails[0].State)
	}
	if r := h.run("outbox", "edit", itoa(sent.ID)); r.code == 0 {
		t.Errorf("a second time: %+v", r)
	}
	h.json(&sent, "send", "Hal", "--yes")
	if r := h.run("outbox", "edit", itoa(sent.ID)); r.code != 0 || !strings.Contains(r.out, "It is a draft again. stoke send "+itoa(ids["Hal"])) {
		t.Errorf("%+v", r)
	}

	doubt := h.desk.Queue(model.Outgoing{Contact: ids["Tom"], To: []model.Address{{Addr: "tom@halden.example"}}, State: model.AskRep, DotAt: now})
	if r := h.run("outbox", "edit", itoa(doubt)); r.code != 1 || !strings.Contains(r.err, "outbox resolve "+itoa(doubt)) {
		t.Errorf("in doubt: %+v", r)
	}
}
