package io.offerflow.notifier.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts to receivers: without redirects, proxies, cookies and retries, to checked addresses only, and with one timeout
 * for the whole request.
 */
final class WebhookClient implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 2_000;
    private static final int MOST_PER_RECEIVER = 64;
    private static final TimeValue IDLE = TimeValue.ofSeconds(30);
    private static final int ANSWER_BYTES = 200;

    /**
     * The answer of a receiver.
     *
     * @param retryAfter the header, if there is one
     * @param body its beginning
     */
    record WebhookAnswer(int status, String reason, Optional<String> retryAfter, String body) {
    }

    /** The whole request took too long. */
    static final class DeadlineException extends IOException {
        DeadlineException(Duration timeout, Throwable cause) {
            super("no complete answer within %d s".formatted(timeout.toSeconds()), cause);
        }
    }

    private final CloseableHttpClient secure;
    private final CloseableHttpClient plain;
    private final Duration timeout;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("webhook-deadlines").daemon().factory());

    WebhookClient(AddressPolicy policy, SSLContext trust, Duration timeout) {
        this(new CheckedResolver(policy, true), new CheckedResolver(policy, false), trust, timeout);
    }

    WebhookClient(DnsResolver secureNames, DnsResolver plainNames, SSLContext trust, Duration timeout) {
        this.timeout = timeout;
        this.secure = client(secureNames, trust, timeout);
        this.plain = client(plainNames, trust, timeout);
    }

    private static CloseableHttpClient client(DnsResolver names, SSLContext trust, Duration timeout) {
        Timeout limit = Timeout.of(timeout);
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(names)
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust))
                        .setMaxConnTotal(MOST_CONNECTIONS).setMaxConnPerRoute(MOST_PER_RECEIVER)
                        .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(limit)
                                .setSocketTimeout(limit).setTimeToLive(TimeValue.ofMinutes(5))
                                .setValidateAfterInactivity(TimeValue.ofMilliseconds(10)).build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom().setConnectionRequestTimeout(limit)
                        .setResponseTimeout(limit).setRedirectsEnabled(false).setAuthenticationEnabled(false).build())
                .setUserAgent("offerflow-notifier")
                .disableRedirectHandling().disableAutomaticRetries().disableCookieManagement().disableAuthCaching()
                .disableContentCompression().evictIdleConnections(IDLE)
                .build();
    }

    /**
     * Posts a body.
     *
     * @throws IOException if there is no answer
     */
    WebhookAnswer post(URI url, Map<String, String> headers, byte[] body) throws IOException {
        HttpPost request = new HttpPost(url);
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(body, ContentType.parse(CloudEventJson.CONTENT_TYPE)));
        AtomicBoolean late = new AtomicBoolean();
        Future<?> deadline = deadlines.schedule(() -> {
            late.set(true);
            request.cancel();
        }, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = ("https".equals(url.getScheme()) ? secure : plain)
                    .executeOpen(null, request, null);
            try {
                return answer(request, response);
            } finally {
                closeQuietly(response);
            }
        } catch (IOException e) {
            throw late.get() ? new DeadlineException(timeout, e) : e;
        } finally {
            deadline.cancel(false);
        }
    }

    private static WebhookAnswer answer(HttpPost request, ClassicHttpResponse response) throws IOException {
        Optional<String> retryAfter = Optional.ofNullable(response.getFirstHeader("Retry-After"))
                .map(NameValuePair::getValue);
        return new WebhookAnswer(response.getCode(), Optional.ofNullable(response.getReasonPhrase()).orElse(""),
                retryAfter, beginning(request, Optional.ofNullable(response.getEntity())));
    }

    /** The beginning of a body; a connection with a longer one is ended, since to close it would read the rest. */
    private static String beginning(HttpPost request, Optional<HttpEntity> entity) throws IOException {
        if (entity.isEmpty()) {
            return "";
        }
        InputStream in = entity.get().getContent();
        byte[] read = in.readNBytes(ANSWER_BYTES);
        if (in.read() >= 0) {
            request.cancel();
        }
        return new String(read, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static void closeQuietly(ClassicHttpResponse response) {
        try {
            response.close();
        } catch (IOException ignored) {
            // the answer was read
        }
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        secure.close(CloseMode.IMMEDIATE);
        plain.close(CloseMode.IMMEDIATE);
    }
}
