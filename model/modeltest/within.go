// Package modeltest supports tests of pure computing, in any room. Only tests import it.
package modeltest

import (
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
