package io.offerflow.faults.corruption;

import io.offerflow.faults.cluster.Guardian;
import io.offerflow.faults.cluster.InstanceProgram;
import io.offerflow.process.ChildJvm;
import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import io.offerflow.sandbox.host.FreePorts;
import io.offerflow.sandbox.host.SandboxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One broker with a registry, and one instance of the service, each a process on the files of a run. */
final class SmallCluster implements AutoCloseable {

    private static final List<String> JVM = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx384m",
            "-Dlogback.configurationFile=faults-logback.xml", "-Dkafka.clients.level=WARN");
    private static final Duration BROKER_TIMEOUT = Duration.ofSeconds(110);
    private static final String SANDBOX = "broker";
    private static final String SERVICE = "service";
    /** A warning or an error of a process: its level, the logger, and what it says. */
    private static final Pattern LINE = Pattern.compile("^[0-9:.]+ (?:WARN|ERROR) +(\\S+) (.*)$");
    private static final Pattern ABOUT_FILES = Pattern.compile("(?i)corrupt|cannot be read|checksum|mismatch|truncat"
            + "|invalid|journal|the topic ends at|process file|checkpoint offsets");
    private static final String OURS = "i.o.";
    /** Kafka's clients warn of much that has nothing to do with files. */
    private static final String CLIENTS = "o.a.k.c.";
    private static final Duration POLL = Duration.ofSeconds(2);
    /** A service that is not ready after this time, and says why, is not waited for. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);
    private static final String NOT_YET = "did not say";
    private static final int MOST_LINES = 2;
    private static final int LONGEST_LINE = 500;

    private final RunFiles files;
    private final int partitions;
    private final Map<String, String> settings;
    private final Guardian guardian;
    private final FreePorts ports = new FreePorts(new ArrayList<>());
    private final int brokerPort = ports.take("broker", 0);
    private final int registryPort = ports.take("registry", 0);
    private Optional<ChildJvm> sandbox = Optional.empty();
    private Optional<ChildJvm> service = Optional.empty();

    /** @param settings of the service */
    SmallCluster(RunFiles files, int partitions, Map<String, String> settings, Guardian guardian) {
        this.files = files;
        this.partitions = partitions;
        this.settings = settings;
        this.guardian = guardian;
    }

    String bootstrapServers() {
        return FreePorts.LOOPBACK + ":" + brokerPort;
    }

    String registryUrl() {
        return "http://%s:%d".formatted(FreePorts.LOOPBACK, registryPort);
    }

    /**
     * Starts broker and registry.
     *
     * @return why they do not run; empty if they do
     */
    Optional<String> startSandbox() throws InterruptedException {
        ChildJvm jvm = fork(SANDBOX, new SandboxProgram(files.broker(), brokerPort, registryPort, partitions));
        try {
            jvm.await(Signals.READY, BROKER_TIMEOUT, String.class);
            sandbox = Optional.of(jvm);
            return Optional.empty();
        } catch (SandboxException e) {
            jvm.kill();
            return Optional.of(sentence(e));
        }
    }

    /**
     * Starts the service.
     *
     * @return whether it is ready, or else why it has stopped; empty if it is not ready after the time
     */
    ServiceStart startService(String applicationId, Duration timeout) throws InterruptedException {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("application.id", applicationId);
        all.put("bootstrap.servers", bootstrapServers());
        all.put("schema.registry.url", registryUrl());
        all.put("state.dir", files.state().toString());
        all.put("store.memory.mb", "64");
        ChildJvm jvm = fork(SERVICE, new InstanceProgram(all));
        service = Optional.of(jvm);
        long begun = System.nanoTime();
        while (true) {
            try {
                jvm.await(Signals.READY, POLL, Object.class);
                return new ServiceStart(true, Optional.empty());
            } catch (SandboxException e) {
                Optional<String> stopped = Optional.of(sentence(e)).filter(why -> !why.contains(NOT_YET));
                Duration waited = Duration.ofNanos(System.nanoTime() - begun);
                boolean complains = waited.compareTo(LONG_ENOUGH) > 0 && !seen().isEmpty();
                if (stopped.isPresent() || complains || waited.compareTo(timeout) > 0) {
                    return new ServiceStart(false, stopped);
                }
            }
        }
    }

    /** Why the service has stopped since its start; empty if it runs. */
    Optional<String> stopped() {
        return service.filter(jvm -> !jvm.handle().isAlive()).map(jvm -> {
            try {
                jvm.await(Signals.READY, Duration.ZERO, Object.class);
                return "";
            } catch (SandboxException e) {
                return sentence(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "";
            }
        }).filter(why -> !why.isEmpty());
    }

    /** What a start led to. */
    record ServiceStart(boolean ready, Optional<String> stopped) {
    }

    /** The message of a program, without its class and the name of the process. */
    private String sentence(SandboxException e) {
        return e.getMessage().lines().findFirst().orElse("").replaceFirst("^the \\w+: ([\\w.]+Exception: )?", "")
                .replace(files.root().toString(), "…");
    }

    private ChildJvm fork(String name, ForkedProgram program) {
        try {
            Path temporary = Files.createDirectories(files.root().resolve("tmp"));
            List<String> flags = new ArrayList<>(JVM);
            flags.add("-Djava.io.tmpdir=" + temporary); // a killed JVM leaves its native libraries
            ChildJvm jvm = new ChildJvm(name, files.logs(), flags, program);
            guardian.watch(jvm);
            return jvm;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + files.root(), e);
        }
    }

    /** What service and broker have logged about their files, each sentence once, those of the service first. */
    List<SeenLine> seen() {
        return Stream.of(SERVICE, SANDBOX).flatMap(name -> log(name).stream().map(LINE::matcher)
                .filter(Matcher::matches).filter(line -> !line.group(1).startsWith(CLIENTS))
                .sorted(Comparator.comparing(line -> !line.group(1).startsWith(OURS)))
                .map(line -> line.group(2)).filter(ABOUT_FILES.asPredicate())
                .map(sentence -> sentence.substring(0, Math.min(LONGEST_LINE, sentence.length()))
                        .replace(files.root().toString(), "…"))
                .distinct().limit(MOST_LINES).map(sentence -> new SeenLine(name, sentence))).toList();
    }

    private List<String> log(String name) {
        Path log = files.logs().resolve(name + ".log");
        try {
            return Files.exists(log) ? Files.readAllLines(log) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    void stopService() {
        service.ifPresent(ChildJvm::close);
        service = Optional.empty();
    }

    void stop() {
        stopService();
        sandbox.ifPresent(ChildJvm::close);
        sandbox = Optional.empty();
    }

    void kill() {
        service.ifPresent(ChildJvm::kill);
        sandbox.ifPresent(ChildJvm::kill);
        service = Optional.empty();
        sandbox = Optional.empty();
    }

    @Override
    public void close() {
        kill();
    }
}
