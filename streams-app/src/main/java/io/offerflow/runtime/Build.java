package io.offerflow.runtime;

import java.util.Optional;

/** Names this build, for the journal and for people. */
public final class Build {

    /** Version of the jar; {@code development} when the classes were not packed into one. */
    public static final String ID =
            Optional.ofNullable(Build.class.getPackage().getImplementationVersion()).orElse("development");

    private Build() {
    }
}
