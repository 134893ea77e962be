/** Latency at given rates, open loop. */
package io.offerflow.bench.latency;
