package io.offerflow.cli.audience;

import java.util.Optional;

/**
 * One line of an audience.
 *
 * @param line of the file, from 1; 0 if it comes from none
 * @param id GUID in small letters
 */
record AudienceFileRow(int line, String id, RowKind kind, Optional<String> label) {

    /** What an id names. */
    enum RowKind {
        TENANT("TenantID"), SUBSCRIPTION("SubscriptionId");

        private final String csv;

        RowKind(String csv) {
            this.csv = csv;
        }

        /** As the column Type says it (V22). */
        String csv() {
            return csv;
        }
    }

    /** The same wherever it came from. */
    AudienceFileRow withoutLine() {
        return new AudienceFileRow(0, id, kind, label);
    }
}
