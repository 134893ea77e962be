package io.offerflow.cli;

import io.offerflow.runtime.Build;
import picocli.CommandLine;

/** The version of this build, as the journal has it. */
final class BuildVersion implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"offerflow " + Build.ID, "Java " + Runtime.version()};
    }
}
