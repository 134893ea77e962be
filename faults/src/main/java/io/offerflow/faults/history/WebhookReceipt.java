package io.offerflow.faults.history;

/**
 * A webhook that a receiver has accepted.
 *
 * @param id of the event
 * @param offer publisher and offer, with a slash between them
 */
public record WebhookReceipt(String id, String offer) {
}
