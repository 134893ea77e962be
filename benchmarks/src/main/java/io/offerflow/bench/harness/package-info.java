/** Runs a subject with a broker, a loader and a checker; what all verbs have in common. */
package io.offerflow.bench.harness;
