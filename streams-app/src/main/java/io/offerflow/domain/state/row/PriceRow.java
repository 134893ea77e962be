package io.offerflow.domain.state.row;

import io.offerflow.domain.model.Value;
import java.time.Instant;
import java.util.List;

/**
 * What customers pay for a plan until new prices take effect (V16).
 *
 * @param charged the terms with their prices until then
 */
public record PriceRow(Instant effectiveAt, List<Value> charged) implements StateRow {
}
