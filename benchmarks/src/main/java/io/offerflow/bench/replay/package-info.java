/** Replays of a journal. */
package io.offerflow.bench.replay;
