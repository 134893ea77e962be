package io.offerflow.topology;

import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/** A write to one key of a store; an empty value deletes the key. */
public record StoreWrite(KeyValueStore<byte[], byte[]> store, byte[] key, Optional<byte[]> value) {
}
