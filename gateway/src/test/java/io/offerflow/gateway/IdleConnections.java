package io.offerflow.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process with many connections on which nothing is sent; one process may not have both ends of all of them. */
final class IdleConnections implements AutoCloseable {

    private final Process process;

    private IdleConnections(Process process) {
        this.process = process;
    }

    /** Returns when all are open. */
    static IdleConnections open(int port, int count) throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp",
                System.getProperty("java.class.path"), IdleConnections.class.getName(), Integer.toString(port),
                Integer.toString(count)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        if (process.getInputStream().read() != '!') {
            throw new IOException("the connections were not opened");
        }
        return new IdleConnections(process);
    }

    boolean isOpen() {
        return process.isAlive();
    }

    public static void main(String[] arguments) throws IOException {
        List<SocketChannel> open = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            open.add(SocketChannel.open(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0]))));
        }
        System.out.write('!');
        System.out.flush();
        while (System.in.read() >= 0) { // until the test ends
            continue;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
