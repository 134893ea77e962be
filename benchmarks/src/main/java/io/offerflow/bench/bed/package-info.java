/** A broker with a workload in it and a checker beside it, on which subjects run one after the other. */
package io.offerflow.bench.bed;
