package io.offerflow.cli.audience;

import java.util.Optional;

/**
 * One line of an audience.
 *
 * @param line of the file, from 1; 0 if it comes from none
 * @param id GUID in small letters
 */
record Member(int line, String id, Kind kind, Optional<String> label) {

    /** What an id names. */
    enum Kind {
        TENANT("TenantID"), SUBSCRIPTION("SubscriptionId");

        private final String csv;

        Kind(String csv) {
            this.csv = csv;
        }

        /** As the column Type says it (V22). */
        String csv() {
            return csv;
        }
    }

    /** The same wherever it came from. */
    Member withoutLine() {
        return new Member(0, id, kind, label);
    }
}
