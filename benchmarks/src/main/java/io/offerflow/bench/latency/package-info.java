/** {@code ./offerflow bench latency}: open loop, from the time a command should have been sent to its outcome. */
package io.offerflow.bench.latency;
