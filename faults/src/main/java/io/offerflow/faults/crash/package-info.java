/** Crash points in memory: a process ends between any two effects of a transaction. */
package io.offerflow.faults.crash;
