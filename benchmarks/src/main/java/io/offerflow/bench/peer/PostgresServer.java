package io.offerflow.bench.peer;

import io.offerflow.bench.run.Cpu;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of its own: a data directory in a temporary folder, a free port on loopback, and gone when it is
 * closed. Tuned as one would tune it for this, and as durable as it comes.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String USER = "postgres";
    private static final long PATIENCE_SECONDS = 60;

    /** Of the fields of /proc/PID/stat behind the name: time of children in user and in system mode, in ticks. */
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;
    private static final long TICK_MS = 10;

    /** A commit is on the disk before it is answered; nothing here gives that up for speed. */
    private static final List<String> SETTINGS = List.of("fsync=on", "synchronous_commit=on", "full_page_writes=on",
            "shared_buffers=1GB", "max_wal_size=8GB", "checkpoint_timeout=15min", "wal_compression=lz4",
            "default_toast_compression=lz4", "random_page_cost=1.1", "jit=off", "autovacuum_naptime=10s",
            "listen_addresses=127.0.0.1");

    private final Path programs;
    private final Path data;
    private final int port;
    private final Thread atTheEnd = new Thread(this::stop, "postgres-at-the-end");

    private PostgresServer(Path programs, Path data, int port) {
        this.programs = programs;
        this.data = data;
        this.port = port;
    }

    /**
     * Makes and starts one.
     *
     * @throws PeerException if PostgreSQL is not installed, or does not start
     */
    public static PostgresServer start() {
        Path programs = programs().orElseThrow(() -> new PeerException("Expected PostgreSQL under " + INSTALLED
                + ", but there is none. Install it: apt-get install -y postgresql"));
        try {
            Path data = Files.createTempDirectory("offerflow-postgres");
            PostgresServer server = new PostgresServer(programs, data, freePort());
            server.handOver();
            server.run("initdb", "-D", data.toString(), "-U", "peer", "--auth=trust", "-E", "UTF8", "--locale=C",
                    "--no-sync");
            Runtime.getRuntime().addShutdownHook(server.atTheEnd); // Ctrl-C, too, leaves nothing behind
            server.control();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a data directory for PostgreSQL", e);
        }
    }

    /** Whether there is one on this machine. */
    public static boolean isInstalled() {
        return programs().isPresent();
    }

    private static Optional<Path> programs() {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("pg_ctl")))
                    .max(Comparator.comparing(Path::toString));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into " + INSTALLED, e);
        }
    }

    /** Where JDBC finds it. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres?user=peer&reWriteBatchedInserts=true&prepareThreshold=1"
                .formatted(port);
    }

    /** Processor time of all its processes so far, those that have ended included. */
    public Duration cpu() {
        return Cpu.ofTree(ProcessHandle.of(postmaster()).orElseThrow()).plus(ofTheEnded());
    }

    /** What the kernel has added up for the first process's children that are gone: vacuum workers, mostly. */
    private Duration ofTheEnded() {
        String stat = read(Path.of("/proc", Long.toString(postmaster()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM]);
        return Duration.ofMillis(ticks * TICK_MS);
    }

    private long postmaster() {
        return Long.parseLong(read(data.resolve("postmaster.pid")).lines().findFirst().orElseThrow().strip());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not run any more", e);
        }
    }

    /** The version that would be started, as it says itself. */
    public static String installedVersion() {
        return programs().map(Path::getParent).map(Path::getFileName).map(Path::toString).orElse("none");
    }

    private void control() {
        String options = String.join(" ", SETTINGS.stream().map(setting -> "-c " + setting).toList())
                + " -p %d -k %s".formatted(port, data);
        run("pg_ctl", "-D", data.toString(), "-l", data.resolve("log").toString(), "-o", options, "-w", "start");
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atTheEnd);
        stop();
    }

    private void stop() {
        run("pg_ctl", "-D", data.toString(), "-m", "fast", "-w", "stop");
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + data, e);
        }
    }

    /** PostgreSQL refuses to run as root; the user that its package brings takes over then. */
    private void handOver() throws IOException {
        if (isRoot()) {
            UserPrincipalLookupService users = data.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(data, users.lookupPrincipalByName(USER));
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private void run(String program, String... arguments) {
        output(program, arguments);
    }

    private String output(String program, String... arguments) {
        List<String> command = new ArrayList<>(isRoot() ? List.of("runuser", "-u", USER, "--") : List.of());
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        try {
            // Output goes to a file: what the server inherits would otherwise hold the pipe open for as long as it runs.
            Path said = Files.createTempFile("offerflow-postgres", ".out");
            try {
                Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile())
                        .directory(data.toFile()).start();
                boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (!ended || process.exitValue() != 0) {
                    process.destroy();
                    throw new PeerException("%s of PostgreSQL failed; it said: %s".formatted(program,
                            Files.readString(said).strip()));
                }
                return Files.readString(said);
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException("interrupted while %s of PostgreSQL ran".formatted(program));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
