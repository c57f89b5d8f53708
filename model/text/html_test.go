package text

import (
	"strings"
	"testing"
)

func TestFromHTMLReadsLikeTheMail(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"paragraphs":              {"<p>Hi Ana,</p><p>Friday works.</p>", "Hi Ana,\n\nFriday works."},
		"divs of a web mail":      {"<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo"},
		"neighbour divs":          {"<div>Hello</div><div>Ana</div>", "Hello\nAna"},
		"break inside":            {"One<br>Two<br/>Three", "One\nTwo\nThree"},
		"white space":             {"  a\n   b&nbsp; <b> c</b>\u00a0d ", "a b c d"},
		"inline":                  {"re<b>al</b>ly, <i>yes</i>!", "really, yes!"},
		"entities":                {"1 &lt; 2 &amp; 3 &gt; 2 &eacute;", "1 < 2 & 3 > 2 é"},
		"escape by entity":        {"a&#x1b;[31mb&#x7f;c&#x202e;d", "abcd"},
		"escape over tags":        {"a&#x1b;<b>[31m</b>b", "a[31mb"},
		"list":                    {"<ul><li>one<li>two</ul>after", "- one\n- two\nafter"},
		"numbered list":           {"<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"},
		"nested list":             {"<ul><li>one<ul><li>in</ul></ul>", "- one\n  - in"},
		"quote":                   {"Yes.<blockquote>Is it?<br><br>Well?<blockquote>older</blockquote></blockquote>Bye", "Yes.\n> Is it?\n>\n> Well?\n> > older\nBye"},
		"table":                   {"<table><tr><td>Price</td><td>10</td></tr><tr><td>Tax</td><td>2</td></tr></table>", "Price  10\nTax  2"},
		"pre":                     {"<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc"},
		"Word paragraphs":         {"<p class=MsoNormal>Hi,</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>Yes.</p>", "Hi,\n\nYes."},
		"head and scripts":        {"<html><head><title>T</title><style>p{}</style></head><body><script>x<y</script>Hi</body>", "Hi"},
		"head left open":          {"<head><meta x><div>Hi</div>", "Hi"},
		"hidden":                  {"a<span style='display: none'>secret</span>b<i hidden>c</i><div style=\"font-size:0\">d</div>", "ab"},
		"hidden preheader":        {"<div style='display:none !important'>pre<div>in</div>er</div>Hi", "Hi"},
		"tiny type":               {"<p style='font-size:1px'>sly</p>Hi", "Hi"},
		"zero size undone":        {"<td style='font-size:0'><div style='font-size:14px'>Hi</div></td>", "Hi"},
		"hidden p left open":      {"<p hidden>secret<p>Hi", "Hi"},
		"stray ends":              {"</div></p></blockquote>Hi</li>", "Hi"},
		"unclosed comment":        {"Hi<!-- rest", "Hi"},
		"comment":                 {"Hi<!-- <p>no</p> --> Ana", "Hi Ana"},
		"honest link":             {"See <a href='https://www.example.com/a'>example.com</a>.", "See example.com."},
		"plain link":              {"<a href='https://example.com/a'>our site</a>", "our site"},
		"link that lies":          {"<a href='https://evil.example/x'>bank.example</a>", "bank.example <https://evil.example/x>"},
		"look-alike link":         {"<a href='https://pаypal.com/'>paypal.com</a>", "paypal.com <https://xn--pypal-4ve.com/>"},
		"mail link that lies":     {"<a href='mailto:x@evil.example'>ana@bank.example</a>", "ana@bank.example <mailto:x@evil.example>"},
		"script link":             {"<a href='javascript:x()'>bank.example</a>", "bank.example"},
		"colour of the paper":     {"Hi<p style='color:#fff'>sly</p><font color=white>sly</font><div bgcolor=black>dark <b style='color:#000'>sly</b></div>", "Hi\ndark"},
		"white on a button":       {"<td bgcolor='#1a73e8'><b style='color:white'>Accept</b></td><p style='background:url(x);color:#fff'>here</p>", "Accept\n\nhere"},
		"colours by name":         {"<p>Hello</p><p style='color:navy;background:lightyellow'>40 seats.</p>", "Hello\n\n40 seats."},
		"colours in rgba":         {"<p>Hello</p><p style='color:rgba(0,0,0,.87);background:rgba(255,255,255,1)'>40 seats.</p>", "Hello\n\n40 seats."},
		"on a picture":            {"<body background='x.png'><p>Hello</p><p style='color:navy'>40 seats.</p></body>", "Hello\n\n40 seats."},
		"a ground and no picture": {"<p>Hello</p><p style='background-color:#1a73e8;background-image:none;color:#fff'>40 seats.</p>", "Hello\n\n40 seats."},
		"a ground by a sheet": {"<style>.btn, td.x { background: #1a73e8 } body.dark p { background-color: black }</style><p>Hello</p><p class='btn' style='color:#fff'>40 seats.</p>" +
			"<div class='btn'><p><b style='color:white'>Yes.</b></p></div><p style='color:#fff'>No.</p>", "Hello\n\n40 seats.\n\nYes.\n\nNo."},
		"a ground elsewhere": {"<style>BODY { background: #fff } .btn { background: #1a73e8 }</style><body>Hi<p class='other' style='color:#fff'>sly</p></body>", "Hi"},
		"a dark program":     {"<div style='color:rgb(255, 255, 255)'>Fine.</div>", "Fine."},
		"dark over a quote":  {"<div class='x elementToProof' style='color:rgb(255,255,255)'>Fine.</div><div>From: Ana</div>", "Fine.\nFrom: Ana"},
		"off the page":       {"Hi<p style='position:absolute;left:-9999px'>sly</p><p style='text-indent:-999em'>sly</p><i style='margin-left:-2px'>!</i>", "Hi!"},
		"flat":               {"Hi<div style='height:0;overflow:hidden'>sly</div><td height=0 style='height:0'>shown</td>", "Hi  shown"},
		"hidden by class":    {"<style>/* x */ .pre, p.sly {display:none} @media print {.shown{display:none}} .a .deep{display:none}</style><p class='big pre'>sly</p><p class=shown>Hi</p><p class=deep>there</p><p class=pre style='display:block'>now</p>", "Hi\n\nthere\n\nnow"},
		"signature of Gmail": {"<div>Yes</div><div class='gmail_signature'><b>Ana</b></div>", "Yes\n--\nAna"},
		"empty":              {"", ""},
		"no HTML at all":     {"just words", "just words"},
	} {
		if got, _ := FromHTML(c.in); got != c.want {
			t.Errorf("%s: FromHTML(%q)\n got %q\nwant %q", name, c.in, got, c.want)
		}
	}
}

