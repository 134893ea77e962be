package io.offerflow.topology;

import java.util.Optional;

/**
 * Key of a record on its way out, with the partition it goes to: that of the input, whatever the key.
 *
 * @param bytes the key; nothing if the input had none
 */
record OutputKey(int partition, Optional<byte[]> bytes) {
}
