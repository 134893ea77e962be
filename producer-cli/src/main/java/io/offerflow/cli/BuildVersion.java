package io.offerflow.cli;

import java.util.Optional;
import picocli.CommandLine;

/** The version of this build, which the jar's manifest carries. */
final class BuildVersion implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Offerflow.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        return new String[] {"offerflow " + version, "Java " + Runtime.version()};
    }
}
