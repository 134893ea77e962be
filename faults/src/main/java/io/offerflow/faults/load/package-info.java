/** Producers that repeat an input until it is answered, and readers of what is committed. */
package io.offerflow.faults.load;
