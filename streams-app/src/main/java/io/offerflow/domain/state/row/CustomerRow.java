package io.offerflow.domain.state.row;

import java.util.Optional;

/** What one customer has of one plan, and their recent commands (B40). */
public record CustomerRow(Optional<EntitlementStamp> entitlement, RecentCommands recentCommands) implements StateRow {
    public static final CustomerRow NEW = new CustomerRow(Optional.empty(), RecentCommands.EMPTY);
}
