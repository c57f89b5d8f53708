package cli_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"stoke/model"
	"stoke/ui/uitest"
)

func TestWithoutAConfigThereAreThreeLinesOnHowToBegin(t *testing.T) {
	for _, args := range [][]string{{}, {"queue"}, {"send", "dana", "--yes"}, {"config", "check"}} {
		h := open(t)
		h.config = "-"
		r := h.run(args...)
		if r.code != 78 || r.out != "" || strings.Count(r.err, "\n") != 3 || !strings.Contains(r.err, "stoke demo") || !strings.Contains(r.err, "/home/r/config.toml") {
			t.Errorf("stoke %v: exit %d, %q, %q", args, r.code, r.out, r.err)
		}
		r = h.run(append(args, "--json")...)
		if errorCode(t, r.out) != "config" {
			t.Errorf("stoke %v --json: %q", args, r.out)
		}
		if h.opened != 0 {
			t.Errorf("stoke %v opened a database", args)
		}
	}
}

func TestWhatNeedsNoConfigWorksWithoutOneAndWithABrokenOne(t *testing.T) {
	for _, config := range []string{"-", "nam = 1"} {
		for _, args := range [][]string{{"when", "fri", "2pm"}, {"explain", "testdata/mail.eml"}, {"version"}, {"keys"}, {"themes"}, {"setup"},
			{"config", "path"}, {"templates", "list"}, {"sequences", "list"}, {"sequences", "check"}, {"--help"}, {"completion", "bash"}} {
			h := open(t)
			h.config = config
			if r := h.run(args...); r.code != 0 || r.out == "" {
				t.Errorf("stoke %v with config %q: exit %d, %s", args, config, r.code, r.err)
			}
		}
	}
}

func TestEveryMistakeOfTheConfigIsToldAtOnce(t *testing.T) {
	h := open(t)
	h.config = "nam = 1\n[ui]\nglyphs = \"x\"\n"
	r := h.run("queue")
	if r.code != 78 || strings.Count(r.err, "/home/r/config.toml:") != 2 {
		t.Errorf("exit %d, %q", r.code, r.err)
	}
	h.config = account + "[ui]\ntheme = \"drak\"\n[keys]\nsnoze = \"s\"\n"
	var found []struct {
		File, Level, Message string
		Line                 int
	}
	r = h.run("config", "check", "--json")
	if err := json.Unmarshal([]byte(r.out), &found); err != nil || r.code != 78 || len(found) != 2 || found[0].Line != 8 || !strings.Contains(found[0].Message, `did you mean "dark"?`) {
		t.Errorf("exit %d, %v, %q", r.code, err, r.out)
	}
	h.config = account
	if r := h.run("config", "check"); r.code != 0 || !strings.Contains(r.out, "me@acme.test") {
		t.Errorf("a good config: exit %d, %q", r.code, r.out)
	}
	if r := h.run("templates", "check"); r.code != 1 || !strings.Contains(r.out, "/home/r/data/templates/x.md:3: ") {
		t.Errorf("a bad template: exit %d, %q", r.code, r.out)
	}
}

func TestBareStokeIsTheScreenOrTheQueue(t *testing.T) {
	h := open(t)
	uitest.Cast(h.desk.Desk)
	if r := h.run(); r.code != 0 || !strings.Contains(r.out, "NOW") || !strings.Contains(r.out, "Dana Whitfield") || h.said != nil {
		t.Errorf("without a terminal: exit %d, %q, %v", r.code, r.out, h.said)
	}
	h.terminal = true
	if r := h.run(); r.code != 0 || !slices.Equal(h.said, []string{"screen"}) || r.out != "" {
		t.Errorf("in a terminal: %+v, %v", r, h.said)
	}
	if r := h.run("--json"); !strings.HasPrefix(r.out, `{"counts":`) {
		t.Errorf("--json in a terminal: %q", r.out)
	}
	h.config, h.said = "-", nil
	if r := h.run(); r.code != 78 || !strings.Contains(r.out, "stoke demo") || !strings.Contains(r.out, "[[account]]") || h.said != nil {
		t.Errorf("in a terminal without a config: %+v, %v", r, h.said)
	}
}

