package io.offerflow.topology;

import org.apache.kafka.common.KafkaException;

/**
 * The service cannot go on, and no retry helps: a thread of the topology that throws this ends the service. The message
 * is a sentence for the operator: what happened, to which thing, and what to do.
 */
public final class UnrecoverableException extends KafkaException {

    private static final long serialVersionUID = 1L;

    public UnrecoverableException(String message) {
        super(message);
    }
}
