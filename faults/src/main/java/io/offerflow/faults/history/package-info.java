/** Everything that a run has committed, partition by partition. */
package io.offerflow.faults.history;