func TestExitCodes(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		code int
		json string
	}{
		{"offline", model.Errorf(model.Offline, "No connection."), 75, "offline"},
		{"password", model.Errorf(model.AuthError, "The server refused the login."), 77, "auth"},
		{"conflict", model.Errorf(model.Conflict, "That is so already."), 1, "conflict"},
		{"newer", model.Errorf(model.Newer, "A newer stoke wrote this."), 1, "newer"},
		{"gate", model.Errorf(model.GateBlank, "There is a blank."), 1, "blank"},
		{"plain", errors.New("disk \x1b[31mfull"), 1, "failed"},
		{"wrapped", fmt.Errorf("look: %w", model.Errorf(model.NotFound, "Nobody.")), 1, "not_found"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := open(t)
			h.desk.Fails = c.err
			r := h.run("queue", "--json")
			if r.code != c.code || errorCode(t, r.out) != c.json || strings.Count(r.err, "\n") != 1 {
				t.Errorf("exit %d, %q, %q", r.code, r.out, r.err)
			}
			if r = h.run("queue"); r.out != "" || strings.Count(r.err, "\n") != 1 {
				t.Errorf("without --json: %+v", r)
			}
		})
	}
}

func TestWrongCallsAreUsageWithAWayOut(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"quee", `There is no command "stoke quee"; did you mean "queue"?`},
		{"outbox shw", `There is no command "stoke outbox shw"; did you mean "show"?`},
		{"queue --vew x", "Unknown flag: --vew. `stoke queue --help` shows what there is."},
		{"queue --view snozed", `There is no view "snozed"; did you mean "snoozed"?`},
		{"queue --limit -1", "--limit must be 0 or more."},
		{"queue --value -1", `--value: "-1" is no amount. Write it like 12000 or 12k.`},
		{"queue --limit ten", "--limit: \"ten\" is no whole number. `stoke queue --help` shows what there is."},
		{"edit Tom --deal-value abc", `--deal-value: "abc" is no amount. Write it like 12000 or 12k.`},
		{"queue --kind foo", `There is no kind "foo"; it is one of inquiry, reply, promise, first, step, alive, next, nurture.`},
		{"add d@x.example --phone abc", `"abc" is no phone number.`},
		{"when 2020-01-01T00:00:00Z", `"2020-01-01T00:00:00Z" is past. Try "fri 2pm" or "in 3 days".`},
		{"edit Tom --untag vip", `Tom has no tag "vip"; there is none.`},
		{"add d@x.example --country XX", `"XX" is no country code. It has two letters, like DE.`},
		{"show", "Say it like this: `stoke show WHO`."},
		{"snooze dana", "Say it like this: `stoke snooze WHO WHEN`."},
		{"snooze dana someday", `"someday" is no date I can read: try "fri 2pm" or "in 3 days".`},
		{"when someday", `"someday" is no date I can read: try "fri 2pm" or "in 3 days".`},
		{"add dana", `"dana" is no mail address. Write it like dana@northwind.example.`},
		{"add d@x.example --country Germany", `"Germany" is no country code. It has two letters, like DE.`},
		{"add d@x.example --tz Berlin", `There is no time zone "Berlin". Write it like Europe/Berlin.`},
		{"add d@x.example --field seats", `--field "seats" has no value. Write --field key=value.`},
		{"suppress @", `"@" is no domain. Write it like @northwind.example.`},
		{"outbox show x", "\"x\" is no number. `stoke history` and `stoke outbox` show them."},
		{"outbox resolve 1 maybe", `"maybe" is no decision. Say sent (it went out), drop (forget it) or again (send it again).`},
		{"send Tom", "Nobody is there to ask. Add --yes to send, or --dry-run to see what would be sent."},
		{"pin Tom lukewarm", `"lukewarm" is no temperature. Say hot, warm or cold.`},
		{"queue --now noon", `--now: "noon" is no time in RFC 3339, like 2026-11-23T09:00:00+01:00.`},
		{"queue --color blue", `--color cannot be "blue": it is always, never or auto.`},
		{"demo", "The demo needs a terminal. `stoke demo --serve` starts only its servers."},
	} {
		t.Run(c.args, func(t *testing.T) {
			h := open(t)
			uitest.Cast(h.desk.Desk)
			r := h.run(strings.Fields(c.args)...)
			if r.code != 2 || r.err != c.want+"\n" || r.out != "" {
				t.Errorf("exit %d\ngot  %swant %s", r.code, r.err, c.want)
			}
		})
	}
}

