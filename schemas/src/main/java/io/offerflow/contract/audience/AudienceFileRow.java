package io.offerflow.contract.audience;

import java.util.Optional;

/**
 * One row of an audience file.
 *
 * @param line number in the file, from 1; 0 if the row is not from a file
 * @param id a GUID in lower case
 */
public record AudienceFileRow(int line, String id, RowKind kind, Optional<String> label) {

    /** The type of an id. */
    public enum RowKind {
        TENANT("TenantID"), SUBSCRIPTION("SubscriptionId");

        private final String csv;

        RowKind(String csv) {
            this.csv = csv;
        }

        /** The value of the column Type (V22). */
        String csv() {
            return csv;
        }
    }
}
