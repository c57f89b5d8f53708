package mail

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"stoke/mail/mime"
	"stoke/model/signal"
)

// mostAtOnce bounds the mails that are in memory at once, whatever the machine: a hostile one may take tens of megabytes.
const mostAtOnce = 8

// Explain tells what n mails are. read gives the octets of one, and is called by several goroutines at once; tell gets
// the verdicts one by one in order, on the caller's goroutine, with read's error or mime.ErrEmpty. It returns when nothing
// runs any more: with the error of tell, or with that of ctx. A mail that makes us panic panics here, for the caller.
func Explain(ctx context.Context, n int, read func(i int) ([]byte, error), tell func(i int, v signal.Verdict, err error) error) error {
	ctx, stop := context.WithCancel(ctx)
	var busy sync.WaitGroup
	defer busy.Wait()
	defer stop()

	workers := min(runtime.GOMAXPROCS(0), mostAtOnce, max(n, 1))
	type asked struct {
		i    int
		said chan explained
	}
	todo, inOrder := make(chan asked), make(chan asked, 4*workers)
	busy.Go(func() {
		defer close(inOrder)
		defer close(todo)
		for i := range n {
			a := asked{i, make(chan explained, 1)}
			for _, to := range []chan asked{inOrder, todo} {
				select {
				case to <- a:
				case <-ctx.Done():
					return
				}
			}
		}
	})
	for range workers {
		busy.Go(func() {
			for a := range todo {
				a.said <- explain(func() ([]byte, error) { return read(a.i) })
			}
		})
	}
	for a := range inOrder {
		select {
		case e := <-a.said:
			if e.panicked != nil {
				panic(e.panicked)
			}
			if err := tell(a.i, e.verdict, e.err); err != nil {
				return err
			}
		case <-ctx.Done():
		}
	}
	return ctx.Err()
}

// explained is the verdict about one mail, or why there is none.
type explained struct {
	verdict  signal.Verdict
	err      error
	panicked error
}

func explain(read func() ([]byte, error)) (e explained) {
	defer func() {
		if v := recover(); v != nil {
			e.panicked = fmt.Errorf("mail: explain failed: %v\n%s", v, debug.Stack())
		}
	}()
	raw, err := read()
	if err != nil {
		return explained{err: err}
	}
	parsed, err := mime.Parse(raw, time.Time{})
	if err != nil {
		return explained{err: err}
	}
	return explained{verdict: signal.Classify(parsed.Mail)}
}
