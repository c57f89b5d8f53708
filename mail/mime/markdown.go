package mime

import (
	"bytes"
	"html"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// HTML is the text of a mail as a web page shows it, out of its Markdown: paragraphs, lists, quotes, emphasis, code and
// links. Line ends stay line ends. Tags are not tags but text, and nothing is loaded from elsewhere: a picture becomes a
// link to it. Links lead to http, https and mailto only. A text that is no person's mail is shown as it is.
func HTML(markdown string) string {
	var out bytes.Buffer
	markdown = lineFeeds(markdown)
	plain := len(markdown) > mostMarkdown || strings.Count(markdown, "[") > mostBrackets || deeplyQuoted(markdown)
	if plain || pages().Convert([]byte(strings.ReplaceAll(markdown, "\t", "    ")), &out) != nil {
		out.Reset()
		out.WriteString("<pre>" + html.EscapeString(markdown) + "</pre>\n")
	}
	return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n" + out.String() + "</body></html>\n"
}

// The library takes a time that is quadratic in the number of open brackets and in the depth of quotes.
const (
	mostMarkdown = 128 << 10
	mostBrackets = 500
	mostQuotes   = 100
)

// deeplyQuoted tells whether there are quotes in quotes beyond what people write.
func deeplyQuoted(markdown string) bool {
	depth := 0
	for _, c := range []byte(markdown) {
		switch c {
		case '>':
			depth++
		case ' ', '\t':
		default:
			depth = 0
		}
		if depth > mostQuotes {
			return true
		}
	}
	return false
}

// pages is made on first use. A line of dashes is the mark above a signature and no heading, indented lines are no
// program, a row of ticks hides nothing, and < begins no tag, so these parsers are left out.
var pages = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(
				util.Prioritized(parser.NewListParser(), 300), util.Prioritized(parser.NewListItemParser(), 400),
				util.Prioritized(parser.NewBlockquoteParser(), 800), util.Prioritized(indented{parser.NewParagraphParser()}, 1000),
			),
			parser.WithInlineParsers(
				util.Prioritized(parser.NewCodeSpanParser(), 100), util.Prioritized(parser.NewLinkParser(), 200),
				util.Prioritized(parser.NewAutoLinkParser(), 300), util.Prioritized(parser.NewEmphasisParser(), 500),
			),
		)),
		goldmark.WithExtensions(extension.NewLinkify(extension.WithLinkifyAllowedProtocols([]string{"http:", "https:", "mailto:"}))),
		goldmark.WithRendererOptions(gmhtml.WithHardWraps(), renderer.WithNodeRenderers(util.Prioritized(linksOnly{}, 100))),
	)
})

// indented is a paragraph that may begin far to the right, where Markdown expects a program.
type indented struct{ parser.BlockParser }

// CanAcceptIndentedLine implements parser.BlockParser.
func (indented) CanAcceptIndentedLine() bool { return true }

// linksOnly writes links, and pictures as links, in place of the library's own way.
type linksOnly struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (linksOnly) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindImage, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		return link(w, string(n.(*ast.Image).Destination), entering)
	})
	r.Register(ast.KindLink, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		return link(w, string(n.(*ast.Link).Destination), entering)
	})
	r.Register(ast.KindAutoLink, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		a := n.(*ast.AutoLink)
		to := string(a.URL(source))
		if a.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(to), "mailto:") {
			to = "mailto:" + to
		}
		_, err := link(w, to, entering)
		if entering && err == nil {
			_, err = w.WriteString(html.EscapeString(string(a.Label(source))))
		}
		return ast.WalkContinue, err
	})
}

func link(w util.BufWriter, to string, entering bool) (ast.WalkStatus, error) {
	safe := false
	for _, scheme := range []string{"http://", "https://", "mailto:"} {
		safe = safe || len(to) > len(scheme) && strings.EqualFold(to[:len(scheme)], scheme)
	}
	var err error
	switch {
	case !safe:
	case entering:
		_, err = w.WriteString(`<a href="` + html.EscapeString(string(util.URLEscape([]byte(to), true))) + `">`)
	default:
		_, err = w.WriteString("</a>")
	}
	return ast.WalkContinue, err
}
