package signal

// Hostile are pieces that, repeated, make a slow reader slow.
var Hostile = hostile
