/** Throughput of subjects of growing complexity. */
package io.offerflow.bench.ladder;
