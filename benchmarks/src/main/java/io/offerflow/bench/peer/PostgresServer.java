package io.offerflow.bench.peer;

import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.run.CpuWindow;
import io.offerflow.bench.run.FileAccess;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A PostgreSQL server with a temporary data directory and a free port on loopback, deleted when it is closed. It is
 * tuned for this workload, and as durable as PostgreSQL is.
 */
final class PostgresServer implements AutoCloseable {

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String USER = "postgres";
    private static final long TIMEOUT_SECONDS = 60;

    /** Fields of /proc/PID/stat after the name: user and system time of ended children, in ticks. */
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;
    private static final long TICK_MS = 10;

    /** A commit is on disk before it is answered; no setting gives that up for speed. */
    private static final String SETTINGS = Stream.of("fsync=on", "synchronous_commit=on", "full_page_writes=on",
            "shared_buffers=1GB", "max_wal_size=8GB", "checkpoint_timeout=15min", "wal_compression=lz4",
            "default_toast_compression=lz4", "random_page_cost=1.1", "jit=off", "autovacuum_naptime=10s",
            "listen_addresses=127.0.0.1").map(setting -> "-c " + setting).collect(Collectors.joining(" "));

    private final Path programs = programs();
    private final Path folder = FileAccess.get("make a folder for PostgreSQL", PostgresServer::newFolder);
    private final Path data = folder.resolve("data");
    private final Path log = folder.resolve("log");
    private final int port = FileAccess.get("find a free port", () -> {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    });
    private final Thread shutdownHook = new Thread(this::stop, "postgres-shutdown");

    /** Initialises and starts it; fails if PostgreSQL is not installed, or does not start. */
    PostgresServer() {
        run("initdb", "-D", data.toString(), "-U", "peer", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync");
        Runtime.getRuntime().addShutdownHook(shutdownHook); // for Ctrl-C
        run("pg_ctl", "-D", data.toString(), "-o",
                SETTINGS + " -p %d -k %s".formatted(port, data), "-w", "start");
    }

    private static Path newFolder() throws IOException {
        Path folder = Files.createTempDirectory("offerflow-postgres");
        if (isRoot()) { // PostgreSQL refuses to run as root; the user of its package runs it
            Files.setOwner(folder, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
        }
        return folder;
    }

    private static Path programs() {
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString)).orElseThrow(() -> new NoSuchFileException("initdb"));
        } catch (IOException e) {
            throw new BenchException("Expected PostgreSQL under " + INSTALLED
                    + ", but there is none. Install it: apt-get install -y postgresql", e);
        }
    }

    static String installedVersion() {
        return programs().getParent().getFileName().toString();
    }

    String url() {
        // A null is sent without a type, since it can be a value of bytea.
        return "jdbc:postgresql://127.0.0.1:%d/postgres?user=peer&reWriteBatchedInserts=true&prepareThreshold=1"
                .formatted(port) + "&stringtype=unspecified";
    }

    /** Processor time so far of all its processes, with those that have ended, for example vacuum workers. */
    Duration cpu() {
        return FileAccess.get("read the processor time of PostgreSQL", () -> {
            long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ended = Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM]);
            ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
            return Stream.concat(Stream.of(server), server.descendants()).map(CpuWindow::of)
                    .reduce(Duration.ofMillis(ended * TICK_MS), Duration::plus);
        });
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(shutdownHook);
        stop();
    }

    private void stop() {
        run("pg_ctl", "-D", data.toString(), "-m", "fast", "-w", "stop");
        FileAccess.deleteTree(folder);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private void run(String program, String... arguments) {
        List<String> command = new ArrayList<>(isRoot() ? List.of("runuser", "-u", USER, "--") : List.of());
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        FileAccess.run("run " + command, () -> {
            // A file, since a server that inherits a pipe holds it open.
            Process process = new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile())
                    .redirectOutput(Redirect.appendTo(log.toFile())).start();
            process.onExit().completeOnTimeout(process, TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
            if (process.isAlive() || process.exitValue() != 0) {
                process.destroy();
                throw new BenchException("%s of PostgreSQL failed; it said: %s".formatted(program,
                        Files.readString(log).strip()));
            }
        });
    }
}
