package io.offerflow.bench.peer;

import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.Site;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.topology.TopologySettings;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Main class of the peer under load. */
final class PeerProcess {

    /** Arguments beside those of the site. */
    static final String JDBC_URL = "jdbc.url";
    static final String BATCH = "batch";

    private PeerProcess() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        Site site = Site.of(arguments);
        Map<String, String> given = Site.settings(arguments);
        try (RegistryClient registry = new RegistryClient(RegistryOptions.at(site.registryUrl()))) {
            Peer peer = new Peer(new Peer.Config(site.bootstrapServers(), given.get(JDBC_URL), site.run(),
                    Integer.parseInt(given.get(BATCH))), TopologySettings.defaults("peer", site.partitions()), registry);
            AtomicBoolean told = new AtomicBoolean();
            Thread working = Thread.ofPlatform().name("worker").start(() -> work(peer, told));
            Signals.ready();
            Signals.untilToldToStop();
            told.set(true);
            peer.stop();
            working.join();
        }
        System.exit(0);
    }

    private static void work(Peer peer, AtomicBoolean told) {
        try {
            peer.run();
        } catch (Exception e) {
            if (!told.get()) {
                e.printStackTrace(); // into the log that the harness names
                Signals.say(Signals.FAILED, e);
                System.exit(1);
            }
        }
    }
}
