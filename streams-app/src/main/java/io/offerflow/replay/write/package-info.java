/** Writes to a cluster what follows from the journal: state topics, outputs, a new generation of stores, inputs again. */
package io.offerflow.replay.write;
