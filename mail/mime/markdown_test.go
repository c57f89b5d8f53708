package mime_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"stoke/mail/mime"
	"stoke/model/modeltest"
)

func TestHTML(t *testing.T) {
	for in, want := range map[string]string{
		"Hi Dana,\n\nYes.\nNo.\n\nBest,\nKim":                          "<p>Hi Dana,</p>\n<p>Yes.<br>\nNo.</p>\n<p>Best,<br>\nKim</p>\n",
		"1. one\n2. two":                                               "<ol>\n<li>one</li>\n<li>two</li>\n</ol>\n",
		"**now** and *then* `x < y`":                                   "<p><strong>now</strong> and <em>then</em> <code>x &lt; y</code></p>\n",
		"> you said":                                                   "<blockquote>\n<p>you said</p>\n</blockquote>\n",
		"[the plan](https://a.example/x?a=1&b=\"2)":                    "<p><a href=\"https://a.example/x?a=1&amp;b=%222\">the plan</a></p>\n",
		"see https://a.example/x and me@b.example":                     "<p>see <a href=\"https://a.example/x\">https://a.example/x</a> and <a href=\"mailto:me@b.example\">me@b.example</a></p>\n",
		"Best,\nKim\n-- \nKim Park\nAcme":                              "<p>Best,<br>\nKim<br>\n--<br>\nKim Park<br>\nAcme</p>\n",
		"Title\n---\ntext":                                             "<p>Title<br>\n---<br>\ntext</p>\n",
		"    indented":                                                 "<p>indented</p>\n",
		"<b>bold</b> & <script>alert(1)</script>":                      "<p>&lt;b&gt;bold&lt;/b&gt; &amp; &lt;script&gt;alert(1)&lt;/script&gt;</p>\n",
		"<img src=x onerror=alert(1)>":                                 "<p>&lt;img src=x onerror=alert(1)&gt;</p>\n",
		"![logo](https://a.example/pixel.gif)":                         "<p><a href=\"https://a.example/pixel.gif\">logo</a></p>\n",
		"[x](javascript:alert(1)) [y](data:text/html,z) <file:///etc>": "<p>x y file:///etc</p>\n",
	} {
		page := mime.HTML(in)
		_, got, _ := strings.Cut(page, "<body>\n")
		if got = strings.TrimSuffix(got, "</body></html>\n"); got != want {
			t.Errorf("%q:\n got %q\nwant %q", in, got, want)
		}
	}
}

// harmlessPage tells what of a page could load or run something.
func harmlessPage(t interface{ Fatalf(string, ...any) }, page string) {
	known := " html head meta body p br ol ul li strong em code pre blockquote a "
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			if !strings.Contains(known, " "+token.Data+" ") {
				t.Fatalf("a tag <%s> in %q", token.Data, page)
			}
			for _, a := range token.Attr {
				link := token.Data == "a" && a.Key == "href" && regexp.MustCompile(`(?i)^(https?://|mailto:)`).MatchString(a.Val)
				harmless := token.Data == "meta" && a.Key == "charset" || token.Data == "ol" && a.Key == "start" || token.Data == "code" && a.Key == "class"
				if !link && !harmless {
					t.Fatalf("%s=%q in <%s> of %q", a.Key, a.Val, token.Data, page)
				}
			}
		}
	}
}

func TestNoTextMakesAPageThatLoadsOrRuns(t *testing.T) {
	piece := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"<", ">", "\"", "'", "&", "![", "](", ")", "[x]: ", "javascript:alert(1)", "https://a.example/", "\n", "\n\n", "> ", "- ", "```", "`",
		"<script>", "<img src=//x>", "<a href='x'>", "JaVaScRiPt:", "data:text/html,", "&#106;avascript:", "\\", "<https://a.example>", "<javascript:x>", "www.a.example", "ftp://x.example"}))
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "pieces"), "")
		harmlessPage(t, mime.HTML(text))
	})
}

// What the rep wrote is there in the page, whatever signs stand around it.
func TestNoWordIsLostInThePage(t *testing.T) {
	sign := rapid.SampledFrom([]string{" ", " ", "\n", "\n\n", "\n    ", "\n\t", "\n> ", "\n- ", "\n1. ", "\n# ", "\n```", "\n---\n", "\n-- \n", "**", "*", "_", "`", "<", ">", "[", "]", "!", "&", "\n* * *\n", "\n<!-- ", "|", "~~", "\n    \n"})
	rapid.Check(t, func(t *rapid.T) {
		var text strings.Builder
		n := rapid.IntRange(1, 12).Draw(t, "words")
		for i := range n {
			text.WriteString(sign.Draw(t, "sign") + sign.Draw(t, "sign") + "w" + string(rune('a'+i)) + "w")
		}
		page := mime.HTML(text.String())
		for i := range n {
			if word := "w" + string(rune('a'+i)) + "w"; strings.Count(page, word) != 1 {
				t.Fatalf("%s is lost from %q: %q", word, text.String(), page)
			}
		}
	})
}

func TestHeavyTextsMakeTheirPageSoon(t *testing.T) {
	for name, text := range map[string]string{
		"quotes": strings.Repeat(">", 20000), "brackets": strings.Repeat("[", 20000), "stars": strings.Repeat("*a ", 20000), "lists": strings.Repeat("- ", 5000),
		"ticks": strings.Repeat("`a", 20000), "links": strings.Repeat("[a](b", 8000), "pictures": strings.Repeat("![", 10000),
	} {
		began := time.Now()
		mime.HTML(text)
		if took := time.Since(began); took > modeltest.Within(time.Second) {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func FuzzHTML(f *testing.F) {
	f.Add("Hi **Dana**,\n\n1. [x](https://a.example)\n> y\n\n<b>")
	f.Fuzz(func(t *testing.T, text string) { harmlessPage(t, mime.HTML(text)) })
}
