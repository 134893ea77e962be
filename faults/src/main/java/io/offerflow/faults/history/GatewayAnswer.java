package io.offerflow.faults.history;

/**
 * The last answer of a gateway to a request that a client has repeated, with the same key, until it was answered.
 *
 * @param offer publisher and offer, with a slash between them
 * @param number of the request about this offer, from 0
 * @param draftVersion of the offer after the command
 */
public record GatewayAnswer(String offer, int number, String commandId, String result, long draftVersion) {
}
