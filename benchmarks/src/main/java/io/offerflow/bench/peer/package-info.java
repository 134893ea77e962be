/**
 * What a team would build without Kafka Streams: the same rules behind a plain consumer, with PostgreSQL for the state, an
 * outbox for what follows, and the offsets in the same transaction. It is here to be measured beside the service.
 */
package io.offerflow.bench.peer;
