package io.offerflow.notifier.delivery;

import java.util.Optional;

/** State that has a row on the topic deliveries, from which another instance takes it over. */
interface LiveRow {

    /** Key of the row. */
    String rowKey();

    /** A {@code Delivery} or {@code DeliveryBacklog}; empty if the row is to be removed. */
    Optional<Object> row();
}
