package files

import (
	"context"
	"sync/atomic"
	"time"

	"stoke/model"
)

// Live is a Set that follows the rep's files while the program runs: a template, a sequence or a rule that was written
// anew counts from then on. Paths and accounts stay as they were at the start.
type Live struct {
	Set  // as at the start
	env  func(string) string
	read Set // as read last; Watch's alone
	book atomic.Pointer[model.Rulebook]
}

// Follow reads what p names as Read does, and makes a Live of it.
func Follow(p Paths, env func(string) string) (*Live, error) {
	set, err := Read(p, env)
	if err != nil {
		return nil, err
	}
	l := &Live{Set: set, env: env, read: set}
	return l, l.use(set)
}

// Book is what decisions are made with now. It may be called from any goroutine.
func (l *Live) Book() *model.Rulebook { return l.book.Load() }

func (l *Live) use(s Set) error {
	book, err := s.Rulebook()
	if err != nil {
		return err
	}
	l.book.Store(&book)
	return nil
}

// Watch looks every two seconds until ctx ends whether the files changed, and reads them again if so. follow is given the
// new fingerprints, Rules and Heat. Then tell is given a sentence for the rep, which names mistakes; what follow did not
// manage, it is told as an error, and it is tried again.
func (l *Live) Watch(ctx context.Context, follow func(ctx context.Context, rules, heat string) error, tell func(says string, err error)) {
	look := time.NewTicker(2 * time.Second)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
			if l.read.Changed() {
				tell(l.reread(ctx, follow))
			}
		}
	}
}

func (l *Live) reread(ctx context.Context, follow func(ctx context.Context, rules, heat string) error) (says string, err error) {
	set, bad := Read(l.Paths, l.env)
	if bad == nil {
		bad = l.use(set)
	}
	if bad == nil {
		if err := follow(ctx, set.Rules(), set.Heat()); err != nil {
			return "", err // the files count as unread
		}
	}
	l.read = set
	switch {
	case bad != nil:
		return bad.Error(), nil
	case len(set.Mistakes) > 0:
		return set.Mistakes.Error(), nil
	}
	return "Read your files anew.", nil
}
