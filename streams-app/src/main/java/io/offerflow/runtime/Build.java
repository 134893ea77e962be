package io.offerflow.runtime;

import java.util.Optional;

/** Names this build, for the journal. */
final class Build {

    /** Version of the jar; {@code development} when the classes were not packed into one. */
    static final String ID =
            Optional.ofNullable(Build.class.getPackage().getImplementationVersion()).orElse("development");

    private Build() {
    }
}
