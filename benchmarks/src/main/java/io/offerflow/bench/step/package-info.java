/** The service's processor without Kafka Streams. */
package io.offerflow.bench.step;
