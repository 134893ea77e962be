package io.offerflow.faults.run;

import io.offerflow.faults.cluster.ClusterView;
import io.offerflow.faults.cluster.Link;
import io.offerflow.faults.cluster.Member;
import io.offerflow.faults.cluster.ServiceCluster;
import io.offerflow.faults.load.InputSender;
import io.offerflow.faults.load.RecoveryTimes;
import io.offerflow.faults.load.RecoveryTimes.Recovery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Injects faults into a cluster; each ends when the cluster is whole again. */
final class FaultInjector {

    private static final int POISON_PER_PARTITION = 10;

    private final ServiceCluster cluster;
    private final ClusterView view;
    private final InputSender sender;
    private final RecoveryTimes recoveries;
    private final int partitions;
    private final InstancePool pool;
    private final Semaphore brokers = new Semaphore(1);
    private final long begun = System.nanoTime();
    private final List<Running> faults = Collections.synchronizedList(new ArrayList<>());

    /** A fault whose recovery is measured. */
    private record Running(int number, FaultKind kind, double second, String target, Set<Integer> partitions,
            Recovery recovery) {
    }

    FaultInjector(ServiceCluster cluster, ClusterView view, InputSender sender, RecoveryTimes recoveries,
            int partitions) {
        this.cluster = cluster;
        this.view = view;
        this.sender = sender;
        this.recoveries = recoveries;
        this.partitions = partitions;
        this.pool = new InstancePool(cluster.instances());
    }

    /** The kinds that this machine allows. */
    static Set<FaultKind> possible(ServiceCluster cluster) {
        Set<FaultKind> possible = EnumSet.allOf(FaultKind.class);
        if (cluster.smallDisk().isEmpty()) {
            possible.remove(FaultKind.DISK_FULL);
        }
        if (cluster.ownClock().isEmpty()) {
            possible.remove(FaultKind.CLOCK_JUMPED);
        }
        if (cluster.instances().size() <= FaultKind.TWO_KILLED.instances()) {
            possible.remove(FaultKind.TWO_KILLED);
        }
        if (cluster.edges().isEmpty()) {
            possible.removeAll(Set.of(FaultKind.GATEWAY_KILLED, FaultKind.NOTIFIER_KILLED));
        }
        if (!Member.canHaveSlowDisk()) {
            possible.remove(FaultKind.DISK_SLOW);
        }
        return possible;
    }

    /** The faults so far. */
    List<InjectedFault> faults() {
        synchronized (faults) {
            return faults.stream().map(fault -> new InjectedFault(fault.number(), fault.kind(), fault.second(),
                    fault.target(), fault.partitions(),
                    fault.recovery().longest().map(time -> time.toMillis() / 1000.0))).toList();
        }
    }

    /** Waits until the parts that a fault harms are whole, and returns the fault, ready to run. */
    FaultTask prepare(int number, FaultKind kind, Random random) throws InterruptedException {
        if (kind.isOfBroker()) {
            brokers.acquire();
            return () -> {
                try {
                    broker(number, kind, random);
                } finally {
                    brokers.release();
                }
            };
        }
        List<Member> targets = targets(kind, random);
        return () -> {
            try {
                inject(number, kind, targets, random);
            } finally {
                pool.giveBack(targets);
            }
        };
    }

    /** A fault that runs until the cluster is whole again. */
    @FunctionalInterface
    interface FaultTask {
        void run() throws InterruptedException;
    }

    private List<Member> targets(FaultKind kind, Random random) throws InterruptedException {
        return switch (kind) {
            case DISK_FULL -> pool.take(cluster.smallDisk().orElseThrow());
            case CLOCK_JUMPED -> pool.take(cluster.ownClock().orElseThrow());
            case UPGRADED -> pool.take(cluster.instances().size() - 1, random);
            default -> pool.take(kind.instances(), random);
        };
    }

