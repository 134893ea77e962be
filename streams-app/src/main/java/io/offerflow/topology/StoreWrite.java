package io.offerflow.topology;

import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/** A change of one key; nothing deletes it. */
public record StoreWrite(KeyValueStore<byte[], byte[]> store, byte[] key, Optional<byte[]> value) {
}
