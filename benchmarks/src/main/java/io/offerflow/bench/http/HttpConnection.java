package io.offerflow.bench.http;

import io.offerflow.avro.OfferCommand;
import io.offerflow.bench.result.BenchException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.apache.avro.generic.GenericContainer;

/** A persistent connection of a client that costs little, so that the gateway is measured and not the client. */
final class HttpConnection implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    HttpConnection(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends a command and waits for its outcome. */
    void send(OfferCommand command) throws IOException {
        byte[] body = CommandSource.body(command).getBytes(StandardCharsets.UTF_8);
        String head = "POST /offers/%s/%s/commands/%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                .formatted(command.getPublisherId(), command.getOfferId(),
                        ((GenericContainer) command.getPayload()).getSchema().getName())
                + "Idempotency-Key: %s\r\nPrefer: wait=30\r\nContent-Length: %d\r\n\r\n"
                        .formatted(command.getCommandId(), body.length);
        byte[] request = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, request, 0, head.length());
        System.arraycopy(body, 0, request, head.length(), body.length);
        socket.getOutputStream().write(request);
        String status = line();
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        byte[] response = in.readNBytes(length);
        if (!status.matches("HTTP/1.1 20[01] .*")) {
            throw new BenchException("the gateway answered \"%s\": %s".formatted(status,
                    new String(response, StandardCharsets.UTF_8)));
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the gateway has closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
