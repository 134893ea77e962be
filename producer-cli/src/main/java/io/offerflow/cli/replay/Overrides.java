package io.offerflow.cli.replay;

import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.PolicySettings;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.runtime.SettingSources;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Settings of the rules that replace the recorded ones. */
final class Overrides {

    private static final Map<String, String> NO_CLUSTER =
            Map.of("bootstrap.servers", "unused:9", "schema.registry.url", "http://unused:9");

    private final Map<String, String> settings = new HashMap<>();

    /** @param given files and {@code name=value}; a later one wins */
    Overrides(List<String> given) {
        Set<String> rules = PolicySettings.of(Policy.DEFAULT).keySet();
        for (String one : given) {
            SettingSources sources = one.contains("=") ? SettingSources.read(Optional.empty(), Map.of(), List.of(one))
                    : SettingSources.read(Optional.of(Path.of(one)), Map.of(), List.of());
            Map<String, String> read = sources.values();
            Map<String, String> checked = new HashMap<>(NO_CLUSTER);
            checked.putAll(read);
            ServiceConfig.of(new SettingSources(checked, sources.origins())); // rejects wrong names and values
            read.keySet().stream().filter(rules::contains).forEach(name -> settings.put(name, read.get(name)));
            if (one.contains("=") && !rules.containsAll(read.keySet())) {
                throw new CliFailure(ExitCode.USAGE, "%s is not a setting of the rules; the settings are %s".formatted(
                        String.join(", ", read.keySet()), String.join(", ", rules)));
            }
        }
    }

    /** Makes the policy to decide with from the recorded one. */
    UnaryOperator<Policy> operator() {
        return recorded -> {
            Map<String, String> all = new HashMap<>(NO_CLUSTER);
            all.putAll(PolicySettings.of(recorded));
            all.putAll(settings);
            return ServiceConfig.of(all).policy();
        };
    }
}
