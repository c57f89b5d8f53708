package exchange_test

import (
	"bytes"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"stoke/model"
	"stoke/model/text"
	"stoke/store/exchange"
)

func read(t *testing.T, src string) exchange.Preview {
	t.Helper()
	p, err := exchange.ReadCSV(strings.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	if p.Rows != len(p.Contacts)+p.Duplicates+len(p.Skipped) || len(p.RowOf) != len(p.Contacts) {
		t.Fatalf("rows are lost: %+v", p)
	}
	return p
}

func TestTheHeadersOfTheUsualTools(t *testing.T) {
	dana := model.Contact{Name: "Dana Whitfield", Emails: []string{"dana@northwind.example"}, Company: "Northwind", Title: "VP Operations", Phone: "+31 20 555 0134"}
	for name, src := range map[string]string{
		"HubSpot":    "Record ID,First Name,Last Name,Email,Phone Number,Company Name,Job Title\n,Dana,Whitfield,dana@northwind.example,+31 20 555 0134,Northwind,VP Operations\n",
		"Salesforce": "Salutation,First Name,Last Name,Title,Account Name,Phone,Email\n,Dana,Whitfield,VP Operations,Northwind,+31 20 555 0134,dana@northwind.example\n",
		"Pipedrive":  "Name,Organization,Email - Work,Phone - Work,Job title\nDana Whitfield,Northwind,dana@northwind.example,+31 20 555 0134,VP Operations\n",
		"Google":     "First Name,Last Name,Organization Name,Organization Title,E-mail 1 - Value,Phone 1 - Value,Labels\nDana,Whitfield,Northwind,VP Operations,dana@northwind.example,+31 20 555 0134,* myContacts\n",
		"Outlook":    "Title,First Name,Last Name,Company,Job Title,E-mail Address,Business Phone\nMs.,Dana,Whitfield,Northwind,VP Operations,Dana@Northwind.example,+31 20 555 0134\n",
		"LinkedIn":   "Notes:\n\"When exporting, some addresses are missing, see help.\"\n\nFirst Name,Last Name,Email Address,Company,Position,Phone\nDana,Whitfield,dana@northwind.example,Northwind,VP Operations,+31 20 555 0134\n",
		"Excel":      "sep=;\r\nFull Name;Company;Title;Mobile;E-mail\r\nDana Whitfield;Northwind;VP Operations;+31 20 555 0134;dana@northwind.example\r\n",
		"tabs":       "NAME\tCOMPANY\tJOB TITLE\tPHONE\tEMAIL\nDana Whitfield\tNorthwind\tVP Operations\t+31 20 555 0134\tdana@northwind.example",
	} {
		t.Run(name, func(t *testing.T) {
			p := read(t, src)
			if len(p.Contacts) != 1 || !reflect.DeepEqual(p.Contacts[0], dana) {
				t.Errorf("got  %+v\nwant %+v\nskipped %v", p.Contacts, dana, p.Skipped)
			}
		})
	}
}

func TestEveryEncodingGivesTheSameName(t *testing.T) {
	const src = "Name;Email;Company\nZoë Müller-Łukasz;zoe@acme.example;Café\n"
	latin := "Name;Email;Company\nZo\xeb M\xfcller;zoe@acme.example;Caf\xe9 \x96 \x80\n"
	in16 := func(order func(uint16) []byte, mark bool) string {
		var b bytes.Buffer
		units := utf16.Encode([]rune(src))
		if mark {
			units = append([]uint16{0xfeff}, units...)
		}
		for _, u := range units {
			b.Write(order(u))
		}
		return b.String()
	}
	little := func(u uint16) []byte { return []byte{byte(u), byte(u >> 8)} }
	big := func(u uint16) []byte { return []byte{byte(u >> 8), byte(u)} }
	for name, c := range map[string]struct{ src, name, company string }{
		"UTF-8":                {src, "Zoë Müller-Łukasz", "Café"},
		"UTF-8 with BOM":       {"\ufeff" + src, "Zoë Müller-Łukasz", "Café"},
		"UTF-16 little":        {in16(little, true), "Zoë Müller-Łukasz", "Café"},
		"UTF-16 big":           {in16(big, true), "Zoë Müller-Łukasz", "Café"},
		"UTF-16 without a BOM": {in16(little, false), "Zoë Müller-Łukasz", "Café"},
		"Windows-1252":         {latin, "Zoë Müller", "Café – €"},
	} {
		t.Run(name, func(t *testing.T) {
			p := read(t, c.src)
			if len(p.Contacts) != 1 || p.Contacts[0].Name != c.name || p.Contacts[0].Company != c.company {
				t.Errorf("got %+v", p)
			}
		})
	}
}

func TestEveryRowCountsOnce(t *testing.T) {
	p := read(t, `Name,Email,Phone,Unsubscribed
Dana,dana@a.example,,
Dana again,DANA@a.example,,
Tom,not an address,,no
,,,
Nobody,,,
Ines,,+49 30 1234567,
Ines again,,0049 30 123 4567,false
Both,tom@b.example; tom2@b.example,,
Short
"Bo"b,bob@b.example,,
Gone,gone@a.example,,yes
Dana third,dana2@a.example dana@a.example,,TRUE
`)
	if p.Rows != 12 || len(p.Contacts) != 4 || p.Duplicates != 3 {
		t.Errorf("rows %d, contacts %d, duplicates %d", p.Rows, len(p.Contacts), p.Duplicates)
	}
	want := []model.SkippedRow{
		{Row: 4, Reason: `"not" is no mail address`}, {Row: 5, Reason: "the row is empty"}, {Row: 6, Reason: "neither a mail address nor a phone number"},
		{Row: 10, Reason: "neither a mail address nor a phone number"}, {Row: 11, Reason: `a quote (") in it stands alone; write it twice, inside quotes`},
	}
	if !reflect.DeepEqual(p.Skipped, want) {
		t.Errorf("skipped\n%v\nwant\n%v", p.Skipped, want)
	}
	if !reflect.DeepEqual(p.RowOf, []int{2, 7, 9, 12}) {
		t.Errorf("rows of the contacts: %v", p.RowOf)
	}
	for i, want := range []bool{true, false, false, true} { // Dana's opt-out stands in a later row
		if got := p.Contacts[i].FollowUp.OptedOut; got != want {
			t.Errorf("%v opted out: %v", p.Contacts[i].Emails, got)
		}
	}
	if got := p.Contacts[0].Emails; !reflect.DeepEqual(got, []string{"dana@a.example", "dana2@a.example"}) {
		t.Errorf("the addresses of one person in two rows: %v", got)
	}
	if got := p.Contacts[2].Emails; !reflect.DeepEqual(got, []string{"tom@b.example", "tom2@b.example"}) {
		t.Errorf("two addresses in a cell: %v", got)
	}
}

func TestWhatColumnsMean(t *testing.T) {
	p := read(t, "Email,Country,Time Zone,Tags,Notes,Favourite Colour,Email Opt Out,Marketing status,Title\n"+
		"a@a.example,Germany,Europe/Berlin,\"vip; fair 2026,vip\",\"line 1\nline 2\",Blau,No,Subscribed,CFO\n"+
		"b@a.example,nl,Middle Earth,,n/a,-,,Bounced,Dr\n"+
		"c@a.example,Atlantis,,,,,2026-01-05,,\n")
	want := model.Contact{Emails: []string{"a@a.example"}, Country: "DE", TZ: "Europe/Berlin", Title: "CFO",
		Tags: []string{"vip", "fair 2026"}, Fields: map[string]string{"notes": "line 1\nline 2", "favourite_colour": "Blau"}}
	if !reflect.DeepEqual(p.Contacts[0], want) {
		t.Errorf("got  %+v\nwant %+v", p.Contacts[0], want)
	}
	want = model.Contact{Emails: []string{"b@a.example"}, Country: "NL", FollowUp: model.FollowUp{OptedOut: true}, Fields: map[string]string{"time_zone": "Middle Earth"}}
	if !reflect.DeepEqual(p.Contacts[1], want) {
		t.Errorf("got  %+v\nwant %+v", p.Contacts[1], want)
	}
	if p.Contacts[2].Fields["country"] != "Atlantis" || p.Contacts[2].Country != "" {
		t.Errorf("got %+v", p.Contacts[2])
	}
	if !p.Contacts[2].FollowUp.OptedOut {
		t.Error("a date of opting out is none")
	}
}

func TestAnOptOutReachesEveryAddressOfItsRow(t *testing.T) {
	p := read(t, "Email,Opt out\na@a.example,\nb@b.example,\na@a.example;b@b.example;c@c.example,yes\n")
	if len(p.Contacts) != 2 || !p.Contacts[0].FollowUp.OptedOut || !reflect.DeepEqual(p.Contacts[0].Emails, []string{"a@a.example", "c@c.example"}) {
		t.Errorf("got %+v", p.Contacts)
	}
	if !reflect.DeepEqual(p.OptedOut, []string{"b@b.example"}) {
		t.Errorf("b can still be mailed: %v", p.OptedOut)
	}
}

func TestHostileCellsAreHarmless(t *testing.T) {
	long := strings.Repeat("é", 300)
	src := "Name,Email,Company,Notes,\x1b[31mX\n" +
		"\"\x1b]0;owned\a\x9b31mEve\u202e\x00\",\"eve@a.example\",\"" + long + "\",\"a\r\nb\x1bPx\x1b\\\",\"\x1b[2J\"\n" +
		"Bcc,\"x@a.example\nBcc: y@b.example\",,,\n" +
		"Param,\"x@a.example> SIZE=1\",,,\n"
	p := read(t, src)
	if len(p.Contacts) < 1 || len([]rune(p.Contacts[0].Company)) != 200 {
		t.Fatalf("got %+v", p)
	}
	for _, c := range p.Contacts {
		for _, s := range append([]string{c.Name, c.Company, c.Phone}, c.Emails...) {
			if s != text.Line(s) {
				t.Errorf("raw: %q", s)
			}
		}
		for k, v := range c.Fields {
			if k != text.Line(k) || v != text.Clean(v) {
				t.Errorf("raw field %q: %q", k, v)
			}
		}
		for _, a := range c.Emails {
			if strings.ContainsAny(a, " \r\n<>") {
				t.Errorf("an address that would be more than one: %q", a)
			}
		}
	}
	for _, s := range p.Skipped {
		if s.Reason != text.Line(s.Reason) {
			t.Errorf("raw reason %q", s.Reason)
		}
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"empty":            {"", "No column of this file is called Email or Phone."},
		"no known header":  {"a,b\n1,2\n", "No column of this file is called Email or Phone."},
		"open quote":       {"Name,Email\nA,a@a.example\n\"B,b@a.example\nC,c@a.example\n", "Row 3 cannot be read: a quote (\") is opened"},
		"endless quote":    {"Name,Email\n\"" + strings.Repeat("x,y\n", 2<<20), "Row 2 cannot be read"},
		"a picture really": {"\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\xff", 5000), "No column of this file"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := exchange.ReadCSV(strings.NewReader(c.src))
			if model.CodeOf(err) != model.Invalid || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// endless is a file that never ends.
type endless struct{ row string }

func (e endless) Read(p []byte) (int, error) {
	n := 0
	for n+len(e.row) <= len(p) {
		n += copy(p[n:], e.row)
	}
	if n == 0 {
		n = copy(p, e.row)
	}
	return n, nil
}

func TestAnEndlessFileEnds(t *testing.T) {
	for row, want := range map[string]string{strings.Repeat("x", 8000) + "\n": "larger than 256 MB", "x\n": "more than 1000000 rows"} {
		_, err := exchange.ReadCSV(io.MultiReader(strings.NewReader("Email\n"), endless{row}))
		if model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), want) {
			t.Errorf("rows of %d bytes: %v", len(row), err)
		}
	}
}

func TestAHundredThousandRowsAreQuick(t *testing.T) {
	var b strings.Builder
	b.WriteString("First Name,Last Name,Email,Company,Phone,Country,Tags,Source\n")
	for i := range 100_000 {
		fmt.Fprintf(&b, "Anna %d,Example,anna%d@company%d.example,Company %d,+1 555 %07d,US,a;b,list\n", i, i, i%1000, i%1000, i)
	}
	from := time.Now()
	p := read(t, b.String())
	if len(p.Contacts) != 100_000 {
		t.Fatalf("%d contacts, skipped %d", len(p.Contacts), len(p.Skipped))
	}
	if took := time.Since(from); took > 10*time.Second {
		t.Errorf("took %s", took)
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add([]byte("Name,Email\nDana,dana@a.example\n"))
	f.Add([]byte("sep=;\nName;E-mail;Opt out\n\"x\ny\";a@b.example;1\n"))
	f.Add([]byte("\xff\xfeE\x00m\x00a\x00i\x00l\x00\n\x00a\x00@\x00b\x00.\x00c\x00"))
	f.Fuzz(func(t *testing.T, src []byte) {
		p, err := exchange.ReadCSV(bytes.NewReader(src))
		if err != nil {
			if model.CodeOf(err) != model.Invalid || !utf8.ValidString(err.Error()) {
				t.Fatalf("an error nobody can read: %q", err)
			}
			return
		}
		if p.Rows != len(p.Contacts)+p.Duplicates+len(p.Skipped) {
			t.Fatalf("rows are lost: %+v", p)
		}
		for _, c := range p.Contacts {
			if c.Name != text.Line(c.Name) || c.Company != text.Line(c.Company) || len(c.Emails) == 0 && c.Phone == "" {
				t.Fatalf("a contact that is none: %+v", c)
			}
		}
	})
}

func BenchmarkReadCSV(b *testing.B) {
	src := "First Name,Last Name,Email,Company,Phone\n" + strings.Repeat("Anna,Example,anna@company.example,Company,+1 555 0100\n", 10_000)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		if _, err := exchange.ReadCSV(strings.NewReader(src)); err != nil {
			b.Fatal(err)
		}
	}
}
