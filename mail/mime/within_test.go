package mime_test

import (
	"runtime/debug"
	"slices"
	"time"
)

// within is a bound on pure computation. The race detector makes that ten to twenty times slower, so beside it the bound
// only tells a stall from work.
func within(bound time.Duration) time.Duration {
	if info, ok := debug.ReadBuildInfo(); ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		return 20 * bound
	}
	return bound
}
