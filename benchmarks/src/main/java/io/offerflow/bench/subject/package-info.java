/** Subjects under load, and the verbs that run them: throughput, latency, recovery and replay. */
package io.offerflow.bench.subject;
