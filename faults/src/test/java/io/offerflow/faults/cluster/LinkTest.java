package io.offerflow.faults.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.sandbox.host.FreePorts;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link passes, holds and delays requests and responses, and loses none. */
class LinkTest {

    private static final int SHORT_MS = 300;

    private final FreePorts ports = new FreePorts(new ArrayList<>());
    private ServerSocket broker;
    private Link link;
    private Socket client;

    @BeforeEach
    void connect() throws IOException {
        broker = new ServerSocket();
        broker.bind(new InetSocketAddress(FreePorts.LOOPBACK, ports.take("broker", 0)));
        Thread.ofVirtual().start(this::echo);
        int port = ports.take("link", 0);
        link = new Link(port, broker.getLocalPort());
        client = new Socket(FreePorts.LOOPBACK, port);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        link.close();
        broker.close();
    }

    /** The answer to a request is its kind. */
    private void echo() {
        try (Socket socket = broker.accept(); DataInputStream in = new DataInputStream(socket.getInputStream());
                DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
            while (true) {
                byte[] request = in.readNBytes(in.readInt());
                out.writeShort(request[0] << 8 | request[1]);
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void request(ApiKeys kind) throws IOException {
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        out.writeInt(Short.BYTES + Integer.BYTES);
        out.writeShort(kind.id);
        out.writeInt(1);
    }

    private ApiKeys answer() throws IOException {
        client.setSoTimeout(5_000);
        return ApiKeys.forId(new DataInputStream(client.getInputStream()).readShort());
    }

    private void assertNoAnswer() throws IOException {
        client.setSoTimeout(SHORT_MS);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void requestsPassInOrder() throws IOException {
        request(ApiKeys.FETCH);
        request(ApiKeys.END_TXN);
        assertThat(answer()).isEqualTo(ApiKeys.FETCH);
        assertThat(answer()).isEqualTo(ApiKeys.END_TXN);
    }

    @Test
    void aCutLinkKeepsRequestsUntilItIsGoodAgain() throws IOException {
        link.become(Link.Condition.CUT);
        request(ApiKeys.FETCH);
        assertNoAnswer();
        link.become(Link.Condition.GOOD);
        assertThat(answer()).isEqualTo(ApiKeys.FETCH);
    }

    @Test
    void theEndOfATransactionIsHeldAndOtherRequestsPass() throws IOException {
        link.become(Link.Condition.COMMITS_HELD);
        request(ApiKeys.FETCH);
        request(ApiKeys.END_TXN);
        assertThat(answer()).isEqualTo(ApiKeys.FETCH);
        assertNoAnswer();
        link.become(Link.Condition.GOOD);
        assertThat(answer()).isEqualTo(ApiKeys.END_TXN);
    }

    @Test
    void aSlowLinkDelaysRequestAndResponse() throws IOException {
        link.become(Link.Condition.SLOW);
        long begun = System.nanoTime();
        request(ApiKeys.FETCH);
        assertThat(answer()).isEqualTo(ApiKeys.FETCH);
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(300_000_000);
    }
}
