package store_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stoke/model"
	"stoke/store/storetest"
)

// attaching is a letter with a file, and the file's path.
func attaching(t *testing.T, d *storetest.Desk, name string, body []byte) (model.Draft, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := d.Attach(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	draft := letter(person(t, d, "Dana Whitfield", "dana@northwind.example"))
	draft.Attachments = []model.Attachment{a}
	return draft, path
}

func TestAFileIsFrozenWhenTheMailIsApproved(t *testing.T) {
	ctx, d := context.Background(), storetest.Open(t)
	draft, path := attaching(t, d, "offer.pdf", []byte("the offer"))
	if _, err := d.SaveDraft(ctx, draft); err != nil {
		t.Fatal(err)
	}
	kept, err := d.Open(ctx, draft.Contact)
	if err != nil || len(kept.Draft.Attachments) != 1 || kept.Draft.Attachments[0] != draft.Attachments[0] {
		t.Fatalf("the draft keeps %+v, %v", kept.Draft, err)
	}
	_, out, err := d.Send(ctx, model.Approval{Draft: *kept.Draft, Single: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("another offer"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.Pass(d.Rules().Rules.UndoWindow)
	claimed, err := d.Claim(ctx, storetest.Account, "me", true)
	if err != nil || claimed == nil || len(claimed.Files) != 1 || string(claimed.Files[0]) != "the offer" {
		t.Fatalf("claimed %+v, %v", claimed, err)
	}
	if err := d.Freeze(ctx, out.ID, "me", []byte("raw octets"), 0); err != nil {
		t.Fatal(err)
	}
	again, err := d.Outgoing(ctx, out.ID)
	if err != nil || again.Files != nil || string(again.Raw) != "raw octets" || len(again.Attachments) != 1 {
		t.Errorf("frozen: %+v, %v", again, err)
	}
	if err := d.Commit(ctx, out.ID, "me"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Settle(ctx, out.ID, "me", model.Result{Turn: model.TurnAccepted}); err != nil {
		t.Fatal(err)
	}
	if err := d.Copied(ctx, out.ID); err != nil {
		t.Fatal(err)
	}
	if sent, err := d.Outgoing(ctx, out.ID); err != nil || sent.Raw != nil || sent.Attachments[0].Name != "offer.pdf" {
		t.Errorf("a mail that is out and copied keeps %d octets, %v", len(sent.Raw), err)
	}
}

func TestAFileThatChangedOrVanishedIsSaidBeforeItIsSent(t *testing.T) {
	ctx, d := context.Background(), storetest.Open(t)
	draft, path := attaching(t, d, "offer.pdf", []byte("the offer"))
	if err := os.WriteFile(path, []byte("the offEr"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, ask := range map[string]func(model.Approval) error{
		"gate": func(a model.Approval) error { return d.Gate(ctx, a) },
		"send": func(a model.Approval) error { _, _, err := d.Send(ctx, a); return err },
	} {
		if err := ask(model.Approval{Draft: draft, Single: true}); model.CodeOf(err) != model.GateAttachment || !strings.Contains(err.Error(), "offer.pdf was changed") {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, out, err := d.Send(ctx, model.Approval{Draft: draft, Single: true, Force: true})
	if err != nil {
		t.Fatal(err)
	}
	d.Pass(d.Rules().Rules.UndoWindow)
	if claimed, err := d.Claim(ctx, storetest.Account, "me", true); err != nil || string(claimed.Files[0]) != "the offEr" || claimed.Attachments[0].Sum == draft.Attachments[0].Sum {
		t.Errorf("the rep saw it and sent it: %+v, %v", claimed, err)
	}
	if out.Attachments[0].Sum == draft.Attachments[0].Sum {
		t.Error("what is told of the file is what it was")
	}

	d = storetest.Open(t)
	draft, path = attaching(t, d, "gone.pdf", []byte("x"))
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Send(ctx, model.Approval{Draft: draft, Single: true, Force: true}); model.CodeOf(err) != model.NotFound || !strings.Contains(err.Error(), "is not there (any more)") {
		t.Errorf("gone: %v", err)
	}
	if mails, err := d.Outbox(ctx, 10); err != nil || len(mails) != 0 {
		t.Errorf("and something was queued: %v %v", mails, err)
	}
}

func TestAMailTakenBackHasItsFilesAgain(t *testing.T) {
	ctx, d := context.Background(), storetest.Open(t)
	draft, _ := attaching(t, d, "offer.pdf", bytes.Repeat([]byte("x"), 100_000))
	change, out, err := d.Send(ctx, model.Approval{Draft: draft, Single: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Undo(ctx, change.ID); err != nil {
		t.Fatal(err)
	}
	back, err := d.Open(ctx, draft.Contact)
	if err != nil || back.Draft == nil || len(back.Draft.Attachments) != 1 {
		t.Fatalf("back: %+v, %v", back.Draft, err)
	}
	if o, err := d.Outgoing(ctx, out.ID); err != nil || len(o.Files) != 0 {
		t.Errorf("the bytes of a mail that does not leave stay: %v", err)
	}
	if _, _, err := d.Send(ctx, model.Approval{Draft: *back.Draft, Single: true}); err != nil {
		t.Errorf("and it can be sent again: %v", err)
	}
}

func TestWhatCannotBeAttachedIsNamed(t *testing.T) {
	ctx, d, dir := context.Background(), storetest.Open(t), t.TempDir()
	large := filepath.Join(dir, "large.bin")
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, model.MaxAttached+1); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(dir, "esc\x1b]0;x\a\nname.txt")
	if err := os.WriteFile(secret, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		dir: "is a folder", large: "at most 25 MB", filepath.Join(dir, "none"): "is not there", "/dev/null": "is no file",
	} {
		if _, err := d.Attach(ctx, path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if a, err := d.Attach(ctx, secret); err != nil || strings.ContainsAny(a.Name, "\x1b\a\n") {
		t.Errorf("%q, %v", a.Name, err)
	}
}

func TestWhoGotAMailIsKept(t *testing.T) {
	ctx, d := context.Background(), storetest.Open(t)
	c := person(t, d, "Dana Whitfield", "dana@northwind.example")
	draft := letter(c)
	draft.Cc = []model.Address{{Name: "Marta", Addr: "marta@northwind.example"}}
	if _, _, err := d.Send(ctx, model.Approval{Draft: draft, Single: true}); err != nil {
		t.Fatal(err)
	}
	d.Pass(d.Rules().Rules.UndoWindow)
	o, err := d.Claim(ctx, storetest.Account, "me", true)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Commit(ctx, o.ID, "me"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Settle(ctx, o.ID, "me", model.Result{Turn: model.TurnAccepted}); err != nil {
		t.Fatal(err)
	}
	dossier, err := d.Open(ctx, c.ID)
	if err != nil || len(dossier.Interactions) != 1 {
		t.Fatal(dossier, err)
	}
	to, cc, err := dossier.Everyone(model.Draft{InReplyTo: o.MessageID}, []string{o.From.Addr})
	if err != nil || len(to) != 1 || to[0].Addr != c.Email() || len(cc) != 1 || cc[0] != draft.Cc[0] {
		t.Errorf("to %v, cc %v, %v", to, cc, err)
	}
}

// A copy of everybody is checked against the list of those who must not be mailed.
func TestNobodyInCopyIsMailedAgainstTheirWill(t *testing.T) {
	ctx, d := context.Background(), storetest.Open(t)
	draft := letter(person(t, d, "Dana Whitfield", "dana@northwind.example"))
	draft.Cc = []model.Address{{Addr: "ok@northwind.example"}, {Addr: "left@northwind.example"}}
	if _, err := d.Suppress(ctx, "left@northwind.example", "asked not to be mailed"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Send(ctx, model.Approval{Draft: draft, Single: true, Force: true}); model.CodeOf(err) != model.GateSuppressed || !strings.Contains(err.Error(), "left@northwind.example") {
		t.Errorf("%v", err)
	}
}
