/**
 * Replays: everything that can be made again from the journal. Nothing here reads a clock for what it decides or folds;
 * the order, the times and the policies are those of the journal.
 */
package io.offerflow.replay;
