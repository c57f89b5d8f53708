// Package modeltest supports tests of pure computing, in any room. Only tests import it.
package modeltest

import (
	"math"
	"runtime/debug"
	"slices"
	"time"
)

// Within is a bound on pure computing. The race detector makes that ten to twenty times slower, so beside it the bound only
// tells a stall from work.
func Within(bound time.Duration) time.Duration {
	if info, ok := debug.ReadBuildInfo(); ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		return 20 * bound
	}
	return bound
}

// Quickest is the least time that something takes, tried until it is within a limit or 30 times: a busy machine makes one try
// slow, and what is too slow by itself is so each time.
func Quickest(limit time.Duration, do func()) time.Duration {
	best := time.Duration(math.MaxInt64)
	for try := 0; try < 30 && best > limit; try++ {
		began := time.Now()
		do()
		best = min(best, time.Since(began))
	}
	return best
}
