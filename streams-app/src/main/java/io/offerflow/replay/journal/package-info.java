/**
 * Reads the journal: offset ranges and decoded entries. A replay takes order, times and policies from the journal; no
 * package of replays reads a clock for what it decides or applies.
 */
package io.offerflow.replay.journal;
