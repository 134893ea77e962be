/** Explains one offer from its journal entries. */
package io.offerflow.replay.explain;
