package io.offerflow.sandbox.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds free ports on 127.0.0.1.
 *
 * <p>They are below the range from which Linux takes the local ports of outgoing connections. Otherwise a client that
 * keeps connecting to a stopped broker may get the port of the broker, connect to itself, and block the port.
 */
public final class FreePorts {

    /** The only address a sandbox listens on. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 1_000;

    private final List<String> notices;
    private final Set<Integer> given = new HashSet<>();

    public FreePorts(List<String> notices) {
        this.notices = notices;
    }

    /** The wanted port if it is free, otherwise another one with a notice; any free port if 0 is wanted. */
    public int take(String what, int wanted) {
        if (wanted == 0) {
            return any();
        }
        if (isFree(wanted)) {
            given.add(wanted);
            return wanted;
        }
        int instead = any();
        notices.add("Port %d is in use, so the %s listens on %d instead.".formatted(wanted, what, instead));
        return instead;
    }

    private int any() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (!given.contains(port) && isFree(port)) {
                given.add(port);
                return port;
            }
        }
        throw new SandboxException("no free port found on 127.0.0.1 between %d and %d; name free ports yourself"
                .formatted(LOWEST, HIGHEST));
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(LOOPBACK, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