func TestFromHTMLListsLinks(t *testing.T) {
	_, links := FromHTML(`<a href="https://example.com/a?b=1&amp;c=2">Our
	 <b>offer</b></a> <a href="ftp://x">f</a> <a href="/rel">r</a> <a href="mailto:ana@example.com">write</a>
	 <a href="https://example.com/` + "\u202e" + `x">odd</a> <a href="https://open.example">never closed`)
	want := []Link{
		{"Our offer", "https://example.com/a?b=1&c=2"}, {"write", "mailto:ana@example.com"},
		{"odd", "https://example.com/x"}, {"never closed", "https://open.example"},
	}
	if len(links) != len(want) {
		t.Fatalf("%d links: %q", len(links), links)
	}
	for i := range want {
		if links[i] != want[i] {
			t.Errorf("link %d: %q, want %q", i, links[i], want[i])
		}
	}
}

func TestFromHTMLSurvivesHostileNesting(t *testing.T) {
	for name, piece := range heaps {
		got, links := FromHTML("<p>Hi</p>" + strings.Repeat(piece, 1<<20/len(piece)) + "end")
		if !strings.HasPrefix(got, "Hi") {
			t.Errorf("%s: lost the beginning: %.40q", name, got)
		}
		if len(links) > maxLinks {
			t.Errorf("%s: %d links", name, len(links))
		}
		if len(got) > 8<<20 {
			t.Errorf("%s: 1 MB became %d bytes", name, len(got))
		}
	}
}

var heaps = map[string]string{
	"div": "<div>", "quote": "<blockquote>x", "list": "<ol><li>x", "li": "<li>x", "p": "<p>x", "bold": "<b>x", "closing": "</div>",
	"p in bold": "<p><b>", "link": "<a href='https://e.example'>x", "open tags": "<a <a ", "attributes": "<p a=1 b=2 c=3>x",
	"comment": "<!--", "misnested": "<b><div></b></div>x", "entities": "&#x1b;&amp;", "breaks": "<br>x", "table": "<table><tr><td>x",
	"style": "<p style='display:block;'>x", "unknown": "<x-y>z",
}

func FuzzFromHTML(f *testing.F) {
	f.Add("<p>Hi<blockquote>a<ul><li>b</ul><a href='https://e.example'>c.example</a>")
	f.Fuzz(func(t *testing.T, s string) {
		got, links := FromHTML(s)
		if Clean(got) != got {
			t.Fatalf("FromHTML(%q) is not clean: %q", s, got)
		}
		for _, l := range links {
			if Line(l.Text) != l.Text || Line(l.Target) != l.Target {
				t.Fatalf("FromHTML(%q): link %q", s, l)
			}
		}
	})
}

func BenchmarkFromHTML(b *testing.B) {
	for name, piece := range heaps {
		s := strings.Repeat(piece, 1<<20/len(piece))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				FromHTML(s)
			}
		})
	}
}