    private void inject(int number, FaultKind kind, List<Member> targets, Random random) throws InterruptedException {
        Set<Integer> affected = targets.isEmpty() ? view.all() : view.owned(targets);
        switch (kind) {
            case INSTANCE_KILLED, TWO_KILLED -> {
                targets.parallelStream().forEach(Member::kill);
                begin(number, kind, targets, affected);
                targets.forEach(Member::start);
            }
            case KILLED_AT_START -> {
                targets.forEach(Member::kill);
                targets.forEach(Member::start);
                Thread.sleep(random.nextInt(1_000, 6_000));
                targets.forEach(Member::kill);
                begin(number, kind, targets, affected);
                targets.forEach(Member::start);
            }
            case INSTANCE_PAUSED -> {
                Process pause = targets.getFirst().pause(seconds(random, 9, 13));
                begin(number, kind, targets, affected);
                pause.waitFor();
            }
            case INSTANCE_RESTARTED -> {
                targets.forEach(Member::stop);
                begin(number, kind, targets, affected);
                targets.forEach(Member::start);
            }
            case STATE_WIPED -> {
                targets.forEach(Member::kill);
                begin(number, kind, targets, affected);
                targets.forEach(cluster::wipe);
                targets.forEach(Member::start);
            }
            case NETWORK_CUT -> {
                List<Link> all = cluster.links(targets.getFirst());
                network(number, kind, targets, affected, random.nextBoolean() ? all
                        : List.of(all.get(random.nextInt(all.size()))), Link.Condition.CUT, seconds(random, 3, 12));
            }
            case NETWORK_SLOW -> network(number, kind, targets, affected, cluster.links(targets.getFirst()),
                    Link.Condition.SLOW, seconds(random, 5, 10));
            case COMMITS_HELD -> network(number, kind, targets, affected, cluster.links(targets.getFirst()),
                    Link.Condition.COMMITS_HELD, seconds(random, 3, 12));
            case REGISTRY_AWAY -> {
                cluster.stopRegistry();
                begin(number, kind, targets, affected);
                sleep(seconds(random, 5, 10));
                cluster.startRegistry();
            }
            case DISK_FULL -> {
                cluster.fillDisk();
                begin(number, kind, targets, affected);
                sleep(Duration.ofSeconds(5));
                cluster.emptyDisk();
            }
            case POISON -> {
                begin(number, kind, targets, affected);
                for (int partition = 0; partition < partitions; partition++) {
                    sender.poison(partition, POISON_PER_PARTITION, random);
                }
            }
            case CLOCK_JUMPED -> {
                cluster.setClock(Duration.ofHours(random.nextBoolean() ? 2 : -2));
                begin(number, kind, targets, affected);
                sleep(Duration.ofSeconds(10));
                cluster.setClock(Duration.ZERO);
            }
            case UPGRADED -> upgrade(number, kind);
            case GATEWAY_KILLED -> edge(number, kind, cluster.gateway().orElseThrow(), RecoveryTimes.GATEWAY);
            case NOTIFIER_KILLED -> edge(number, kind, cluster.notifier().orElseThrow(), RecoveryTimes.NOTIFIER);
            case BROKER_KILLED, CONTROLLER_KILLED, BROKER_PAUSED, BROKERS_CUT, DISK_SLOW ->
                    throw new IllegalArgumentException(kind.name());
        }
        for (Member target : targets) {
            target.awaitReady();
        }
    }

    private void network(int number, FaultKind kind, List<Member> targets, Set<Integer> affected, List<Link> links,
            Link.Condition condition, Duration time) throws InterruptedException {
        links.forEach(link -> link.become(condition));
        begin(number, kind, targets, affected);
        sleep(time);
        links.forEach(link -> link.become(Link.Condition.GOOD));
    }

    /** One instance after the other gets the other build; then one after the other gets this one again. */
    private void upgrade(int number, FaultKind kind) throws InterruptedException {
        begin(number, kind, cluster.instances(), view.all());
        for (boolean next : new boolean[] {true, false}) {
            for (Member instance : cluster.instances()) {
                instance.stop();
                cluster.useNextBuild(instance, next);
                instance.start();
                instance.awaitReady();
            }
        }
    }

    private void broker(int number, FaultKind kind, Random random) throws InterruptedException {
        view.awaitInSync();
        Member broker = cluster.brokers().get(kind == FaultKind.CONTROLLER_KILLED ? view.controller() - 1
                : random.nextInt(ServiceCluster.BROKERS));
        switch (kind) {
            case BROKER_PAUSED -> {
                Process pause = broker.pause(seconds(random, 3, 8));
                begin(number, kind, List.of(broker), view.all());
                pause.waitFor();
            }
            case BROKERS_CUT -> network(number, kind, List.of(broker), view.all(), List.of(cluster.peerLink(broker)),
                    Link.Condition.CUT, seconds(random, 3, 12));
            case DISK_SLOW -> {
                Process slow = broker.slowDisk(Duration.ofSeconds(8));
                begin(number, kind, List.of(broker), view.all());
                slow.waitFor();
            }
            default -> {
                broker.kill();
                begin(number, kind, List.of(broker), view.all());
                broker.start();
                broker.awaitReady();
            }
        }
        view.awaitInSync();
    }

    private void edge(int number, FaultKind kind, Member edge, int partition) throws InterruptedException {
        synchronized (edge) { // one fault of it at a time
            edge.kill();
            begin(number, kind, List.of(edge), Set.of(partition));
            edge.start();
            edge.awaitReady();
        }
    }

    private void begin(int number, FaultKind kind, List<Member> targets, Set<Integer> affected) {
        faults.add(new Running(number, kind, (System.nanoTime() - begun) / 1e9, targets.stream().map(Member::name)
                .collect(Collectors.joining(", ")), affected, recoveries.begin(affected)));
    }

    private static Duration seconds(Random random, int from, int to) {
        return Duration.ofSeconds(random.nextInt(from, to + 1));
    }

    private static void sleep(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }
}
