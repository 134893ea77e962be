package io.offerflow.runtime;

import java.util.Optional;

/** The version of this build. */
public final class BuildInfo {

    /** Version of the jar; {@code development} when the classes were not packed into one. */
    public static final String ID =
            Optional.ofNullable(BuildInfo.class.getPackage().getImplementationVersion()).orElse("development");

    private BuildInfo() {
    }
}
