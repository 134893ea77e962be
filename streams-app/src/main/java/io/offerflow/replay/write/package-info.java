/** Writes to a cluster from the journal: state topics, outputs, a new generation of stores, inputs to retry. */
package io.offerflow.replay.write;
