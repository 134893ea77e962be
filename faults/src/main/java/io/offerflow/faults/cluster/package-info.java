/** Brokers, registry and instances of the service as processes that faults can end, stop and cut off. */
package io.offerflow.faults.cluster;
