package io.offerflow.faults.cluster;

import io.offerflow.sandbox.host.FreePorts;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.kafka.common.protocol.ApiKeys;

/**
 * The connections from one client to one broker, through a TCP proxy that can stop or delay them. Bytes are kept, as a
 * network does that is cut for less than the time-out of TCP.
 */
public final class Link implements AutoCloseable {

    /** What the proxy does with requests and responses. */
    public enum Condition {
        /** All pass. */
        GOOD,
        /** None passes. */
        CUT,
        /** All pass late. */
        SLOW,
        /** All pass but for requests that belong to the end of a transaction. */
        COMMITS_HELD
    }

    private static final long SLOW_MS = 150;
    private static final int LARGEST_RESPONSE_PART = 64 * 1024;
    private static final Set<Short> COMMITS = Set.of(ApiKeys.ADD_PARTITIONS_TO_TXN.id, ApiKeys.ADD_OFFSETS_TO_TXN.id,
            ApiKeys.TXN_OFFSET_COMMIT.id, ApiKeys.END_TXN.id);

    private final ServerSocket server;
    private final int target;
    private Condition condition = Condition.GOOD;

    Link(int port, int target) {
        this.target = target;
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(FreePorts.LOOPBACK, port));
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy cannot listen on port " + port, e);
        }
        Thread.ofVirtual().name("link").start(this::accept);
    }

    /** Changes what happens to requests and responses from now on. */
    public synchronized void become(Condition now) {
        condition = now;
        notifyAll();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().name("link").start(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try (client; Socket broker = new Socket(FreePorts.LOOPBACK, target)) {
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            Thread responses = Thread.ofVirtual().name("link").start(() -> responses(client, broker));
            requests(client, broker);
            broker.shutdownOutput();
            responses.join();
        } catch (IOException ended) {
            // both sides are closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A request begins with its length and its kind. */
    private void requests(Socket client, Socket broker) throws InterruptedException {
        try (DataInputStream in = new DataInputStream(client.getInputStream());
                OutputStream out = broker.getOutputStream()) {
            while (true) {
                byte[] request = new byte[in.readInt()];
                in.readFully(request);
                pass(COMMITS.contains(ByteBuffer.wrap(request).getShort()));
                out.write(ByteBuffer.allocate(Integer.BYTES + request.length).putInt(request.length).put(request)
                        .array());
            }
        } catch (EOFException ended) {
            // the client closes its connection
        } catch (IOException broken) {
            // one of them is gone
        }
    }

    private void responses(Socket client, Socket broker) {
        try (client; InputStream in = broker.getInputStream(); OutputStream out = client.getOutputStream()) {
            byte[] part = new byte[LARGEST_RESPONSE_PART];
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                pass(false);
                out.write(part, 0, read);
            }
        } catch (IOException broken) {
            // one of them is gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when a request or response may pass. */
    private void pass(boolean commit) throws InterruptedException {
        boolean slow;
        synchronized (this) {
            while (condition == Condition.CUT || commit && condition == Condition.COMMITS_HELD) {
                wait();
            }
            slow = condition == Condition.SLOW;
        }
        if (slow) {
            Thread.sleep(SLOW_MS);
        }
    }

    @Override
    public void close() {
        become(Condition.GOOD);
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a proxy", e);
        }
    }
}
