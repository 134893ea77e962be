package io.offerflow.bench.subject;

import io.offerflow.bench.run.Site;
import io.offerflow.runtime.ServiceConfig;
import java.util.HashMap;
import java.util.Map;

/** The service's settings for a site; every subject on Kafka Streams takes its own from them. */
final class ServiceSettings {

    /** Arguments of a process that begin so are settings of the service, without it. */
    private static final String PREFIX = "set.";

    private ServiceSettings() {
    }

    static ServiceConfig of(String[] arguments) {
        Site site = Site.of(arguments);
        Map<String, String> settings = new HashMap<>(Map.of("bootstrap.servers", site.bootstrapServers(),
                "schema.registry.url", site.registryUrl(), "application.id", site.run(),
                "group.instance.id", site.run(), "state.dir", site.scratch().resolve("state").toString(),
                "commit.interval.ms", Integer.toString(site.commitIntervalMs())));
        Site.settings(arguments).forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                settings.put(name.substring(PREFIX.length()), value);
            }
        });
        return ServiceConfig.of(settings);
    }
}