func TestAnAmbiguousNameListsWhoItMayBe(t *testing.T) {
	h := open(t)
	a := h.desk.Put(model.Contact{Name: "Dana Whitfield", Emails: []string{"dana@northwind.example"}, Company: "Northwind"})
	b := h.desk.Put(model.Contact{Name: "Dana Wu\x1b[31m", Emails: []string{"dw@hoshi.example"}})
	r := h.run("show", "dana", "--json")
	if r.code != 2 || !strings.Contains(r.err, "dana@northwind.example") || !strings.Contains(r.err, "dw@hoshi.example") {
		t.Errorf("exit %d, %q", r.code, r.err)
	}
	var e struct {
		Error struct {
			Code       string
			Candidates []struct{ ID int64 }
		}
	}
	if err := json.Unmarshal([]byte(r.out), &e); err != nil || e.Error.Code != "ambiguous" || len(e.Error.Candidates) != 2 ||
		e.Error.Candidates[0].ID != a || e.Error.Candidates[1].ID != b {
		t.Errorf("%v in %q", err, r.out)
	}
	if r := h.run("show", "Dana", "Whitfield"); r.code != 0 {
		t.Errorf("the whole name: exit %d, %s", r.code, r.err)
	}
	if r := h.run("done", "nobody"); r.code != 1 || !strings.Contains(r.err, `"nobody"`) {
		t.Errorf("nobody: exit %d, %s", r.code, r.err)
	}
}

func TestADryRunChangesNothing(t *testing.T) {
	h := open(t)
	ids := uitest.Cast(h.desk.Desk)
	h.run("enrol", "Mei", "sales")
	done := h.desk.Calls["Do"]
	before := map[int64]model.FollowUp{}
	for _, id := range ids {
		before[id] = h.desk.Dossier(id).Contact.FollowUp
	}
	for _, line := range []string{"snooze Luis tomorrow", "done Tom", "retire Luis opt-out", "revive Greg", "pin Luis hot", "log Luis demo",
		"enrol Luis sales", "stop Mei", "promise Luis fri 2pm", "suppress x@y.example", "send Hal --body-file testdata/mail.eml"} {
		r := h.run(append(strings.Fields(line), "--dry-run")...)
		if r.code != 0 || r.out == "" {
			t.Errorf("%s: exit %d, %s", line, r.code, r.err)
		}
	}
	for name, id := range ids {
		if got := h.desk.Dossier(id); !reflect.DeepEqual(got.Contact.FollowUp, before[id]) || h.desk.Calls["Do"] != done {
			t.Errorf("%s was changed", name)
		}
	}
	if len(h.desk.suppressed) != 0 || len(h.desk.Mails()) != 0 {
		t.Error("something was suppressed or sent")
	}
}

func TestADryRunSaysWhatTheVerbThenDoes(t *testing.T) {
	for _, line := range []string{"snooze Luis tomorrow", "retire Luis competitor", "revive Greg", "pin Luis hot", "done Tom"} {
		h := open(t)
		uitest.Cast(h.desk.Desk)
		var would, did map[string]any
		h.json(&would, append(strings.Fields(line), "--dry-run")...)
		h.json(&did, strings.Fields(line)...)
		for _, key := range []string{"change", "dry_run"} {
			delete(would, key)
			delete(did, key)
		}
		if !reflect.DeepEqual(would, did) {
			t.Errorf("%s:\nwould %v\ndid   %v", line, would, did)
		}
	}
}

func TestSendAsksOnlyAPersonAtATerminal(t *testing.T) {
	for _, c := range []struct {
		name, input string
		terminal    bool
		args        []string
		code, mails int
	}{
		{"yes", "y\n", true, nil, 0, 1},
		{"no", "n\n", true, nil, 1, 0},
		{"nothing", "", true, nil, 1, 0},
		{"anything else", "sure\n", true, nil, 1, 0},
		{"no terminal", "y\n", false, nil, 2, 0},
		{"json", "y\n", true, []string{"--json"}, 2, 0},
		{"--yes", "", false, []string{"--yes"}, 0, 1},
		{"dry run", "", false, []string{"--dry-run"}, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := open(t)
			uitest.Cast(h.desk.Desk)
			h.terminal, h.input = c.terminal, c.input
			r := h.run(append([]string{"send", "Hal", "--body-file", "testdata/mail.eml"}, c.args...)...)
			if r.code != c.code || len(h.desk.Mails()) != c.mails {
				t.Errorf("exit %d, %d mails, %s", r.code, len(h.desk.Mails()), r.err)
			}
		})
	}
}

