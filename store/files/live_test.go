package files_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"stoke/store/files"
)

func TestWhatTheRepWritesCountsFromThenOn(t *testing.T) {
	p := house(t)
	write(t, p.Config, "name = \"Robin\"\n", 0o600)
	live, err := files.Follow(p, none)
	if err != nil {
		t.Fatal(err)
	}
	own := filepath.Join(p.Templates(), "mine.md")
	template := "---\nkind: sales\nsubject: Mine\n---\nHi {{ first_name }},\n"
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		type told struct {
			says string
			err  error
		}
		heard, ended := make(chan told), make(chan bool)
		busy := errors.New("busy")
		answers := make(chan error, 10)
		for _, err := range []error{busy, busy, nil, nil, nil} {
			answers <- err
		}
		follow := func(_ context.Context, rules, heat string) error {
			if rules == "" || heat == "" {
				t.Error("no fingerprints")
			}
			return <-answers
		}
		go func() {
			live.Watch(ctx, follow, func(says string, err error) { heard <- told{says, err} })
			close(ended)
		}()

		before := live.Book()
		write(t, own, template, 0o600)
		for range 2 { // what did not work is tried again
			if got := <-heard; got.says != "" || !errors.Is(got.err, busy) {
				t.Errorf("%+v", got)
			}
		}
		if got := <-heard; got.says != "Read your files anew." || got.err != nil {
			t.Errorf("%+v", got)
		}
		if _, found := live.Book().Templates.Find("mine"); !found || live.Book() == before {
			t.Error("the template does not count")
		}

		write(t, p.Config, "nam = 1\n", 0o600)
		if got := <-heard; !strings.Contains(got.says, p.Config+":1") || got.err != nil {
			t.Errorf("a bad config: %+v", got)
		}
		if _, found := live.Book().Templates.Find("mine"); !found {
			t.Error("a bad config took away what was good")
		}
		write(t, p.Config, "name = \"Robin\"\n", 0o600)
		<-heard
		write(t, own, strings.Replace(template, "first_name", "first_nam", 1), 0o600)
		if got := <-heard; !strings.Contains(got.says, "first_nam") {
			t.Errorf("a mistake in a template: %+v", got)
		}
		cancel()
		<-ended
	})
	if live.Config.Name != "Robin" {
		t.Errorf("%+v", live.Config)
	}
}
