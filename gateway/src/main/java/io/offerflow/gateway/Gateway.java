package io.offerflow.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.contract.TopicAcls;
import io.offerflow.contract.Topic.Role;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.gateway.command.CommandService;
import io.offerflow.gateway.command.QuarantineService;
import io.offerflow.gateway.directory.MailService;
import io.offerflow.gateway.directory.ReportService;
import io.offerflow.gateway.guard.HostCheck;
import io.offerflow.gateway.guard.RequestLimits;
import io.offerflow.gateway.read.ReadProxy;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.ApiResponse;
import io.offerflow.http.HttpError;
import io.offerflow.http.HttpFront;
import io.offerflow.http.Json;
import io.offerflow.http.Router;
import io.offerflow.identity.Authenticator;
import io.offerflow.identity.BearerAuthenticator;
import io.offerflow.identity.Caller;
import io.offerflow.identity.JwtVerifier;
import io.offerflow.query.HealthReport;
import io.offerflow.query.IndexPage;
import io.offerflow.query.OperationsServer;
import io.offerflow.runtime.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands and reads over HTTP, for clients without Kafka: appends commands to the input topics, answers with their
 * committed outcomes, and passes reads on to the query API.
 */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final HttpFront.FrontLimits LIMITS =
            new HttpFront.FrontLimits(16 * 1024, Duration.ofSeconds(30), 20_000, Duration.ofSeconds(5));
    /** The page and the description: they need no token. */
    private static final Set<String> PUBLIC = Set.of("", "openapi.yaml", "openapi.json");

    private final KafkaClients kafka;
    private final MailService mails;
    private final ReportService reports;
    private final ReadProxy reads;
    private final Authenticator authenticator;
    private final HostCheck hosts;
    private final RequestLimits limits;
    private final Router router = new Router();
    private final IndexPage page;
    private final GatewayMetrics metrics = new GatewayMetrics(this::isReady);
    private final HttpFront http;
    private final Optional<OperationsServer> operations;
    private final CountDownLatch end = new CountDownLatch(1);

    private Gateway(GatewayConfig config) throws IOException {
        this.page = IndexPage.withCommands(config.signIn());
        this.hosts = new HostCheck(config.hosts());
        this.limits = new RequestLimits(config.concurrentRequests(), config.requestsPerSecond());
        this.authenticator = config.identity().<Authenticator>map(provider -> new BearerAuthenticator(Optional.empty(),
                Optional.of(new JwtVerifier(provider)))).orElseGet(() -> Authenticator.always(new Caller(
                        config.localUser(), Caller.UNRESTRICTED.roles(), Optional.empty())));
        this.mails = new MailService(config.mailFolder());
        this.reports = new ReportService(config.reportFolder());
        addRoutes();
        this.reads = new ReadProxy(config.queryUrls(), config.queryToken());
        this.kafka = new KafkaClients(config);
        try {
            this.http = HttpFront.start(config.host(), config.port(), LIMITS,
                    request -> metrics.measure(request, this::handle));
            this.operations = config.operationsPort().map(port -> openOperations(config.operationsHost(), port));
        } catch (IOException | ConfigException e) {
            kafka.close();
            reads.close();
            throw e;
        }
    }

    /**
     * Starts a gateway. It connects with brokers and registry as soon as they answer; see {@link #isReady}.
     *
     * @throws ConfigException if it cannot listen
     */
    public static Gateway start(GatewayConfig config) {
        LOG.info("starting with {}", config.summary());
        if (config.isLocal()) {
            LOG.warn("NO IDENTITY PROVIDER: every request is one of the local user \"{}\", who may do everything. "
                    + "This is for development on this machine; set identity.issuer for anything else. Address: {}",
                    config.localUser(), config.host());
        }
        try {
            return new Gateway(config);
        } catch (IOException e) {
            throw new ConfigException("the gateway cannot listen on %s:%d: %s; set http.port to another port, or 0"
                    .formatted(config.host(), config.port(), e.getMessage()), e);
        }
    }

    private OperationsServer openOperations(String host, int port) {
        try {
            return OperationsServer.open(host, port, this::health, metrics::scrape);
        } catch (IOException e) {
            http.close();
            throw new ConfigException("the gateway cannot listen on %s:%d (operations.port): %s".formatted(host, port,
                    e.getMessage()), e);
        }
    }

    private void addRoutes() {
        String offer = "/offers/{publisher}/{offer}";
        router.route("POST", offer + "/commands/{command}", request -> commands().send(request))
                .route("PUT", offer + "/plans/{plan}/audience", request -> commands().importAudience(request))
                .get(offer + "/outcomes/{outcome}", request -> commands().outcome(request))
                .get("/publishers/{publisher}/recipients", request -> kafka().directory().recipients(request))
                .route("PUT", "/publishers/{publisher}/recipients",
                        request -> kafka().directory().setRecipients(request))
                .route("DELETE", "/publishers/{publisher}/recipients",
                        request -> kafka().directory().removeRecipients(request))
                .get("/subscriptions", request -> kafka().directory().subscriptions(request))
                .get("/subscriptions/{subscription}", request -> kafka().directory().subscription(request))
                .route("PUT", "/subscriptions/{subscription}",
                        request -> kafka().directory().setSubscription(request))
                .route("DELETE", "/subscriptions/{subscription}",
                        request -> kafka().directory().removeSubscription(request))
                .route("POST", "/subscriptions/{subscription}/{action}", request -> kafka().directory().act(request))
                .get("/mails", mails::newest)
                .get("/reports", reports::newest)
                .get("/reports/{report}", reports::report)
                .get("/quarantine", request -> commands().quarantine().newest(request))
                .get("/quarantine/{input}", request -> commands().quarantine().show(request))
                .route("POST", "/quarantine/{input}/retry", request -> commands().quarantine().retry(request))
                .get("/quarantine/{input}/outcomes/{outcome}", request -> commands().quarantine().outcome(request))
                .get("/me", this::me)
                .get("/", request -> page.response())
                .get("/health/live", request -> health().liveness())
                .get("/health/ready", request -> health().readiness())
                .get("/openapi.yaml", request -> resource("gateway-openapi.yaml", "application/yaml"))
                .get("/openapi.json", request -> resource("gateway-openapi.json", "application/json"));
        for (String path : new String[] {"/offers", offer, offer + "/draft", offer + "/preview", offer + "/live",
            offer + "/compare", offer + "/history", offer + "/entitlements/{plan}/{customer}",
            offer + "/plans/{plan}/audience", "/history", "/events"}) {
            router.get(path, this::read);
        }
    }

    private ApiResponse handle(ApiRequest request) {
        hosts.check(request);
        if (isPublic(request.segments())) {
            return router.handle(request);
        }
        return limits.serve(bodyBytes(request), () -> {
            ApiRequest known = request.from(authenticator);
            limits.count(known.caller());
            try {
                return router.handle(known);
            } catch (RegistryUnavailableException e) {
                LOG.warn("cannot answer {} {}: {}", request.method(), request.uri().getPath(), e.getMessage());
                throw HttpError.unavailable("REGISTRY_UNAVAILABLE", 2,
                        "The schema registry does not answer; send the request again.");
            }
        });
    }

    /** The most that the body may take: what is larger is refused before it is read, or as soon as it is. */
    private static long bodyBytes(ApiRequest request) {
        return request.header("Transfer-Encoding").isPresent() ? CommandService.LARGEST_BODY
                : Math.min(request.headers().firstValueAsLong("Content-Length").orElse(0), CommandService.LARGEST_BODY);
    }

    private static boolean isPublic(List<String> path) {
        return path.getFirst().equals("health") || path.size() == 1 && PUBLIC.contains(path.getFirst());
    }

    private ApiResponse read(ApiRequest request) {
        return reads.forward(request);
    }

    /** Who the caller is, for clients that show only what it may do. */
    private ApiResponse me(ApiRequest request) {
        Caller caller = request.caller();
        ObjectNode node = Json.object().put("name", caller.name());
        ArrayNode roles = node.putArray("roles");
        caller.roles().stream().map(TopicAcls::userName).sorted().forEach(roles::add);
        ArrayNode publishers = node.putArray("publishers");
        caller.publishers().orElse(Set.of("*")).stream().sorted().forEach(publishers::add);
        boolean support = caller.hasAny(List.of(Role.SUPPORT));
        return ApiResponse.json(node.put("mails", mails.isEnabled() && support)
                .put("reports", reports.isEnabled() && support)
                .put("quarantine", QuarantineService.isReader(caller)));
    }

    private HealthReport health() {
        boolean ready = isReady();
        return new HealthReport(ready ? "RUNNING" : "STARTING", true, ready, ready ? "The gateway takes commands."
                : "The gateway has not reached the brokers and the schema registry yet.");
    }

    private static ApiResponse resource(String name, String contentType) {
        try (InputStream in = Gateway.class.getResourceAsStream("/gateway/" + name)) {
            if (in == null) {
                throw HttpError.notFound("NOT_FOUND", "This build comes without %s.", name);
            }
            return ApiResponse.bytes(200, contentType, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    /** The clients, in routes that are made before them. */
    private KafkaClients kafka() {
        return kafka;
    }

    private CommandService commands() {
        return kafka.commands().orElseThrow(() -> HttpError.unavailable("STARTING", 2,
                "The gateway has not reached the brokers and the schema registry yet."));
    }

    /** Whether it has reached brokers and registry, so that it can take commands. */
    public boolean isReady() {
        return kafka.commands().isPresent();
    }

    /** The port that is bound. */
    public int port() {
        return http.port();
    }

    /** The port of health and metrics for operators, if there is one. */
    public Optional<Integer> operationsPort() {
        return operations.map(OperationsServer::port);
    }

    /** Returns when the gateway is closed. */
    public void awaitEnd() throws InterruptedException {
        end.await();
    }

    /** Answers the requests that are being served, and then ends. */
    @Override
    public void close() {
        http.close();
        operations.ifPresent(OperationsServer::close);
        reads.close();
        kafka.close();
        metrics.close();
        end.countDown();
    }
}