func TestAGateRefusesWithItsCode(t *testing.T) {
	h := open(t)
	ids := uitest.Cast(h.desk.Desk)
	body := []string{"--body-file", "testdata/mail.eml", "--json"}
	refused := func(want string, args ...string) {
		t.Helper()
		r := h.run(args...)
		if r.code != 1 || errorCode(t, r.out) != want {
			t.Errorf("stoke %v: exit %d, %q", args, r.code, r.out)
		}
	}
	refused("touch_limit", append([]string{"send", "Luis", "--dry-run"}, body...)...)
	refused("no_recipient", append([]string{"send", itoa(h.desk.Put(model.Contact{Name: "Phone Only", Phone: "1"})), "--yes"}, body...)...)
	if r := h.run(append([]string{"send", "Hal", "--yes"}, body...)...); r.code != 0 {
		t.Fatalf("exit %d, %s", r.code, r.err)
	}
	refused("duplicate", append([]string{"send", itoa(ids["Hal"]), "--yes"}, body...)...)
	h.input = "Dear {{ask.what}}\n"
	refused("blank", "send", "Tom", "--body-file", "-", "--yes", "--json")
	if r := h.run("send", "Tom", "--body-file", "nowhere.txt", "--yes"); r.code != 1 || !strings.Contains(r.err, "nowhere.txt") {
		t.Errorf("a missing file: exit %d, %s", r.code, r.err)
	}
}

func TestAMailInDoubtIsNotSentAgainByRetry(t *testing.T) {
	h := open(t)
	ids := uitest.Cast(h.desk.Desk)
	id := h.desk.Queue(model.Outgoing{Contact: ids["Tom"], To: []model.Address{{Addr: "tom@halden.example"}}, State: model.AskRep, DotAt: now})
	if r := h.run("outbox", "retry", itoa(id)); r.code != 1 || !strings.Contains(r.err, "outbox resolve "+itoa(id)) {
		t.Errorf("exit %d, %s", r.code, r.err)
	}
	var o struct{ State string }
	h.json(&o, "outbox", "resolve", itoa(id), "sent")
	if o.State != "sent" || h.desk.Mails()[0].State != model.Sent {
		t.Errorf("state %q", o.State)
	}
}

func TestSyncTellsEveryAccountAndFailsWithTheFirst(t *testing.T) {
	h := open(t)
	h.synced = []model.Synced{{Account: "work", Err: model.Errorf(model.AuthError, "The server refused the login of work.")}, {Account: "home", Sent: 2}}
	r := h.run("sync", "--json")
	var all []struct {
		Account string
		Sent    int
		Error   *struct{ Code string }
	}
	if err := json.Unmarshal([]byte(r.out), &all); err != nil || r.code != 77 || len(all) != 2 || all[0].Error.Code != "auth" || all[1].Sent != 2 {
		t.Errorf("exit %d, %v, %q", r.code, err, r.out)
	}
	if r.err != "The server refused the login of work.\n" {
		t.Errorf("said %q", r.err)
	}
	if r := h.run("sync", "--watch"); r.code != 0 || r.err != "The server refused the login of work.\n" || !strings.Contains(r.out, "home: 2 sent") {
		t.Errorf("watching: exit %d, %q, %q", r.code, r.out, r.err)
	}
	h.config = "name = \"Robin Vale\"\n"
	if r := h.run("sync"); r.code != 78 {
		t.Errorf("without an account: exit %d", r.code)
	}
}

