/** Builds state from complete journal partitions, in memory and on disk, and compares it with the state of a service. */
package io.offerflow.replay.fold;
