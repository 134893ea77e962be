package io.offerflow.cli.console;

import io.offerflow.runtime.BuildInfo;
import picocli.CommandLine;

/** The version of this build, as the journal records it. */
public final class BuildVersion implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"offerflow " + BuildInfo.ID, "Java " + Runtime.version()};
    }
}