func TestDoctorFailsWhereSomethingIsWrong(t *testing.T) {
	h := open(t)
	r := h.run("doctor", "--json")
	var all []struct{ Check, Status, Detail, Fix string }
	if err := json.Unmarshal([]byte(r.out), &all); err != nil || r.code != 1 {
		t.Fatalf("exit %d, %v, %q", r.code, err, r.out)
	}
	want := []string{"config ok", "files warn", "database ok", "receiving me@acme.test fail", "sending me@acme.test ok"}
	var got []string
	for _, k := range all {
		got = append(got, k.Check+" "+k.Status)
		if k.Status == "fail" && (!strings.Contains(k.Detail, "does not answer") || !strings.Contains(k.Fix, "config.toml")) {
			t.Errorf("%+v", k)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("looked at %q, want %q", got, want)
	}
}

func TestImportAndExplainGetTheBytes(t *testing.T) {
	h := open(t)
	h.input = "from the input"
	h.run("import", "-", "--dry-run")
	h.run("explain", "testdata/mail.eml", "missing.eml", "-")
	if want := []string{"import from the input dry=true", "explain Some text.\n", "explain from the input"}; !slices.Equal(h.said, want) {
		t.Errorf("got %q", h.said)
	}
	r := h.run("explain", "missing.eml", "testdata/mail.eml", "--json")
	if r.code != 1 || strings.Count(r.out, "\n") != 2 || !strings.Contains(r.err, "missing.eml") {
		t.Errorf("exit %d, %q, %q", r.code, r.out, r.err)
	}
}

func TestDemoIsHandedItsOptions(t *testing.T) {
	h := open(t)
	h.terminal = true
	h.run("demo", "--contacts", "100", "--seed", "7", "--now", "2026-11-23T09:00:00+01:00")
	if want := []string{"demo 100 7 2026-11-23T09:00:00+01:00"}; !slices.Equal(h.said, want) {
		t.Errorf("got %q", h.said)
	}
}

func TestHostileTextNeverReachesTheOutputRaw(t *testing.T) {
	const evil = "\x1b]0;owned\aEve\x9b31m\u202eevE\r\x00\n"
	h := open(t)
	id := h.desk.Put(model.Contact{Name: evil, Company: evil, Title: evil, Phone: evil, Tags: []string{evil}, Emails: []string{"eve@evil.example"},
		Fields: map[string]string{evil: evil}, FollowUp: model.FollowUp{Sorted: true, Promise: model.Promise{At: now, ReadyAt: now, Words: evil}}},
		model.Interaction{Kind: model.Mail, Direction: model.In, At: now.AddDate(0, 0, -1), Subject: evil, Text: evil, Summary: evil, MessageID: evil})
	h.desk.Queue(model.Outgoing{Contact: id, To: []model.Address{{Name: evil, Addr: evil}}, Subject: evil, Text: evil, State: model.Failed, Error: evil, Reply: evil})
	h.imported = model.Imported{Rows: 1, Skipped: []model.SkippedRow{{Row: 1, Reason: evil}}}
	for _, line := range []string{"queue", "next", "show eve@evil.example", "snooze eve@evil.example tomorrow", "draft eve@evil.example", "outbox", "history",
		"import testdata/mail.eml", "queue --view people"} {
		for _, flag := range []string{"--color=never", "--json"} {
			r := h.run(append(strings.Fields(line), flag)...) // run looks for raw text
			if r.code != 0 {
				t.Errorf("%s: exit %d, %s", line, r.code, r.err)
			}
			if strings.Contains(r.out, `\u001b`) || strings.Contains(r.out, `\u0000`) || strings.Contains(r.out, `\r`) {
				t.Errorf("%s %s hides a control character: %q", line, flag, r.out)
			}
		}
	}
	h.run("show", evil)
	h.run(evil)
	h.run("queue", "--view", evil)
}

func TestAListIsReadPageByPage(t *testing.T) {
	h := open(t)
	uitest.Crowd(h.desk.Desk, 1200)
	var all struct{ Items []struct{ Contact int64 } }
	h.json(&all, "queue", "--view", "people")
	seen := map[int64]bool{}
	for _, item := range all.Items {
		seen[item.Contact] = true
	}
	if len(all.Items) != 1200 || len(seen) != 1200 {
		t.Errorf("%d rows, %d people", len(all.Items), len(seen))
	}
	h.json(&all, "queue", "--view", "people", "--limit", "501")
	if len(all.Items) != 501 {
		t.Errorf("a limit of 501 gave %d", len(all.Items))
	}
}

func TestListsAreNeverNull(t *testing.T) {
	h := open(t)
	for _, line := range []string{"queue", "history", "outbox", "sync", "import testdata/mail.eml"} {
		r := h.run(append(strings.Fields(line), "--json")...)
		if r.code != 0 || strings.Contains(r.out, ":null,\"") && strings.Contains(line, "queue") || strings.TrimSpace(r.out) == "null" {
			t.Errorf("%s: exit %d, %q", line, r.code, r.out)
		}
	}
	if r := h.run("next", "--json"); r.out != "null\n" || r.code != 0 {
		t.Errorf("next of an empty queue: %+v", r)
	}
}

func errorCode(t *testing.T, out string) string {
	t.Helper()
	var e struct {
		Error struct{ Code, Message string }
	}
	if err := json.Unmarshal([]byte(out), &e); err != nil || e.Error.Message == "" {
		t.Fatalf("%v in %q", err, out)
	}
	return e.Error.Code
}
