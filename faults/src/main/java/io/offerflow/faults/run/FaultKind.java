package io.offerflow.faults.run;

/** The kinds of faults. */
public enum FaultKind {

    INSTANCE_KILLED(30, 1, "kill -9 of an instance, which is started again at once"),
    TWO_KILLED(8, 2, "kill -9 of two instances at once"),
    KILLED_AT_START(8, 1, "kill -9 of an instance, and again 1 to 6 s after its start"),
    INSTANCE_PAUSED(9, 1, "SIGSTOP of an instance for 9 to 13 s, longer than its session, then SIGCONT"),
    INSTANCE_RESTARTED(8, 1, "clean restart of an instance"),
    STATE_WIPED(7, 1, "kill -9 of an instance, which loses its state directory"),
    BROKER_KILLED(12, 0, "kill -9 of a broker, which is started again at once"),
    CONTROLLER_KILLED(6, 0, "kill -9 of the broker that is the active controller"),
    BROKER_PAUSED(4, 0, "SIGSTOP of a broker for 3 to 8 s, then SIGCONT"),
    BROKERS_CUT(5, 0, "network from the other brokers to a broker cut for 3 to 12 s"),
    DISK_SLOW(4, 0, "100 ms more for each operation of a broker that changes a file or waits for the disk, for 8 s"),
    NETWORK_CUT(10, 1, "network between an instance and one or all brokers cut for 3 to 12 s"),
    NETWORK_SLOW(8, 1, "150 ms more for each request and response between an instance and all brokers, for 5 to 10 s"),
    COMMITS_HELD(8, 1, "requests that end a transaction of an instance held for 3 to 12 s"),
    REGISTRY_AWAY(3, 0, "registry away for 5 to 10 s"),
    DISK_FULL(3, 1, "disk of the state directory full for 5 s"),
    POISON(5, 0, "60 records that cannot be read, in all inputs"),
    CLOCK_JUMPED(3, 1, "clock of one instance 2 h ahead or back for 10 s"),
    UPGRADED(1, 1, "rolling restart of all instances to another build, and back"),
    GATEWAY_KILLED(5, 0, "kill -9 of the gateway, which is started again at once"),
    NOTIFIER_KILLED(5, 0, "kill -9 of the notifier, which is started again at once");

    private final int share;
    private final int instances;
    private final String sentence;

    FaultKind(int share, int instances, String sentence) {
        this.share = share;
        this.instances = instances;
        this.sentence = sentence;
    }

    /** How often it happens, compared with the others. */
    int share() {
        return share;
    }

    /** Number of instances that it harms at once. */
    int instances() {
        return instances;
    }

    /** Whether it harms a broker. */
    boolean isOfBroker() {
        return switch (this) {
            case BROKER_KILLED, CONTROLLER_KILLED, BROKER_PAUSED, BROKERS_CUT, DISK_SLOW -> true;
            default -> false;
        };
    }

    /** The fault in a phrase. */
    public String sentence() {
        return sentence;
    }
}
