/** Builds the state of partitions from the journal, in memory and on disk, and compares it with a service's state. */
package io.offerflow.replay.fold;
