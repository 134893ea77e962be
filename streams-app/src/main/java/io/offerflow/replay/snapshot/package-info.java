/** Snapshots of the state at a position of the journal, from which a replay begins instead of at the first entry. */
package io.offerflow.replay.snapshot;
