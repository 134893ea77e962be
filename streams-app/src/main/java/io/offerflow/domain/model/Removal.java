package io.offerflow.domain.model;

/** The newest request to remove the offer from the customers who have it (S31). */
public record Removal(long number, RemovalState state) {
}
