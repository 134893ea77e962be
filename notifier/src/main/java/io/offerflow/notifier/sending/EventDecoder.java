package io.offerflow.notifier.sending;

import io.offerflow.avro.DeadLetterReason;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.registry.UnknownSchemaException;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.NotWireFormatException;
import io.offerflow.contract.wire.UnreadableValueException;
import io.offerflow.notifier.delivery.DeliveryResult;
import io.offerflow.notifier.delivery.FailureKind;
import io.offerflow.notifier.delivery.OutgoingEvent;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.avro.generic.IndexedRecord;

/** Decodes events for several threads. */
public final class EventDecoder {

    /** Sends a decoded event. */
    public interface DecodedSend {
        DeliveryResult send(Optional<IndexedRecord> value) throws InterruptedException;
    }

    private final AvroDecoder decoder;
    private final ReentrantLock lock = new ReentrantLock();

    public EventDecoder(SchemaRegistry registry) {
        this.decoder = new AvroDecoder(registry);
    }

    /** Decodes the value, which is empty for a tombstone, and sends the event; or says why it cannot be decoded. */
    public DeliveryResult decoded(OutgoingEvent event, DecodedSend send) throws InterruptedException {
        Optional<IndexedRecord> value;
        try {
            value = event.value().map(bytes -> decode(event, bytes));
        } catch (RegistryUnavailableException e) {
            return new DeliveryResult.Failed(FailureKind.REGISTRY, e.getMessage());
        } catch (UnknownSchemaException | NotWireFormatException | UnreadableValueException e) {
            return new DeliveryResult.Refused(DeadLetterReason.UNREADABLE, e.getMessage());
        }
        return send.send(value);
    }

    private IndexedRecord decode(OutgoingEvent event, byte[] bytes) {
        lock.lock();
        try {
            return decoder.decode(event.ref().topic(), bytes);
        } finally {
            lock.unlock();
        }
    }
}
