package io.offerflow.topology;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Key of an output record, with its partition: that of the input, whatever the key.
 *
 * @param bytes the key; empty if the input had none
 */
public record OutputKey(int partition, Optional<byte[]> bytes) {

    /** Key of a row inside the offer that this is the key of. */
    OutputKey part(Optional<String> name) {
        return name.map(part -> new OutputKey(partition, bytes.map(offer -> (new String(offer, StandardCharsets.UTF_8)
                + "/" + part).getBytes(StandardCharsets.UTF_8)))).orElse(this);
    }
}
